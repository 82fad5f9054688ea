// The five forms of the picture, each as a panel: bytes, text, two grids of numbers, bars.

import { byteOf, COUNT, groupOf, partsOf, placeOf } from "./math.mjs";
import { hex } from "./words.mjs";
import { number, percent } from "../kit/numbers.mjs";
import { element } from "../kit/parts.mjs";

const PARTS = ["signature", "length", "kind", "data", "checksum"];
const BYTES = 140;
const GROUPS = 47;

const many = (count, tag, look) => Array.from({ length: count }, () => element(tag, { class: look }));

/** Write a text unless it stands there: a node that is replaced under the pointer counts as touched anew. */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Mark one of several nodes. */
function mark(nodes, chosen) {
  for (const [index, node] of nodes.entries()) node.classList.toggle("book-marked", index === chosen);
}

/** Tell which pixel is touched; `placeAt(index)` is that of a cell, −1 for none. */
function touching(root, cells, placeAt, onPlace) {
  const touched = ({ target }) => {
    const place = placeAt(cells.indexOf(target));
    if (place >= 0) onPlace(place);
  };
  root.addEventListener("pointerover", touched);
  root.addEventListener("pointerdown", touched);
}

function fileForm(onPlace) {
  const cells = many(BYTES, "div", "book-byte");
  const grid = element("div", { class: "book-bytes" }, ...cells);
  const keys = PARTS.map((part) => element("span", {}, element("i", { class: `book-byte book-${part}` }), part));
  const root = element("div", {}, grid, element("div", { class: "book-keys" }, ...keys));
  touching(grid, cells, (index) => placeOf(index), onPlace);
  const draw = ({ file }, place) => {
    for (const [index, part] of partsOf(file).entries()) {
      write(cells[index], hex(file[index]));
      cells[index].className = `book-byte book-${part}`;
    }
    mark(cells, byteOf(place));
  };
  return { root, draw };
}

function requestForm() {
  const groups = many(GROUPS, "span", "book-group-of-four");
  const [head, tail] = many(2, "span", "book-json");
  const line = (text) => element("div", { class: "book-line" }, text);
  const lines = ["POST /predict HTTP/1.1", "Content-Type: application/json"].map(line);
  const root = element("div", { class: "book-text" }, ...lines, element("div", { class: "book-body" }, head, ...groups, tail));
  const draw = ({ message }, place) => {
    head.textContent = message.head;
    tail.textContent = message.tail;
    for (const [index, group] of message.groups.entries()) write(groups[index], group);
    mark(groups, groupOf(place));
  };
  return { root, draw };
}

/** An 8×8 grid of numbers; `look(pixel)` is its share of light, `text(pixel)` what stands there. */
function gridForm(name, text, onPlace) {
  const cells = many(COUNT, "div", "book-cell");
  const root = element("div", { class: `book-numbers book-${name}` }, ...cells);
  touching(root, cells, (index) => index, onPlace);
  const draw = ({ pixels, tensor }, place) => {
    for (const [index, cell] of cells.entries()) {
      write(cell, text(pixels[index], tensor[index]));
      cell.style.setProperty("--light", (pixels[index] / 255).toFixed(3));
    }
    mark(cells, place);
  };
  return { root, draw };
}

function answerForm() {
  const rows = Array.from({ length: 10 }, (_, label) => {
    const [bar] = many(1, "span", "book-fill");
    const [share] = many(1, "span", "book-percent");
    return { root: element("div", { class: "book-row-of-ten" }, element("b", {}, String(label)), element("span", { class: "book-track" }, bar), share), bar, share };
  });
  const root = element("div", { class: "book-ten" }, ...rows.map((row) => row.root));
  const draw = ({ answer }) => {
    for (const [label, row] of rows.entries()) {
      row.bar.style.width = `${100 * answer.probabilities[label]}%`;
      row.share.textContent = percent(answer.probabilities[label]).replace("under ", "<\u2009").replace("over ", ">\u2009");
    }
    mark(rows.map((row) => row.root), answer.said);
  };
  return { root, draw };
}

/** All five panels, one in sight: `draw(forms, stage, place)`. */
export function panels(onPlace) {
  const all = [
    fileForm(onPlace),
    requestForm(),
    gridForm("pixels", (pixel) => String(pixel), onPlace),
    gridForm("tensor", (_, value) => number(value), onPlace),
    answerForm(),
  ];
  const root = element("div", { class: "book-form" }, ...all.map((panel) => panel.root));
  const draw = (forms, stage, place) => {
    for (const [index, panel] of all.entries()) panel.root.hidden = index !== stage;
    all[stage].draw(forms, place);
  };
  return { root, draw };
}
