// The picture: tokens in a row, bars of the most frequent pairs, and what was learned.

import { element } from "../kit/parts.mjs";
import { seen } from "./words.mjs";

const BARS = 5;
const TINTS = 6;
const [ROOM, LONGEST] = [8, 8]; // recipes that have room, and letters of the longest token in them

/** A token as a chip, with the tint of its id; bytes have none. */
function chip(id, tokens, about = "") {
  const tint = id < 256 ? "" : ` book-tint book-tint-${(id - 256) % TINTS}`;
  return element("span", { class: `book-chip${tint}`, "data-about": `t${id} ${about}`.trim() }, seen(tokens[id]));
}

function barRow(rank) {
  const names = element("span", { class: "book-pair" });
  const fill = element("span", { class: "book-fill" });
  const count = element("span", { class: "book-count" });
  const root = element("div", { class: "book-bar", "data-about": `p${rank}` }, names, element("span", { class: "book-track" }, fill), count);
  return { root, names, fill, count };
}

/** How a token was made: the two that were joined, an arrow, and the new one. */
function recipe(pair, id, tokens) {
  const from = element("span", { class: "book-from" }, ...pair.map((part) => chip(part, tokens)), "→");
  return element("div", { class: "book-recipe" }, from, element("span", { class: "book-made" }, chip(id, tokens)));
}

/** Returns { root, draw(moment, bytes, merges), size([share, …bars]) }: chips and names, and what is eased. */
export function board() {
  const row = element("div", { class: "book-tokens", role: "img" });
  const bars = Array.from({ length: BARS }, (_, rank) => barRow(rank));
  const learned = element("div", { class: "book-learned", role: "img" });
  const full = element("span", { class: "book-fill" });
  const meter = element("div", { class: "book-meter" }, element("span", { class: "book-track" }, full));
  const length = element("b", {});
  const head = (words, ...more) => element("div", { class: "book-head" }, element("span", {}, words), ...more);
  const left = element("div", { class: "book-pairs" }, head("Pairs of neighbours"), ...bars.map((bar) => bar.root));
  const right = element("div", { class: "book-side" }, head("Length", length), meter, head("Learned"), learned);
  const root = element("div", { class: "book-board" }, row, element("div", { class: "book-lower" }, left, right));

  function draw({ rows, pairs, tokens }, bytes, merges) {
    const top = pairs.slice(0, BARS);
    const newest = tokens.length - 1;
    const groups = rows.map((ids) =>
      ids.map((id, at) => {
        const near = [[ids[at - 1], id], [id, ids[at + 1]]].map(String);
        const in_ = top.flatMap(({ pair }, rank) => (near.includes(String(pair)) ? [`p${rank}`] : []));
        const node = chip(id, tokens, in_.join(" "));
        node.classList.toggle("book-next", in_.includes("p0") && top[0].count > 1);
        node.classList.toggle("book-newest", id === newest && id > 255);
        return node;
      }),
    );
    const chips = groups.flat();
    row.replaceChildren(...groups.map((group) => element("div", { class: "book-word" }, ...group)));
    row.setAttribute("aria-label", `Tokens: ${chips.map((node) => node.textContent).join(" | ")}`);
    bars.forEach((bar, rank) => {
      const entry = top[rank];
      bar.root.classList.toggle("book-none", !entry);
      bar.root.classList.toggle("book-next", rank === 0 && entry?.count > 1);
      bar.names.replaceChildren(...(entry ? entry.pair.map((id) => chip(id, tokens)) : []));
      bar.count.textContent = entry ? String(entry.count) : "";
    });
    const names = tokens.slice(256).map(seen);
    learned.classList.toggle("book-plain", names.length > ROOM || names.some((name) => [...name].length > LONGEST));
    learned.replaceChildren(...merges.map((pair, index) => recipe(pair, 256 + index, tokens)));
    learned.setAttribute("aria-label", `Learned: ${names.join(", ") || "nothing yet"}`);
    length.textContent = `${bytes} → ${chips.length}`;
  }

  function size([share, ...widths]) {
    full.style.width = `${(100 * share).toFixed(2)}%`;
    bars.forEach((bar, rank) => {
      bar.fill.style.width = `${(100 * widths[rank]).toFixed(2)}%`;
    });
  }
  /** The numbers that `size` takes: tokens a byte, and each bar beside the longest at the start. */
  const sizes = ({ rows, pairs }, bytes, most) => [
    rows.flat().length / bytes,
    ...bars.map((_, rank) => (pairs[rank]?.count ?? 0) / most),
  ];
  return { root, draw, size, sizes };
}
