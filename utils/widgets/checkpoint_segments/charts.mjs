// Two charts: activations held over time, and the peak for each length of a segment.

import { element, shape } from "../kit/parts.mjs";

const [WIDE, HIGH] = [100, 100];

/** A chart with a title, a label that `place(share)` sets at this share of its width, and the ends of its axis. */
function chart(title, name, ends) {
  const drawing = shape("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", role: "img", class: "book-chart" });
  const value = element("b", {});
  const head = element("div", { class: "book-head" }, element("span", {}, title), value);
  const label = element("span", { class: "book-label" });
  const [from, to] = ends.map((end) => element("span", {}, end));
  const foot = element("div", { class: "book-ends" }, from, to);
  const plot = element("div", { class: "book-plot" }, drawing, label);
  const root = element("div", { class: `book-figure book-${name}` }, head, plot, foot);
  const place = (share, words) => {
    label.style.setProperty("--at", `${share.toFixed(2)}%`);
    label.textContent = words;
  };
  return { root, drawing, value, place, to };
}

const bar = (index, count, value, top, look) => {
  const [left, tall] = [(WIDE * index) / count, (HIGH * value) / top];
  return shape("rect", { class: look, x: left, y: HIGH - tall, width: WIDE / count, height: tall });
};

const turnOf = (count, top) => (WIDE * top) / count;

// Without checkpoints: one more after each layer forward, one less after each layer backward.
function allKept(count, top) {
  const [turn, end] = [turnOf(count, top), (WIDE * (2 * top - 1)) / count];
  return shape("polygon", { class: "book-plain", points: `0,${HIGH} ${turn},0 ${end},${HIGH}` });
}

/** Returns { root, draw(moments, step, top) }: `top` is the height of the chart, as much as is held without checkpoints. */
export function overTime() {
  const { root, drawing, value, place } = chart("activations held, step by step", "time", ["start", "end"]);
  function draw(list, step, top) {
    const counts = list.map(({ held }) => held.length);
    const most = Math.max(...counts);
    const now = counts[step];
    const level = HIGH - (HIGH * most) / top;
    drawing.replaceChildren(
      allKept(list.length, top),
      ...list.map(({ kind }, index) => bar(index, list.length, counts[index], top, `book-bar book-${kind} ${index > step ? "book-later" : ""}`)),
      shape("line", { class: "book-level", x1: 0, x2: WIDE, y1: level, y2: level }),
    );
    value.textContent = `now ${now}, peak ${most}`;
    place(turnOf(list.length, top), `all kept: ${top}`);
    drawing.setAttribute("aria-label", `After ${step} of ${list.length - 1} layers ${now} activations are held. The peak of the step is ${most}.`);
  }
  return { root, draw };
}

/** Returns { root, draw(peaks, length) }; `onPick(length)` hears which bar was pressed. */
export function overLengths(onPick) {
  const { root, drawing, value, place, to } = chart("peak, for each length of a segment", "lengths", ["1", ""]);
  let count = 1;
  drawing.addEventListener("click", ({ clientX }) => {
    const { left, width } = drawing.getBoundingClientRect();
    onPick(Math.max(1, Math.min(count, Math.ceil((count * (clientX - left)) / width))));
  });
  function draw(all, length) {
    count = all.length;
    const top = all[0];
    const mark = (WIDE * (Math.sqrt(count) - 0.5)) / count;
    drawing.replaceChildren(
      ...all.map((most, index) => bar(index, count, most, top, `book-bar ${index + 1 === length ? "book-chosen" : ""}`)),
      shape("line", { class: "book-root", x1: mark, x2: mark, y1: 0, y2: HIGH }),
    );
    value.textContent = `${all[length - 1]} at ${length}`;
    place(mark, `√${count}`);
    to.textContent = String(count);
    drawing.setAttribute("aria-label", `With segments of ${length} the peak is ${all[length - 1]}; the lowest is ${Math.min(...all)}. A line marks the root of ${count}.`);
  }
  return { root, draw };
}
