// The ring: workers on a circle, their chunks in boxes, and the chunks that are on their way.

import { adds, after, chunkToSend } from "./math.mjs";
import { shape } from "../kit/parts.mjs";

const [WIDE, HIGH] = [460, 430];
const [CENTRE, ACROSS, DOWN] = [230, 158, 158]; // the circle
const MIDDLE = 226;
/** How far from the centre the numbers stand that have just come. */
const inside = (world) => (world > 5 ? 98 : 124);
const BOX = 31; // height of a box
const EDGE = 5; // around the boxes

/** The width of a worker's boxes. */
const cardWidth = (world) => (world > 5 ? 116 : 128);

const columns = (world) => (world === 3 ? 3 : Math.ceil(world / 2));

/** The middle of a worker. */
function place(worker, world) {
  const angle = (2 * Math.PI * worker) / world - Math.PI / 2;
  return [CENTRE + ACROSS * Math.cos(angle), MIDDLE + DOWN * Math.sin(angle)];
}

const cardHeight = (world) => BOX * Math.ceil(world / columns(world));

/** The middle of a worker's box, and its width. */
function box(worker, chunk, world) {
  const [x, y] = place(worker, world);
  const wide = cardWidth(world) / columns(world);
  const [row, column] = [Math.floor(chunk / columns(world)), chunk % columns(world)];
  return { x: x - cardWidth(world) / 2 + (column + 0.5) * wide, y: y - cardHeight(world) / 2 + (row + 0.5) * BOX, wide };
}

function text(x, y, words, look) {
  const node = shape("text", { x, y, class: look });
  node.textContent = words;
  return node;
}

/** The way to the next worker, in the colour of the chunk that has just come along it, if any has. */
function arrow(worker, world, chunk) {
  const look = chunk === null ? "book-way" : `book-way book-taken book-chunk-${chunk}`;
  const [from, to] = [place(worker, world), place((worker + 1) % world, world)];
  const turn = (angle) => [CENTRE + ACROSS * Math.cos(angle), MIDDLE + DOWN * Math.sin(angle)];
  const angle = (2 * Math.PI * (worker + 0.5)) / world - Math.PI / 2;
  const [x, y] = turn(angle);
  const head = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((angle * 180) / Math.PI + 90).toFixed(1)})`;
  const path = `M${from.join(" ")}A${ACROSS} ${DOWN} 0 0 1 ${to.join(" ")}`;
  return shape("g", { class: look }, shape("path", { d: path }), shape("path", { d: "M-6 -7L7 0L-6 7z", transform: head, class: "book-tip" }));
}

/** What has just come along a way, written beside it. */
function passed(worker, world, chunk, words) {
  const angle = (2 * Math.PI * (worker + 0.5)) / world - Math.PI / 2;
  const [x, y] = [CENTRE + inside(world) * Math.cos(angle), MIDDLE + inside(world) * Math.sin(angle)];
  return shape("g", { class: `book-passed book-chunk-${chunk}${world > 5 ? " book-narrow" : ""}` }, text(x, y, words, "book-number"));
}

export function ring() {
  const [ways, cards, chips] = ["book-ways", "book-cards", "book-chips"].map((name) => shape("g", { class: name }));
  const centre = shape("g", { class: "book-centre" });
  const root = shape("svg", { class: "book-ring", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img" }, ways, centre, cards, chips);

  function drawCards(world, step) {
    const { held, parts } = after(step, world);
    const before = step ? after(step - 1, world).held : null;
    const sent = (worker) => (before ? chunkToSend(step - 1, worker, world) : null);
    const sign = step && adds(step - 1, world) ? "+" : "=";
    ways.replaceChildren(
      ...held.map((_, worker) => arrow(worker, world, sent(worker))),
      ...(before ?? []).map((row, worker) => passed(worker, world, sent(worker), `${sign} ${row[sent(worker)]}`)),
    );
    const nodes = held.map((row, worker) => {
      const [x, y] = place(worker, world);
      const [across, high] = [cardWidth(world), cardHeight(world)];
      const frame = shape("rect", { class: "book-card", x: x - across / 2 - EDGE, y: y - high / 2 - EDGE, width: across + 2 * EDGE, height: high + 2 * EDGE, rx: 9 });
      const name = text(x, y - high / 2 - EDGE - 10, `worker ${worker}`, "book-worker");
      const boxes = row.map((value, chunk) => {
        const at = box(worker, chunk, world);
        const share = parts[worker][chunk] / world;
        const [wide, tall] = [at.wide - 4, BOX - 4];
        const node = shape("g", { class: ["book-box", `book-chunk-${chunk}`, share === 1 && "book-whole", sent((worker + world - 1) % world) === chunk && "book-arrived"].filter(Boolean).join(" "), "data-about": `chunk-${chunk}` });
        const [left, top] = [at.x - wide / 2, at.y - tall / 2];
        node.append(
          shape("rect", { class: "book-ground", x: left, y: top, width: wide, height: tall, rx: 5 }),
          shape("rect", { class: "book-fill", x: left, y: top + tall * (1 - share), width: wide, height: tall * share, rx: share === 1 ? 5 : 0 }),
          shape("rect", { class: "book-edge", x: left, y: top, width: wide, height: tall, rx: 5 }),
          text(at.x, at.y + 0.5, value, "book-number"),
        );
        const title = shape("title");
        title.textContent = `Worker ${worker}, chunk ${chunk}: ${value}, the sum of ${parts[worker][chunk]} of ${world} workers`;
        node.append(title);
        return node;
      });
      return shape("g", { class: "book-stand" }, frame, name, ...boxes);
    });
    cards.replaceChildren(...nodes);
  }

  /** The chunks on their way from step `from` to the next one, at a share of it. */
  function drawChips(world, from, share) {
    const { held } = after(from, world);
    const mark = adds(from, world) ? "+" : "=";
    const nodes = held.map((row, worker) => {
      const chunk = chunkToSend(from, worker, world);
      const [one, two] = [box(worker, chunk, world), box((worker + 1) % world, chunk, world)];
      const [x, y] = ["x", "y"].map((axis) => one[axis] + share * (two[axis] - one[axis]));
      const chip = shape("g", { class: `book-chip book-chunk-${chunk}`, transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
      chip.append(shape("rect", { x: -22, y: -15, width: 44, height: 30, rx: 15 }), text(0, 0.5, `${mark} ${row[chunk]}`, "book-number"));
      return chip;
    });
    chips.replaceChildren(...nodes);
  }

  let seen = "";
  /** Draw a time between two steps; what has left is added when it has arrived. */
  function draw(world, time, words, phase) {
    const done = Math.floor(time + 1e-6);
    const key = [world, done, words, phase].join("|");
    if (key !== seen) {
      drawCards(world, done);
      centre.replaceChildren(text(CENTRE, MIDDLE - 10, phase[0], "book-phase"), text(CENTRE, MIDDLE + 16, phase[1], "book-count"));
      root.setAttribute("aria-label", words);
      seen = key;
    }
    const share = time - done;
    if (share > 1e-6) drawChips(world, done, share);
    else chips.replaceChildren();
    root.classList.toggle("book-moving", share > 1e-6);
  }
  return { root, draw };
}
