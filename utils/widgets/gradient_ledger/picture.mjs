// The picture: a graph of two leaves, a product and a loss; two bars, in which gradients add up.

import { FACTOR, MOST, W, X, flows } from "./math.mjs";
import { WAYS, arrivals, grad } from "./words.mjs";
import { element, shape } from "../kit/parts.mjs";

const SPOTS = { w: [35, 32], x: [35, 140], p: [186, 32], L: [322, 92] };
const SIZES = { w: 66, x: 66, p: 66, L: 72 };
const [WIDE, HIGH] = [360, 162]; // units of the graph
// From where a gradient comes to where it goes, what it belongs to, when it travels, and where
// along the edge its number stands.
const EDGES = {
  product: { ends: ["L", "p"], about: "toW viaP", time: [0, 0.45], at: 0.5 },
  toW: { ends: ["p", "w"], about: "toW", time: [0.45, 0.9], at: 0.5 },
  viaP: { ends: ["p", "x"], about: "viaP", time: [0.45, 0.9], at: 0.5 },
  direct: { ends: ["L", "x"], about: "direct", time: [0, 0.9], at: 0.5 },
};
const FEW = MOST / 2; // as long as there are no more passes, a bar has room for so many

const between = ([x0, y0], [x1, y1], share) => [x0 + share * (x1 - x0), y0 + share * (y1 - y0)];

/** Where an edge leaves the box of a node, towards another one. */
function border(from, to) {
  const [[x0, y0], [x1, y1]] = [SPOTS[from], SPOTS[to]];
  const share = Math.min((SIZES[from] / 2 + 5) / Math.abs(x1 - x0), 25 / (Math.abs(y1 - y0) || 1e-9));
  return between(SPOTS[from], SPOTS[to], share);
}

function edge({ ends: [from, to], about, time: [begin, end], at }, look, name) {
  const [start, stop] = [border(from, to), border(to, from)];
  const line = shape("line", { class: "book-edge", x1: start[0], y1: start[1], x2: stop[0], y2: stop[1] });
  const turn = (Math.atan2(stop[1] - start[1], stop[0] - start[0]) * 180) / Math.PI;
  const tip = shape("path", { class: "book-tip", d: "M1 0l-11 -6v12z", transform: `translate(${stop}) rotate(${turn})` });
  const [cx, cy] = between(start, stop, at);
  const disc = shape("circle", { class: "book-disc", cx, cy, r: 14 });
  const text = shape("text", { class: "book-flow", x: cx, y: cy + 6 });
  const chip = shape("g", {}, disc, text);
  const cross = shape("path", { class: "book-cross", d: `M${cx - 7} ${cy - 7}l14 14m0 -14l-14 14` });
  const pulse = shape("circle", { class: "book-pulse", r: 6 });
  const wide = shape("line", { class: "book-touch", x1: start[0], y1: start[1], x2: stop[0], y2: stop[1] });
  const root = shape("g", { class: `book-path book-${look}`, "data-about": about, role: "button", tabindex: 0, "aria-pressed": false, "aria-label": `Edge from ${WAYS[name]}` }, wide, line, tip, chip, cross, pulse);
  /** `value` is null where nothing can flow; the number shows once the pulse has come by. */
  const set = (value, isCut, isSeen, phase) => {
    const share = Math.max(0, Math.min(1, (phase - begin) / (end - begin)));
    const isMoving = isSeen && value !== null && share > 0 && share < 1;
    root.classList.toggle("book-off", value === null);
    cross.style.visibility = isCut ? "visible" : "hidden";
    chip.style.visibility = value !== null && isSeen && share >= at + 0.15 ? "visible" : "hidden";
    text.textContent = value === null ? "" : String(value);
    pulse.style.visibility = isMoving ? "visible" : "hidden";
    const [x, y] = between(start, stop, share);
    pulse.setAttribute("cx", x);
    pulse.setAttribute("cy", y);
  };
  return { root, set };
}

function node(name, words) {
  const [cx, cy] = SPOTS[name];
  const size = SIZES[name];
  const box = shape("rect", { x: cx - size / 2, y: cy - 20, width: size, height: 40, rx: name === "p" || name === "L" ? 20 : 5 });
  const root = shape("g", { class: "book-node" }, box, shape("text", { x: cx, y: cy + 5 }, words));
  return root;
}

function bar(name) {
  const track = element("div", { class: "book-track" });
  const total = element("div", { class: "book-total" });
  const root = element("div", { class: "book-account" }, element("div", { class: "book-grad" }, `${name}.grad`), track);
  const part = (kind, value, share, pass, units) => {
    const one = element("div", { class: `book-part book-${kind === "direct" ? "direct" : "through"}`, "data-about": kind, "data-pass": `pass ${pass + 1}` }, String(value));
    one.style.setProperty("--ones", value);
    one.style.width = `${((100 * share * value) / units).toFixed(3)}%`;
    return one;
  };
  /** One group a pass; the last one grows by `share`. */
  const set = (passes, value, share) => {
    const isLong = passes.length > FEW;
    const units = (isLong ? MOST : FEW) * (W + FACTOR);
    track.classList.toggle("book-long", isLong);
    total.textContent = grad(value);
    total.classList.toggle("book-none", value === null);
    track.replaceChildren(
      ...passes.map((parts, index) => {
        const grown = index === passes.length - 1 ? share : 1;
        const group = element("div", { class: "book-pass" });
        group.append(...parts.map(([kind, amount]) => part(kind, amount, grown, index, units)));
        return group;
      }),
      total,
    );
  };
  return { root, set };
}

/** How the chain rule finds what a pass brings: `set(cut)` shows a row for each leaf. */
function chain() {
  const rows = element("div", { class: "book-rows" });
  const root = element("div", { class: "book-chain", "aria-hidden": true }, element("div", { class: "book-over" }, "One pass brings"), rows);
  const set = (cut) => {
    rows.replaceChildren(
      ...arrivals(cut).map(({ name, parts, total }) => {
        const sum = parts.flatMap(([kind, words], at) => {
          const term = element("span", { class: `book-term book-${kind === "direct" ? "direct" : "through"}`, "data-about": kind }, words);
          return at ? [" + ", term] : [term];
        });
        const [left, right] = total === null ? [[], "nothing"] : [[...sum, " = "], String(total)];
        return element("div", {}, element("span", {}, `to ${name}: `), ...left, element("b", {}, right));
      }),
    );
  };
  return { root, set };
}

/**
 * The whole picture; `set(state, phase)` draws, with the last pass on its way while `phase` < 1, `pick(edge)`
 * sets off what belongs to one edge, null for none, `hint(isShown)` says that one can be pressed, and
 * `onPick(edge)` hears that one is.
 */
export function picture(onPick) {
  const edges = Object.entries(EDGES).map(([name, facts]) => [name, edge(facts, name === "direct" ? "direct" : "through", name)]);
  for (const [name, { root: node }] of edges) {
    node.addEventListener("click", () => onPick(name));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onPick(name);
    });
  }
  const region = shape("rect", { class: "book-region", y: 2, rx: 12 });
  const name = shape("text", { class: "book-region-name" }, "no_grad");
  const asking = shape("text", { class: "book-hint", x: 358, y: 152 }, "press an edge");
  const hint = (isShown) => {
    asking.style.visibility = isShown ? "visible" : "hidden";
  };
  const nodes = [node("w", `w = ${W}`), node("x", `x = ${X}`), node("p", `p = ${W * X}`), node("L", `L = ${W * X + FACTOR * X}`)];
  const svg = shape("svg", { class: "book-graph", viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "xMidYMin meet", role: "group" }, region, name, asking, ...edges.map(([, one]) => one.root), ...nodes);
  const code = element("div", { class: "book-lines" });
  const rule = chain();
  const bars = { w: bar("w"), x: bar("x") };
  const side = element("div", { class: "book-side" }, code, rule.root);
  const root = element("div", { class: "book-picture" }, element("div", { class: "book-top" }, svg, side), bars.w.root, bars.x.root);

  let ruled = null; // the cut whose chain rule is in sight
  const enclose = (cut) => {
    const isShown = cut === "no_grad" || cut === "no_grad p";
    for (const one of [region, name]) one.style.visibility = isShown ? "visible" : "hidden";
    region.setAttribute("x", 142);
    region.setAttribute("width", cut === "no_grad" ? 217 : 88);
    region.setAttribute("height", cut === "no_grad" ? 124 : 60);
    name.setAttribute("x", cut === "no_grad" ? 308 : 272);
    name.setAttribute("y", cut === "no_grad" ? 24 : 18);
  };
  /** `since` are the lines since the last clear, `isSeen` whether their last pass had this graph. */
  const set = ({ cut, since, w, x, isSeen, lines }, phase) => {
    const values = flows(cut);
    for (const [edgeName, one] of edges) {
      // Behind p.detach() the graph is there as before, and nothing arrives.
      const isCut = values[edgeName] === null && (cut !== "p" || edgeName === "product");
      one.set(values[edgeName], isCut, isSeen, phase);
    }
    enclose(cut);
    code.textContent = lines.join("\n");
    if (cut !== ruled) rule.set(cut);
    ruled = cut;
    const grown = Math.max(0, (phase - 0.8) / 0.2);
    const parts = (line, kinds) => kinds.filter((kind) => line[kind] !== null && line[kind] !== undefined).map((kind) => [kind, line[kind]]);
    bars.w.set(since.map((line) => parts(line, ["toW"])), w, grown);
    bars.x.set(since.map((line) => parts(line, ["viaP", "direct"])), x, grown);
  };
  const pick = (picked) => {
    const words = picked ? EDGES[picked].about.split(" ") : [];
    root.classList.toggle("book-picking", Boolean(picked));
    for (const [edgeName, one] of edges) {
      one.root.setAttribute("aria-pressed", edgeName === picked);
      one.root.classList.toggle("book-picked", edgeName === picked || (picked === "product" && edgeName !== "direct"));
    }
    for (const one of root.querySelectorAll(":is(.book-part, .book-term)")) one.classList.toggle("book-picked", words.includes(one.dataset.about));
  };
  return { root, svg, set, pick, hint };
}
