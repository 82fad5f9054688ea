// The picture: slope lines from the numbers of twelve batches to what normalisation makes of them.

import { AFTER, BEFORE, NARROW, WIDE, line, scales, text } from "./axes.mjs";
import { funnel } from "./funnel.mjs";
import { ROWS } from "./math.mjs";
import { element, newId, shape } from "../kit/parts.mjs";
import { paint } from "../kit/pixels.mjs";

const FAINT = [0.09, 0.7]; // opacity of a line, and of as many on each other as there are in a batch

/** The address of a picture of 8×8 pixels from 0 to 16. */
function address(pixels) {
  const canvas = document.createElement("canvas");
  paint(canvas, pixels.map((ink) => Math.round((ink * 255) / 16)), 8, 8);
  return canvas.toDataURL();
}

/** One drawing in the form `place`; the lines of each batch are moved in it later. */
function drawing(place, href, stored, own, onPick) {
  const { look, width, height, top, low, left, right, face, names, notes: ofBoth } = place;
  const scale = scales(place, stored);
  const { before, after } = scale;
  const id = newId("book-between");
  const window = shape("clipPath", { id }, shape("rect", { x: left, y: top, width: right - left, height: low - top }));
  const sign = (value) => String(value).replace("-", "\u2212");
  const grid = [
    ...AFTER.map((value) => line("line", left, after(value), place.columns[1], after(value))),
    line("axis", left, top, left, low),
    line("axis", right, top, right, low),
  ];
  const numbers = [
    ...BEFORE.map((value) => text(sign(value), left - 8, before(value) + 4, "tick book-before")),
    ...AFTER.map((value) => text(sign(value), right + 8, after(value) + 4, "tick book-after")),
  ];
  const box = { x: left - face - 10, y: before(own) - face / 2, width: face, height: face };
  const image = shape("g", { class: "book-face" }, shape("image", { ...box, href }), shape("rect", { ...box, rx: 3 }));
  const others = Array.from({ length: ROWS }, (_, row) => shape("path", { class: "book-others", "data-about": `batch-${row}` }));
  const batches = Array.from({ length: ROWS }, (_, row) => {
    const mean = line("mean", left, 0, right, after(0));
    const own = line("own", left, 0, right, 0);
    const reach = line("lane", left, 0, right, 0);
    const [start, end] = [left, right].map((cx) => shape("circle", { class: "book-own-dot", cx, r: 4 }));
    const middle = shape("circle", { class: "book-mean-dot", cx: left, r: 3 });
    const root = shape("g", { class: "book-batch", "data-about": `batch-${row}` }, mean, middle, own, start, end, reach);
    return { mean, middle, own, reach, start, end, root };
  });
  const sizes = funnel(place, scale, onPick);
  const titles = [
    text(names[0], 0, 14, "title"),
    text(names[1], right, 14, "title book-middle"),
    text(names[2], place.columns[1], 14, "title book-end"),
  ];
  const notes = [
    text("", left + 12, before(5.56), "note book-about-own"),
    text("", left + 12, before(4.4), "note book-about-mean"),
  ];
  const root = shape(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", class: `book-picture book-${look}` },
    shape("defs", {}, window),
    ...grid,
    shape("g", { "clip-path": `url(#${id})` }, ...others),
    ...numbers,
    ...titles,
    sizes.root,
    ...batches.map((batch) => batch.root),
    ...notes,
    image,
  );
  const set = (node, name, value) => node.setAttribute(name, value.toFixed(2));

  /** The batches, with mean and root for each. */
  function draw(numbersOf, used, bySize) {
    const [most, together] = FAINT;
    root.style.setProperty("--faint", Math.min(most, together / numbersOf[0].length).toFixed(4));
    numbersOf.forEach(([value, ...rest], row) => {
      const [mean, spread] = used[row];
      const turned = (each) => after((each - mean) / spread);
      others[row].setAttribute("d", rest.map((each) => `M${left} ${before(each).toFixed(1)}L${right} ${turned(each).toFixed(1)}`).join(""));
      const batch = batches[row];
      for (const node of [batch.own, batch.reach]) {
        set(node, "y1", before(value));
        set(node, "y2", turned(value));
      }
      set(batch.mean, "y1", before(mean));
      set(batch.middle, "cy", before(mean));
      set(batch.start, "cy", before(value));
      set(batch.end, "cy", turned(value));
    });
    sizes.draw(bySize);
  }
  /** Which batch size is meant, and whether one stored mean serves all batches. */
  function mark(size, isStored) {
    sizes.mark(size);
    notes.forEach((note, at) => (note.textContent = ofBoth[Number(isStored)][at]));
  }
  return { root, draw, mark };
}

/**
 * Both forms of the picture, of which the page's width shows one. `draw(batches, used, bySize)`: `used` has
 * [mean, root] for each batch, `bySize` the outputs at each batch size. `onPick(size)` hears of a click.
 */
export function picture({ picture: pixels, brightness, marked }, stored, onPick) {
  const href = address(pixels);
  const both = [WIDE, NARROW].map((place) => drawing(place, href, stored, brightness[marked], onPick));
  const root = element("div", {}, ...both.map((each) => each.root));
  const draw = (...parts) => both.forEach((each) => each.draw(...parts));
  /** What is said to a reader who does not see it, and what is marked. */
  function label(words, size, isStored) {
    root.classList.toggle("book-stored", isStored);
    for (const each of both) {
      each.root.setAttribute("aria-label", words);
      each.mark(size, isStored);
    }
  }
  return { root, draw, label };
}
