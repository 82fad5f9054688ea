// A scene composed as utils/data/painting.py composes it, to the last bit of each pixel.

export const SIZE = 64; // of the scene in pixels
export const [LEAST, MOST] = [12, 28]; // sides of a digit's image in pixels
export const COUNT = 4; // digits in a scene
const IMAGE = 8; // pixels a side of a digit's image
const LEVELS = 16; // of its ink
const BORDER = 2; // empty pixels around it, into which its edge fades
const ROOM = 37; // of an enlarged image: no ink of the largest lies beyond it
const [SHADE, LIGHT] = [0.7, 0.5];

/** Rounded as torch does it, a half to the even neighbour: shaded pixels often end in a half. */
function rounded(value) {
  const up = Math.round(value);
  return up - value === 0.5 && up % 2 ? up - 1 : up;
}

const inkOf = (level) => Math.max(0, Math.min(1, (level - 0.33) / 0.24));

/** How much each row of an image counts for each row of the enlarged one. */
function weightsOf(side) {
  const step = side / IMAGE;
  return Array.from({ length: ROOM }, (_, row) => {
    const raw = Array.from({ length: IMAGE + 2 * BORDER }, (_, at) =>
      Math.max(0, 1 - Math.abs((row + 0.5) / step - 1.5 - (at - BORDER))),
    );
    const sum = Math.max(0.01, raw.reduce((total, weight) => total + weight));
    return raw.slice(BORDER, BORDER + IMAGE).map((weight) => weight / sum);
  });
}

/** The tight box of a shape of `width` columns: left, top, right, bottom; without area if it is empty. */
function tight(isPart, width, height) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!isPart(row * width + column)) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
    }
  }
  return [left, top, right, bottom];
}

/** An image of ink from 0 to 16, enlarged in the corner of an empty square: { values, box, area }. */
export function spriteOf(levels, side) {
  const weights = weightsOf(side);
  const values = new Float64Array(ROOM * ROOM);
  for (let row = 0; row < ROOM; row++) {
    const mixed = Array.from({ length: IMAGE }, (_, column) =>
      weights[row].reduce((sum, weight, at) => sum + (weight * levels[at * IMAGE + column]) / LEVELS, 0),
    );
    for (let column = 0; column < ROOM; column++) {
      values[row * ROOM + column] = weights[column].reduce((sum, weight, at) => sum + weight * mixed[at], 0);
    }
  }
  const box = tight((at) => inkOf(values[at]) >= 0.5, ROOM, ROOM);
  return { values, box };
}

/** Sprites of a shelf, each made once: `sprites(digit, side)`. */
export function shelfOf(digits) {
  const made = new Map();
  return (digit, side) => {
    const key = digit * SIZE + side;
    if (!made.has(key)) made.set(key, spriteOf(digits[digit], side));
    return made.get(key);
  };
}

/** Width and height of a sprite's ink. */
export const extentOf = ({ box: [left, top, right, bottom] }) => [right - left, bottom - top];

/**
 * The scene: { greys, boxes, inSight }, for objects in rows of digit, side, left and top. Larger
 * ones are painted first. Boxes are tight around what is not covered, of which `inSight` is the
 * share.
 */
export function composed(ground, objects, sprites) {
  const canvas = Float64Array.from(ground, (grey) => grey / 255);
  const instances = new Int8Array(SIZE * SIZE).fill(-1);
  const whole = objects.map(() => 0); // pixels of ink within the scene, covered or not
  const order = [...objects.keys()].sort((one, other) => objects[other][1] - objects[one][1] || one - other);
  for (const index of order) {
    const [digit, side, x, y] = objects[index];
    const { values, box } = sprites(digit, side);
    for (let at = 0; at < values.length; at++) {
      const [row, column] = [y - box[1] + Math.floor(at / ROOM), x - box[0] + (at % ROOM)];
      if (row < 0 || column < 0 || row >= SIZE || column >= SIZE) continue;
      const place = row * SIZE + column;
      const behind = canvas[place] * (1 - SHADE * Math.min(1, values[at] / 0.15));
      const ink = inkOf(values[at]);
      canvas[place] = behind + ink * ((0.85 + 0.15 * LIGHT) * (0.6 + 0.4 * values[at]) - behind);
      if (ink < 0.5) continue;
      instances[place] = index;
      whole[index]++;
    }
  }
  const left = objects.map(() => 0);
  for (const index of instances) if (index >= 0) left[index]++;
  return {
    greys: Uint8Array.from(canvas, (level) => rounded(255 * level)),
    boxes: objects.map((_, index) => tight((at) => instances[at] === index, SIZE, SIZE)),
    inSight: objects.map((_, index) => left[index] / whole[index]),
  };
}
