// What the gradient demo says: numbers, sentences and torch code, all pure text.

import { arrowLength, gradient, height, kindOf, relation, slope, steepest, steepness, stepOf } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const FORMULAS = {
  bowl: "(x**2 + y**2) / 2",
  "stretched bowl": "x**2 / 4 + y**2",
  saddle: "(x**2 - y**2) / 2",
  valley: "(x - 1)**2 / 8 + (y + 1 - x**2)**2 / 12",
  waves: "2 * torch.sin(torch.pi * x / 2) * torch.cos(torch.pi * y / 2)",
};
const READABLE = {
  bowl: "(x² + y²) / 2",
  "stretched bowl": "x² / 4 + y²",
  saddle: "(x² − y²) / 2",
  valley: "(x − 1)² / 8 + (y + 1 − x²)² / 12",
  waves: "2 sin(πx / 2) cos(πy / 2)",
};

/** A place on the map, or an arrow. */
export function pair([x, y]) {
  return `(${number(x)}, ${number(y)})`;
}

/** The entries of the list of functions: [name, text]. */
export function options() {
  return Object.keys(READABLE).map((name) => [name, name]);
}

/** The function as it is written on the map. */
export function formula(name) {
  return `f = ${READABLE[name]}`;
}

/** Whole degrees between u and the gradient, 0 to 180. */
export function apart(name, point, angle) {
  const turn = Math.abs(angle - steepest(name, point)) % 360;
  return Math.round(Math.min(turn, 360 - turn));
}

const FITS = {
  "to scale": "the steepest slope; arrow 0.8 as long",
  short: "the steepest slope; arrow lengthened",
  long: "the steepest slope; arrow shortened",
};

/** The numbers for one setting: [look, name, value, meaning]. */
export function facts({ function: name, point, angle }) {
  const length = steepness(name, point);
  const along = slope(name, point, angle);
  const isFlat = length === 0;
  const product = isFlat ? "" : ` = ${number(length)} · cos ${apart(name, point, angle)}°`;
  return [
    ["here", "Height f", number(height(name, point)), "the same all along the thick line"],
    [
      "gradient",
      "Gradient ∇f",
      pair(gradient(name, point)),
      isFlat ? "no arrow: a zero vector points nowhere" : "at right angles to the thick line",
    ],
    ["gradient", "Length of ∇f", number(length), isFlat ? "no direction is steep" : FITS[arrowLength(name, point).fit]],
    ["u", "Slope along u", number(along), `∇f · u${product}`],
  ];
}

/** How u lies to the gradient, in one sentence. */
export function sentence({ function: name, point, angle }) {
  const along = slope(name, point, angle);
  const size = number(Math.abs(along));
  switch (relation(name, point, angle)) {
    case "none":
      return (
        `The gradient is zero: ${pair(point)} is a stationary point, ${kindOf(name, point)}. ` +
        "Every direction starts level, so there is no arrow to draw."
      );
    case "ascent":
      return `u points along the gradient, the direction of steepest ascent: f rises by ${size} a unit.`;
    case "descent":
      return `u points against the gradient, the direction of steepest descent: f falls by ${size} a unit.`;
    case "level":
      return "u is at right angles to the gradient: it follows the contour line, and f is level.";
    default: {
      const change = along > 0 ? "rises" : "falls";
      const told = size === "0.00" ? "hardly changes" : `${change} by ${size} a unit`;
      return `u is ${apart(name, point, angle)}° away from the gradient: that way, f ${told}.`;
    }
  }
}

/** How the map is used, and what its lines mean. */
export function legend(name) {
  return `Point at the map, and u turns there; drag the point. With keys, Home and End find special directions. Each contour line is ${stepOf(name)} higher than the next one down; the greener, the lower.`;
}

/** A whole angle as it is, any other with one decimal. */
export function degrees(angle) {
  return `${Math.round(angle * 10) / 10}°`;
}

const python = (value) => (Math.round(value * 1000) / 1000).toFixed(3);

function entry(value) {
  const text = String(Number(value.toPrecision(7)));
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode({ function: name, point, angle }) {
  const slopes = gradient(name, point).map(python).join(", ");
  return [
    `p = torch.tensor([${point.map(entry).join(", ")}], requires_grad=True)`,
    "x, y = p",
    `f = ${FORMULAS[name]}  # ${python(height(name, point))}`,
    `(gradient,) = torch.autograd.grad(f, p)  # ${slopes}`,
    `angle = torch.deg2rad(torch.tensor(${entry(angle)}))`,
    "u = torch.stack([angle.cos(), angle.sin()])",
    `gradient.norm()  # ${python(steepness(name, point))}`,
    `gradient @ u  # ${python(slope(name, point, angle))}`,
  ].join("\n");
}
