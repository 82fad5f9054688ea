// The picture: the curve with the network's output and its bars, and the hidden units below.

import { element } from "../kit/parts.mjs";
import { plane } from "../kit/plane.mjs";
import { LEAST, MOST, curveMarks, unitMarks } from "./scene.mjs";

const PHONE = 480;
const [ONE_ROW, ROW] = [704, 40]; // narrower the controls take a second row, so high
const [LEFT, PHONE_LEFT, RIGHT] = [-0.06, -0.12, 1.03]; // a little more than is looked at
const NONE = 9; // grid lines so far apart that none is seen

/** { root, fit(width), draw(…), say(words) }; `fit` lays both planes out for a width in pixels. */
export function picture() {
  const [above, below] = [element("div", { class: "book-curve" }), element("div", { class: "book-units" })];
  const caption = element("p", { class: "book-caption" }, "What each hidden unit gives, from 0 to 1");
  const root = element("div", { class: "book-picture" }, above, caption, below);
  let [curve, units] = [null, null];
  function fit(width) {
    const isPhone = width <= PHONE;
    const sides = [isPhone ? PHONE_LEFT : LEFT, RIGHT];
    const high = isPhone ? 206 : 290 - (width < ONE_ROW ? ROW : 0);
    curve = plane({ label: "", x: sides, y: [LEAST, MOST], names: ["", ""], size: [width, high], steps: [0.25, 0.5] });
    units = plane({ label: "Hidden units", x: sides, y: [-0.08, 1.08], names: ["", ""], size: [width, isPhone ? 50 : 66], steps: [NONE, 1] });
    above.replaceChildren(curve.root);
    below.replaceChildren(units.root);
  }
  return {
    root,
    fit,
    say: (words) => curve.root.setAttribute("aria-label", words),
    /** Draw one moment: `now` are the outputs on their way, `found` what is true at its end. */
    draw(state, found, now) {
      curve.draw(curveMarks(state, found, now));
      units.draw(unitMarks(found));
    },
  };
}
