// What the demo on Inception blocks says, and its lines of torch.

import { PATHS, paths, totals } from "./math.mjs";
import { large, percent } from "../kit/numbers.mjs";

/** A count with a letter for its size. */
export function short(count) {
  const [number, unit] = large(count).split(" ");
  return unit ? `${number} ${{ thousand: "k", million: "M", billion: "G" }[unit]}` : number;
}

/** What is seen now. */
export function sentence(state) {
  const { out, weights, three, five } = totals(state);
  const ratio = weights <= three ? `${percent(weights / three)} of the weights of one 3×3 layer` : `${(weights / three).toFixed(1)} times the weights of one 3×3 layer`;
  const start = state.bottlenecks ? "This block has" : `No 1×1 layers: ${out} channels come out. The block has`;
  return `${start} ${ratio}, and ${percent(weights / five)} of one 5×5.`;
}

/** One path in words. */
export function about(state, index) {
  const { between, out, weights } = paths(state)[index];
  const steps = [state.inputs, ...(between === state.inputs ? [] : [between]), out].join(" → ");
  const cost = weights ? `${short(weights)} weights, ${short(weights * state.side ** 2)} multiply-adds` : "no weights";
  return `${PATHS[index]}: ${steps}, ${cost}`;
}

/** The lines of torch that count the same weights. */
export function torchCode(state) {
  const { inputs, widths, bottlenecks, side } = state;
  const [one, into3, three, into5, five, pool] = widths;
  const sizes = bottlenecks
    ? [[inputs, one, 1], [inputs, into3, 1], [into3, three, 3], [inputs, into5, 1], [into5, five, 5], [inputs, pool, 1]]
    : [[inputs, one, 1], [inputs, three, 3], [inputs, five, 5]];
  return [
    `sizes = [${sizes.map((size) => `(${size.join(", ")})`).join(", ")}]`,
    "layers = [torch.nn.Conv2d(*size, bias=False) for size in sizes]",
    `weights = sum(layer.weight.numel() for layer in layers)  # ${totals(state).weights}`,
    `weights * ${side}**2  # multiply-adds`,
  ].join("\n");
}
