// What the demo of the dot product says, and its lines of torch.

import { angle, dot, isNothing, length, shadow, sign } from "./math.mjs";

const NEAR = 0.5; // degrees

/** A number as short as it can be written with two decimals. */
export function brief(value) {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded + 0).replace("-", "\u2212");
}

/** The same as a factor: in brackets if it is negative. */
const factor = (value) => (brief(value).startsWith("\u2212") ? `(${brief(value)})` : brief(value));

/** The product in three ways, each a list of [text, look] pairs; two of them want arrows that are not 0. */
export function ways({ a, b }) {
  const entries = [0, 1].flatMap((side) => [
    ...(side ? [[" + ", ""]] : []),
    [factor(a[side]), "a"],
    [" · ", ""],
    [factor(b[side]), "b"],
  ]);
  if (isNothing(a) || isNothing(b)) {
    const none = [["0: an arrow is 0", ""]];
    return [entries, none, none];
  }
  const look = ["minus", "none", "plus"][sign(a, b) + 1];
  const between = angle(a, b);
  const opening = Math.min(between, 360 - between);
  const lengths = [[brief(length(a)), "a"], [" · ", ""], [brief(length(b)), "b"]];
  return [
    entries,
    [...lengths, [` · cos ${Math.round(opening)}°`, ""]],
    [[brief(length(a)), "a"], [" · ", ""], [factor(shadow(a, b)), look]],
  ];
}

/** What is seen now. */
export function sentence({ a, b }) {
  if (isNothing(a)) return "a is 0: it has no direction, and the product is 0.";
  if (isNothing(b)) return "b is 0: it throws no shadow, and the product is 0.";
  const between = angle(a, b);
  if (Math.min(between, 360 - between) < NEAR) return "One direction, the shadow is as long as b: no turn makes the product larger.";
  if (Math.abs(between - 180) < NEAR) return "Opposite directions: no turn makes the product smaller.";
  const now = sign(a, b);
  if (!now) return "A right angle: the shadow is a single point, and the product is 0.";
  if (now > 0) return `The shadow of b reaches ${brief(shadow(a, b))} along a, and the product is positive.`;
  return `The shadow of b reaches ${brief(-shadow(a, b))} the other way, and the product is negative.`;
}

/** What the plane shows, for a reader who cannot see it. */
export function planeWords({ a, b }) {
  const place = (arrow) => `(${arrow.map(brief).join(", ")})`;
  return `Two arrows from the middle: a to ${place(a)} and b to ${place(b)}`;
}

const entry = (value) => {
  const text = String(Number(value.toPrecision(7)));
  return Number.isInteger(Number(text)) ? `${Number(text) + 0}.0` : text;
};

/** The lines of torch. */
export function torchCode({ a, b }) {
  const tensor = (arrow) => `torch.tensor([${arrow.map(entry).join(", ")}])`;
  const product = (dot(a, b) + 0).toFixed(3).replace("-0.000", "0.000");
  const lines = [`a = ${tensor(a)}`, `b = ${tensor(b)}`, `a @ b  # ${product}`, "(a * b).sum()"];
  if (!isNothing(a) && !isNothing(b)) {
    lines.push("a.norm() * b.norm() * torch.cosine_similarity(a, b, dim=0)");
    lines.push(`a @ b / a.norm()  # the shadow, ${shadow(a, b).toFixed(3).replace("-0.000", "0.000")}`);
  }
  return lines.join("\n");
}
