// Names beside places of a plane, each on the side where it hides least.

import { meets, scales, textPlace } from "./plane_marks.mjs";

const LETTER = 9; // width of a letter, in pixels, as large as on a phone
const LINE = 18; // height of a line of such letters
const NEAR = 2; // pixels between a place and what stands at it
const ROOM = 6; // between two names
const RIM = 5; // from the border to what is written
const TURNS = [0, 1, -1, 2, -2, 3, -3, 4].map((eighths) => (eighths * Math.PI) / 4);
const FARS = [0, 16]; // pixels that a name may stand farther away
const [HIT, STRUCK, OUT, FARTHER, TURNED] = [10, 2, 10, 6, 0.3]; // what a place costs

const turned = ([x, y], angle) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];

/** A box [left, top, right, bottom] around a pixel. */
export const around = ([x, y], wide, high = wide) => [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];

/** Whether a line from one pixel to another passes through a box. */
export function crosses([from, to], [left, top, right, bottom]) {
  let [first, last] = [0, 1];
  for (const [side, low, high] of [[0, left, right], [1, top, bottom]]) {
    const [start, way] = [from[side], to[side] - from[side]];
    if (Math.abs(way) < 1e-9) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const ends = [(low - start) / way, (high - start) / way].sort((a, b) => a - b);
    first = Math.max(first, ends[0]);
    last = Math.min(last, ends[1]);
  }
  return first < last;
}

/** The pixels that a mark `{ text, at, away }` takes, with `room` on both sides: two names must not read as one. */
export const boxOf = (space, { text, at, away, far }, room = ROOM) =>
  around(textPlace(space, text, at, away, far), LETTER * text.length + 2 * room, LINE);

/**
 * Turn the marks `{ text, at, away }` of a plane out of each other's way: each keeps its direction
 * `away` or takes the next one, by eighths of a turn or a little farther, that hides less. `boxes` are pixels that are
 * taken, `lines` pairs of places that should not strike a name. The first marks choose first.
 */
export function apart(texts, space, boxes = [], lines = []) {
  const { size } = space;
  const { toPixels } = scales(space);
  const taken = [...boxes];
  const drawn = lines.map((ends) => ends.map(toPixels));
  const count = (list, test, box) => list.filter((one) => test(one, box)).length;
  const isOut = ([left, top, right, low]) => left < RIM || top < RIM || right > size[0] - RIM || low > size[1] - RIM;
  return texts.map((mark) => {
    const own = toPixels(mark.at);
    // What stands at the place itself is kept clear of anyway.
    const others = taken.filter(([left, top, right, low]) => Math.hypot((left + right) / 2 - own[0], (top + low) / 2 - own[1]) > NEAR);
    const places = FARS.flatMap((far) =>
      TURNS.map((angle, rank) => {
        const next = { ...mark, away: turned(mark.away, angle), far };
        const box = boxOf(space, next, 0);
        const hidden = HIT * count(others, meets, box) + STRUCK * Math.min(2, count(drawn, crosses, box)) + OUT * isOut(box);
        return { next, cost: hidden + (far ? FARTHER : 0) + TURNED * Math.ceil(rank / 2) };
      }),
    );
    const best = places.reduce((least, place) => (place.cost < least.cost - 1e-9 ? place : least));
    taken.push(boxOf(space, best.next));
    return best.next;
  });
}
