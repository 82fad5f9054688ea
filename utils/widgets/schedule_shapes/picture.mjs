// The picture of the schedule demo: the rate above the loss, step by step, and the valley beside them.

import { CURVATURES, LIMIT, STEPS } from "./math.mjs";
import { element, shape } from "../kit/parts.mjs";

const CHART = { width: 440, height: 360, left: 52, right: 14 };
const RATE = { top: 26, bottom: 132, most: 1.5 };
const LOSS = { top: 176, bottom: 330, powers: [1, -3] };
// The valley stands beside the chart, and lies below it on a phone: pixels, and the ranges of both directions.
const VALLEY = { across: [-2.05, 2.05], along: [-1.55, 3.54] };
const STANDING = [290, 360];
const LYING = [440, 112];
const PHONE = "(max-width: 30rem)";
const LEVELS = [0.05, 0.2, 0.5, 1, 1.8, 3, 4.6, 7, 10];
const FRESH = 12; // steps that stand out on the path
const FAR = 9; // a ball that is farther out is drawn there

const bounded = (value, [least, most]) => Math.max(least, Math.min(most, value));
const line = (look) => shape("polyline", { class: `book-mark book-${look}` });
const words = (text, x, y, look) => shape("text", { class: `book-words book-${look}`, x, y }, text);
const rule = (x1, y1, x2, y2, look = "rule") => shape("line", { class: `book-mark book-${look}`, x1, y1, x2, y2 });
const list = (pixels) => pixels.map((pair) => pair.map((value) => value.toFixed(2)).join(" ")).join(" ");

const across = (step) => CHART.left + (step / STEPS) * (CHART.width - CHART.left - CHART.right);
const rateDown = (rate) => RATE.bottom - (bounded(rate, [0, RATE.most]) / RATE.most) * (RATE.bottom - RATE.top);

/** A power of ten of the loss as a height; what is outside stays at the border. */
function lossDown(power) {
  const [most, least] = LOSS.powers;
  return LOSS.top + ((most - bounded(power, [least, most])) / (most - least)) * (LOSS.bottom - LOSS.top);
}

/** Pixels of a unit in the valley, [across, along], for its size. */
function unitsOf([width, height], isLying) {
  const [wide, long] = [VALLEY.across, VALLEY.along].map(([least, most]) => most - least);
  return isLying ? [height / wide, width / long] : [width / wide, height / long];
}

/** Where a place is drawn, within reach of the picture. */
export const drawnAt = (place) => place.map((value) => bounded(value, [-FAR, FAR]));

/** The power of ten of a loss. */
export const powerOf = (loss) => bounded(Math.log10(loss), [-9, 9]);

/** `scrub(step)` hears a pointer on the chart. */
export function picture({ scrub }) {
  const chart = shape("svg", { class: "book-chart", viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img" });
  const area = shape("polygon", { class: "book-area" });
  const [rateLine, walkLine, ghost, mean] = ["rate", "walk", "ghost", "mean"].map(line);
  const playhead = rule(0, RATE.top - 6, 0, LOSS.bottom, "playhead");
  const dots = ["rate", "walk"].map((look) => shape("circle", { class: `book-dot book-${look}`, r: 6 }));
  const [left, right] = [across(0), across(STEPS)];
  const powers = Array.from({ length: LOSS.powers[0] - LOSS.powers[1] + 1 }, (_, index) => LOSS.powers[1] + index);
  chart.append(
    ...[0, 0.5, 1, 1.5].flatMap((rate) => [
      rule(left, rateDown(rate), right, rateDown(rate)),
      words(String(rate), left - 8, rateDown(rate), "tick"),
    ]),
    ...powers.flatMap((power) => [
      rule(left, lossDown(power), right, lossDown(power)),
      words(String(10 ** power), left - 8, lossDown(power), "tick"),
    ]),
    ...[0, 50, 100].map((step) => words(step ? String(step) : "step 0", across(step), LOSS.bottom + 18, step ? "step" : "step book-first")),
    area,
    rule(left, rateDown(LIMIT), right, rateDown(LIMIT), "limit"),
    words("limit 2/λ", right - 2, rateDown(LIMIT) - 9, "limit"),
    words("learning rate", left, RATE.top - 14, "caption"),
    words("loss", left, LOSS.top - 14, "caption"),
    words("average of all walks", right - 30, LOSS.top - 14, "mean"),
    rule(right - 24, LOSS.top - 14, right, LOSS.top - 14, "mean"),
    ghost,
    walkLine,
    mean,
    rateLine,
    playhead,
    ...dots,
  );

  const valley = shape("svg", {
    class: "book-valley",
    role: "img",
    "aria-label": "The valley from above, with the path of the ball",
  });
  const [path, fresh] = ["path", "fresh"].map(line);
  const ball = shape("circle", { class: "book-ball", r: 8 });
  const phone = matchMedia(PHONE);
  let inValley = null; // the pixel of a place
  let latest = null; // what was drawn last

  /** Lay the valley out, standing or lying. */
  function layOut() {
    const size = phone.matches ? LYING : STANDING;
    const [wide, long] = unitsOf(size, phone.matches);
    const place = ([w, along]) => [(w - VALLEY.across[0]) * wide, (VALLEY.along[1] - along) * long];
    inValley = phone.matches ? (at) => place(at).reverse() : place;
    valley.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    const [cx, cy] = inValley([0, 0]);
    const rings = [...LEVELS].reverse().map((level) => {
      const radii = CURVATURES.map((curvature, side) => Math.sqrt((2 * level) / curvature) * [wide, long][side]);
      const [rx, ry] = phone.matches ? radii.reverse() : radii;
      return shape("ellipse", { class: "book-band", cx, cy, rx, ry });
    });
    const target = [rule(cx - 6, cy, cx + 6, cy, "target"), rule(cx, cy - 6, cx, cy + 6, "target")];
    valley.replaceChildren(shape("g", {}, ...rings, ...target, path, fresh, ball));
    if (latest) draw(latest);
  }

  const at = ({ clientX }) => {
    const box = chart.getBoundingClientRect();
    const x = ((clientX - box.left) * CHART.width) / box.width;
    return Math.round(bounded((x - left) / (right - left), [0, 1]) * STEPS);
  };
  chart.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    chart.setPointerCapture(event.pointerId);
    scrub(at(event));
  });
  chart.addEventListener("pointermove", (event) => {
    if (chart.hasPointerCapture(event.pointerId)) scrub(at(event));
  });

  /** Draw rates, powers of ten of both losses, and places, shown up to a step. */
  function draw(state) {
    latest = state;
    const { rates, powers: own, means, places, step } = state;
    const steps = rates.map((rate, t) => [across(t), rateDown(rate)]);
    const top = [...steps, [right, steps.at(-1)[1]]];
    rateLine.setAttribute("points", list(top));
    area.setAttribute("points", list([[left, RATE.bottom], ...top, [right, RATE.bottom]]));
    const walked = own.map((power, t) => [across(t), lossDown(power)]);
    ghost.setAttribute("points", list(walked));
    walkLine.setAttribute("points", list(walked.slice(0, step + 1)));
    mean.setAttribute("points", list(means.map((power, t) => [across(t), lossDown(power)])));
    for (const name of ["x1", "x2"]) playhead.setAttribute(name, across(step));
    [top[step], walked[step]].forEach(([x, y], index) => {
      dots[index].setAttribute("cx", x);
      dots[index].setAttribute("cy", y);
    });
    const trail = places.slice(0, step + 1).map(inValley);
    path.setAttribute("points", list(trail));
    fresh.setAttribute("points", list(trail.slice(-FRESH - 1)));
    ball.setAttribute("cx", trail.at(-1)[0]);
    ball.setAttribute("cy", trail.at(-1)[1]);
  }

  layOut();
  phone.addEventListener("change", layOut);
  const stop = () => phone.removeEventListener("change", layOut);
  const say = (text) => chart.setAttribute("aria-label", text);
  return { root: element("div", { class: "book-sight" }, chart, valley), draw, say, stop };
}
