// Occlusion: a patch slides over a digit, the verdict changes, and a map is painted.

import { heatMap, sight } from "./board.mjs";
import { PLACES, SIDE, answer, covered, drop, indexOf, joined, placeOf, way } from "./math.mjs";
import { article, colourWords, mapWords, pictureWords, sentence, torchCode } from "./words.mjs";
import { classBars } from "../kit/class_bars.mjs";
import { unpack } from "../kit/convnet.mjs";
import { choice, element, slider, update } from "../kit/parts.mjs";
import { decodePixels } from "../kit/pixels.mjs";
import { stage } from "../kit/stage.mjs";
import { eased, isStill } from "../kit/tween.mjs";

const FILLS = [0, 0.5, 1];
const SMALL = 4; // pixels along the patch of the task
const AT_ONCE = 8; // places that the map looks at before the page may draw again

const column = (title, look, node) => {
  const caption = element("figcaption", { class: "book-caption" }, title);
  return element("figure", { class: `book-column ${look}` }, caption, node);
};

function render({ model, el }) {
  const layers = unpack(model.get("trained"));
  const pictures = Object.fromEntries(
    Object.entries(model.get("examples")).map(([name, text]) => [name, Float64Array.from(decodePixels(text), (ink) => ink / 255)]),
  );
  const known = new Map(); // by `keyOf`: what is found at each place
  const keyOf = ({ digit: name, size: side, fill: level }) => `${name} ${side} ${level}`;
  let seen = null; // what the last redraw found
  let later = 0; // the timer of the map

  const placeNow = () => model.get("place");
  const move = (place, isDrag) => {
    const cells = isDrag ? way(placeNow(), place) : [indexOf(place)];
    update(model, { place, painted: joined(model.get("painted"), cells) });
  };
  const left = sight(move, placeNow);
  const right = heatMap(move, placeNow);
  const bars = classBars(10, () => {});
  const mapTitle = element("span", {});
  const picture = element(
    "div",
    { class: "book-picture" },
    column("What the network sees", "book-left", left.root),
    column(mapTitle, "book-right", right.root),
    column("Its answer", "book-answer", bars.root),
  );
  const digit = choice({
    label: "Digit",
    options: Object.keys(pictures).sort().map((name) => [name, article(name)]),
    onInput: (name) => update(model, { digit: name }),
  });
  const size = slider({ label: "Patch", min: 2, max: 10, step: 2, format: (side) => `${side}×${side}`, onInput: (side) => update(model, { size: side }) });
  const fill = choice({
    label: "Colour",
    options: FILLS.map((level) => [level, colourWords(level)]),
    onInput: (level) => update(model, { fill: Number(level) }),
  });

  /** What is found at each painted place; places that are not known yet are left for later. */
  function paintMap(state) {
    clearTimeout(later);
    const { digit: name, size: side, fill: level, painted } = state;
    const key = keyOf(state);
    if (!known.has(key)) known.set(key, Array(PLACES).fill(null));
    const found = known.get(key);
    const label = Number(name);
    const missing = painted.filter((at) => !found[at]);
    const next = missing.splice(0, isStill() ? PLACES : AT_ONCE);
    for (const at of next) {
      found[at] = drop(layers, pictures[name], seen.before, label, placeOf(at), side, level);
    }
    const shown = found.map((one, at) => (painted.includes(at) ? one : null));
    right.draw(pictures[name], label, shown, state.place);
    right.root.setAttribute("aria-label", mapWords(state, shown.filter(Boolean)));
    if (missing.length) later = setTimeout(paintMap, 0, state);
  }

  /** The painted place whose patch takes most from the digit. */
  function worst(state) {
    const found = known.get(keyOf(state));
    const fall = (at) => found[at]?.drop ?? -Infinity;
    return state.painted.reduce((most, at) => (fall(at) > fall(most) ? at : most));
  }

  const looks = eased((shares) => bars.draw(shares), 200);
  function draw(state) {
    const label = Number(state.digit);
    const whole = pictures[state.digit];
    const before = answer(layers, whole).probabilities[label];
    const hidden = covered(whole, state.place, state.size, state.fill);
    seen = { before, ...answer(layers, hidden) };
    digit.set(state.digit);
    size.set(state.size);
    fill.set(state.fill);
    mapTitle.textContent = `Where the ${state.digit} falls`;
    left.draw(hidden, state.place, state.size);
    left.root.setAttribute("aria-label", pictureWords(state));
    left.root.classList.toggle("book-other", seen.said !== label);
    bars.name(seen.probabilities, seen.said);
    looks.to(seen.probabilities);
    paintMap(state);
  }

  return stage({
    model,
    el,
    names: ["digit", "place", "size", "fill", "painted"],
    label: "Occlusion",
    look: "book-occlusion",
    picture: [picture],
    controls: [digit.root, size.root, fill.root],
    play: {
      every: 60,
      auto: true,
      step({ place, painted }) {
        const next = indexOf(place) + 1;
        return next < PLACES ? { place: placeOf(next), painted: joined(painted, [next]) } : null;
      },
      // Back to the place that the network missed most.
      last: (state) => ({ place: placeOf(worst(state)) }),
      restart: () => ({ place: [0, 0], painted: [0] }),
    },
    draw,
    says: (state) => sentence(state, seen),
    code: torchCode,
    task: {
      text: `Change the verdict with a patch of ${SMALL}×${SMALL} pixels.`,
      isDone: ({ digit: name, size: side }) => side <= SMALL && seen.said !== Number(name),
      praise: `There: of ${SIDE * SIDE} pixels, these ${SMALL * SMALL} decide.`,
    },
    onStop() {
      clearTimeout(later);
      looks.stop();
    },
  });
}

export default { render };
