// The way through the service: five boxes to press, the time until each, and a dot that travels.

import { lengthsOf } from "./math.mjs";
import { FORMS, milliseconds } from "./words.mjs";
import { element } from "../kit/parts.mjs";
import { eased } from "../kit/tween.mjs";

/** Five buttons; `onStage(index)` hears which is pressed. */
export function way(times, onStage) {
  const spent = FORMS.map(({ key }) => times[key]);
  const lengths = lengthsOf(spent);
  const sizes = FORMS.map(() => element("span", { class: "book-size" }));
  const buttons = FORMS.map(({ name }, index) => {
    const bar = element("span", { class: "book-spent" });
    bar.style.width = `max(2px, ${100 * lengths[index]}%)`;
    const time = element("span", { class: "book-time" }, milliseconds(spent[index]));
    const press = () => onStage(index);
    const lane = element("span", { class: "book-lane" }, bar);
    return element("button", { type: "button", class: "book-box", onclick: press }, element("b", {}, name), sizes[index], lane, time);
  });
  const dot = element("div", { class: "book-dot" });
  const line = element("div", { class: "book-road", "aria-hidden": true }, dot);
  const places = element("div", { class: "book-places" }, ...["on the phone", "in the service"].map((text) => element("span", {}, text)));
  const boxes = element("div", { class: "book-way", role: "group", "aria-label": "Forms of the picture" }, line, ...buttons);
  const root = element("div", {}, places, boxes);
  const travel = eased(([at]) => {
    dot.style.left = `${at}%`;
  }, 600);
  const draw = (forms, stage) => {
    for (const [index, node] of buttons.entries()) {
      node.setAttribute("aria-pressed", String(index === stage));
      node.classList.toggle("book-passed", index < stage);
      sizes[index].textContent = FORMS[index].size(forms);
    }
    travel.to([20 * stage + 10]);
  };
  return { root, draw, stop: travel.stop };
}
