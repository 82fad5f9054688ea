// The losses of one patient on a logarithmic axis, and a badge for each patient.

import { shape } from "../kit/parts.mjs";

const [LEAST, MOST] = [0.02, 100]; // losses at the foot and at the top
export const GUESSING = Math.log(3);
const SIDES = { left: 44, right: 12, top: 52, bottom: 30 };
const BADGE = 11; // radius

const text = (words, x, y, look) => shape("text", { class: `book-words book-${look}`, x, y }, words);
const points = (places) => places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

/** An empty chart; `draw(size, found, state)` fills it. */
export function chart(mostEpochs) {
  const root = shape("svg", { class: "book-chart", role: "img" });

  /**
   * `size` is in pixels; `found` is { training, means, validation, healthy, right, patient, epochs },
   * where `healthy` is null or the epoch means of the network without a mistake.
   */
  function draw([width, height], { training, means, validation, healthy, right, patient, epochs }) {
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const across = (epoch) => SIDES.left + (epoch / mostEpochs) * (width - SIDES.left - SIDES.right);
    const down = (loss) => {
      const share = Math.log(Math.min(MOST, Math.max(LEAST, loss)) / LEAST) / Math.log(MOST / LEAST);
      return height - SIDES.bottom - share * (height - SIDES.top - SIDES.bottom);
    };
    const rule = (look, y) => shape("line", { class: `book-mark book-${look}`, x1: across(0), x2: across(mostEpochs), y1: y, y2: y });
    const curve = (look, about, places) => shape("polyline", { class: `book-mark book-${look}`, "data-about": about, points: points(places) });
    const start = Math.min(across(0), 8 + Math.max(0, width - 480)); // of the key
    const size = training.length / means.length; // minibatches in an epoch
    const seen = training.slice(0, size * epochs).map((loss, step) => [across((step + 0.5) / size), down(loss)]);
    const middles = (losses) => losses.slice(0, epochs).map((loss, epoch) => [across(epoch + 0.5), down(loss)]);
    const ends = validation.slice(0, epochs).map((loss, epoch) => [across(epoch + 1), down(loss)]);
    const losses = [0.1, 1, 10, 100].flatMap((loss) => [rule("rule", down(loss)), text(String(loss), SIDES.left - 8, down(loss), "tick book-end")]);
    const times = [0, 10, 20, 30].map((epoch) => text(String(epoch), across(epoch), height - SIDES.bottom + 12, "tick"));
    const key = (name, look, x) => [
      shape("line", { class: `book-mark book-${look}`, "data-about": look, x1: x, x2: x + 22, y1: 38, y2: 38 }),
      shape("text", { class: `book-words book-key book-name-${look}`, "data-about": look, x: x + 28, y: 38 }, name),
    ];
    const badges = right.map((isRight, index) => {
      const x = width - SIDES.right - BADGE - (right.length - 1 - index) * (2 * BADGE + 6);
      const look = ["book-badge", isRight ? "book-right" : "", index + 1 === patient ? "book-now" : ""].filter(Boolean).join(" ");
      return shape("g", { class: look }, shape("circle", { cx: x, cy: 15, r: BADGE }), text(isRight ? "✓" : String(index + 1), x, 15.5, "count"));
    });
    root.replaceChildren(
      ...losses,
      ...times,
      text("epoch", (across(0) + across(mostEpochs)) / 2, height - 7, "tick"),
      text("loss", across(0), 15, "tick book-start"),
      rule("guessing", down(GUESSING)),
      text("guessing", across(mostEpochs) - 4, down(GUESSING) - 9, "tick book-end"),
      curve("minibatch", "training", seen),
      ...(healthy ? [curve("healthy", "healthy", middles(healthy))] : []),
      curve("training", "training", middles(means)),
      curve("validation", "validation", ends),
      ...key("training", "training", start),
      ...key("validation", "validation", start + 98),
      ...(healthy ? key("healthy", "healthy", start + 214) : []),
      ...badges,
    );
  }

  const say = (words) => root.setAttribute("aria-label", words);
  return { root, draw, say };
}
