// What a demo draws on a coordinate plane: its marks, and how coordinates become pixels.

import { shape } from "./parts.mjs";

const HEAD = 11; // length of an arrow's head, in pixels
const GAP = 9; // from a place to the text beside it, in pixels
const LETTER = 7.8; // width of a letter, in pixels
const LINE = 16; // height of a line of text
const ROOM = 4; // pixels between words and a number beside them

/** Round numbers in a range, multiples of 1, 2 or 5 times a power of ten, at most `count + 1`. */
export function ticks([least, greatest], count) {
  const rough = (greatest - least) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return multiples([least, greatest], power * [1, 2, 5, 10].find((factor) => factor * power > rough * (1 - 1e-9)));
}

/** The multiples of `step` in a range. */
export function multiples([least, greatest], step) {
  const [first, last] = [Math.ceil(least / step - 1e-9), Math.floor(greatest / step + 1e-9)];
  const multiple = (_, index) => Number(((first + index) * step).toPrecision(12));
  return Array.from({ length: last - first + 1 }, multiple);
}

/** How coordinates become pixels and back: y grows upwards in a plane, downwards on a screen. */
export function scales({ x, y, size: [width, height] }) {
  const [across, up] = [width / (x[1] - x[0]), height / (y[1] - y[0])];
  return {
    toPixels: ([a, b]) => [(a - x[0]) * across, (y[1] - b) * up],
    fromPixels: ([left, top]) => [x[0] + left / across, y[1] - top / up],
  };
}

/** The value itself, or the nearer end of the range. */
export function between(value, [least, greatest]) {
  return Math.max(least, Math.min(greatest, value));
}

/** A number with a minus sign as wide as a plus sign. */
export const signed = (value) => String(value).replace("-", "\u2212");
const coordinates = (points) => points.map((point) => point.join(" ")).join(" ");

/** The pixel in the middle of words that stand beside a place, in the direction `away`, `more` pixels farther. */
export function textPlace(space, words, at, away = [0, 0], more = 0) {
  const { size } = space;
  const length = Math.hypot(...away) || 1;
  const [left, top] = scales(space).toPixels(at);
  const half = [(LETTER * words.length) / 2, LINE / 2];
  // So far that a line at right angles to this direction does not cross the text.
  const far = GAP + more + away.reduce((sum, part, side) => sum + Math.abs(part / length) * half[side], 0);
  const inside = (pixel, side) => between(pixel, [half[side] + 2, size[side] - half[side] - 2]);
  return [inside(left + (far * away[0]) / length, 0), inside(top - (far * away[1]) / length, 1)];
}

/** Whether two boxes [left, top, right, bottom] share a pixel. */
export const meets = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

/** The box that words take around the pixel in their middle, with room on both sides. */
export function wordsBox([x, y], words) {
  const [wide, high] = [(LETTER * words.length) / 2 + ROOM, LINE / 2];
  return [x - wide, y - high, x + wide, y + high];
}

/** Make marks for a plane; the `look` of each becomes its CSS class. */
export function marker(space) {
  const { toPixels } = scales(space);

  function line(points, look, tag = "polyline") {
    return shape(tag, { class: `book-mark book-${look}`, points: coordinates(points.map(toPixels)) });
  }

  function dot(place, look) {
    const [cx, cy] = toPixels(place);
    return shape("circle", { class: `book-head book-${look}`, cx, cy, r: 3.5 });
  }

  function arrow([from, to], look) {
    const [[left, top], [right, bottom]] = [from, to].map(toPixels);
    const length = Math.hypot(right - left, bottom - top);
    if (length < 1) return dot(to, look);
    const [across, down] = [(right - left) / length, (bottom - top) / length];
    const head = Math.min(HEAD, length);
    const at = (back, aside) => [
      right - back * across - aside * down,
      bottom - back * down + aside * across,
    ];
    const [x2, y2] = at(0.8 * head, 0); // the shaft must not look out at the tip
    const shaft = { class: `book-mark book-${look}`, x1: left, y1: top, x2, y2 };
    const points = coordinates([[right, bottom], at(head, 0.42 * head), at(head, -0.42 * head)]);
    const tip = { class: `book-head book-${look}`, points };
    return shape("g", {}, shape("line", shaft), shape("polygon", tip));
  }

  function text(words, at, look, away, more) {
    const [left, top] = textPlace(space, words, at, away, more);
    return shape("text", { class: `book-words book-${look}`, x: left, y: top }, words);
  }

  function drawn(mark) {
    const { look } = mark;
    if (mark.text !== undefined) return text(mark.text, mark.at, look, mark.away, mark.far);
    if (mark.arrow) return arrow(mark.arrow, look);
    if (mark.dot) return dot(mark.dot, look);
    return mark.area ? line(mark.area, look, "polygon") : line(mark.line, look);
  }

  /** One mark, described as in `plane`. */
  function draw(mark) {
    const node = drawn(mark);
    if (mark.about) node.dataset.about = mark.about;
    return node;
  }

  return { draw };
}
