// The colours of numbers: dark at 0, glowing where they are large, blue below 0; ink is white.

const GROUND = [13, 15, 30];
const GLOW = [GROUND, [74, 26, 96], [181, 50, 82], [245, 139, 46], [255, 243, 184]];
const COLD = [GROUND, [22, 52, 104], [36, 106, 190], [88, 176, 250], [206, 238, 255]];
const CHALK = [GROUND, [255, 255, 255]];
const STEPS = 255;

/** The colour [red, green, blue] at a share of the way along stops of equal distance. */
function between(stops, share) {
  const at = share * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  return stops[low].map((level, part) => Math.round(level + (at - low) * (stops[low + 1][part] - level)));
}

const levels = (stops) => Array.from({ length: STEPS + 1 }, (_, step) => between(stops, step / STEPS));
const [GLOWS, COLDS, CHALKS] = [GLOW, COLD, CHALK].map(levels);
// The same as dots of a canvas: red, green, blue and opacity in one number.
const dots = (colours) => colours.map(([red, green, blue]) => 0xff000000 + (blue << 16) + (green << 8) + red);
const DOTS = new Map([GLOWS, COLDS, CHALKS].map((colours) => [colours, dots(colours)]));

const rampOf = (value, isInk) => (isInk ? CHALKS : value < 0 ? COLDS : GLOWS);
const stepOf = (value) => Math.round(STEPS * Math.min(1, Math.abs(value)));

/** The colour [red, green, blue] of a number from −1 to 1, or of ink from 0 to 1. */
export function colourOf(value, isInk = false) {
  return rampOf(value, isInk)[stepOf(value)];
}

/** Whether dark letters are easier to read on that colour than light ones. */
export function isBright(value, isInk = false) {
  const [red, green, blue] = colourOf(value, isInk);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 120;
}

/** Paint numbers divided by `largest` on a canvas, one dot each, `columns` side by side. */
export function glow(canvas, values, columns, largest, isInk = false) {
  const rows = Math.ceil(values.length / columns);
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  const image = new ImageData(columns, rows);
  const painted = new Uint32Array(image.data.buffer);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] / largest;
    painted[at] = DOTS.get(rampOf(value, isInk))[stepOf(value)];
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}
