// The boxes in boxes: a tree that is walked by arrow keys, with a line along which tensors flow.

import { childrenOf, frozenPart, moduleAt, moved } from "./math.mjs";
import { specks } from "./specks.mjs";
import { made, modeWords, shapeWords, title } from "./words.mjs";
import { element, onArrows } from "../kit/parts.mjs";

/** The tree; `onSelect(path)` hears the reader. `draw(net, name, state)` shows a network. */
export function tree({ onSelect }) {
  const root = element("div", { class: "book-tree", role: "tree", "aria-label": "Modules of the network" });
  let [shown, net, boxes] = [null, null, new Map()];

  // Tab reaches the chosen box alone; from there the arrows lead on.
  function choose(path) {
    const { node } = boxes.get(path);
    node.tabIndex = 0;
    node.focus();
    onSelect(path);
  }

  function flow(shape) {
    return element("div", { class: "book-flow", role: "presentation" }, element("span", {}, shapeWords(shape)));
  }

  function box(path) {
    const module = moduleAt(net, path);
    const inner = childrenOf(net, path);
    const name = element("span", { class: "book-name" }, path === "" ? "net" : path.split(".").at(-1));
    const kind = element("span", { class: "book-kind" }, inner.length ? module.kind : made(module));
    const mode = element("span", { class: "book-mode" });
    const ice = element("span", { class: "book-ice" });
    const numbers = inner.length ? null : specks(module.saved);
    const place = element("span", { class: "book-numbers" }, ...(numbers ? [numbers.root] : []));
    const head = element("div", { class: "book-head-line" }, name, kind, mode, ice, ...(inner.length ? [] : [place]));
    const node = element("div", { class: "book-box", role: "treeitem", "aria-label": `${title(path)}, ${made(module)}` }, head);
    if (inner.length) {
      node.setAttribute("aria-expanded", "true");
      const group = element("div", { class: "book-inner", role: "group" });
      for (const child of inner) group.append(box(child), flow(moduleAt(net, child).shape));
      group.lastChild.remove(); // what flows out of the last part flows out of the whole
      node.append(group);
    }
    node.addEventListener("click", (event) => {
      event.stopPropagation();
      choose(path);
    });
    boxes.set(path, { node, mode, ice, numbers, module, isLeaf: !inner.length });
    return node;
  }

  onArrows(root, (rows, columns) => {
    const now = [...boxes].find(([, { node }]) => node === document.activeElement)?.[0];
    if (now === undefined) return;
    const next = moved(net, now, rows, columns);
    if (next !== now) choose(next);
  });

  function draw(given, name, { selected, training, frozen }) {
    net = given;
    if (name !== shown) {
      boxes = new Map();
      const whole = moduleAt(net, "");
      root.replaceChildren(flow(whole.inputs), box(""), flow(whole.shape));
      shown = name;
    }
    const { twins } = moduleAt(net, selected);
    for (const [path, { node, mode, ice, numbers, module, isLeaf }] of boxes) {
      const part = frozenPart(net, path, frozen);
      const isLit = isLeaf && module.changes;
      if (path === selected) node.tabIndex = 0;
      else node.removeAttribute("tabindex");
      node.setAttribute("aria-selected", String(path === selected));
      node.classList.toggle("book-twin", path !== selected && twins.includes(path));
      node.classList.toggle("book-lit", isLit && training);
      node.classList.toggle("book-quiet", isLit && !training);
      node.classList.toggle("book-frozen", isLeaf && part === "all");
      mode.textContent = isLit ? modeWords(module, training) : "";
      ice.textContent = isLeaf && part === "all" ? "frozen" : "";
      numbers?.draw(frozen, training ? net.moved : []);
    }
  }
  return { root, draw };
}
