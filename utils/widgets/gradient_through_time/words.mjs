// What the demo says, and the lines of torch.

import { number, power } from "../kit/numbers.mjs";
import { stateName } from "./chain.mjs";

/** A positive number with two digits, large and small ones by a power of ten. */
export function short(value) {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  if (exponent >= 3 || exponent < -3) return `${number(value / 10 ** exponent, 1)} · ${power(exponent)}`;
  return number(value, Math.max(0, 1 - exponent));
}

/** One sentence on what is seen now. */
export function sentence({ steps, clip }, back, { lengths, weights }, shown) {
  const here = lengths[steps - back];
  if (back < steps) {
    return `${back} steps back, at ${stateName(steps - back)}, the gradient is ${short(here)} long.`;
  }
  const sum = clip && weights > 1 ? `${short(weights)}, clipped to ${short(shown)}` : short(weights);
  return `At ${stateName(0)} the gradient is ${short(here)} long. That of the weights: ${sum}.`;
}

/** What the picture shows, for a reader who hears it. */
export function described({ steps }, back, { lengths }) {
  const seen = lengths.slice(steps - back).reverse().map(short);
  return `Length of the gradient from the last state back: ${seen.join(", ")}.`;
}

/** Lines of Python that give the same lengths. */
export function torchCode({ radius, tanh, steps, clip }) {
  return [
    "angle = torch.deg2rad(torch.tensor(25.0))",
    "c, s = angle.cos(), angle.sin()",
    `W = ${radius.toFixed(2)} * torch.stack([c, -s, s, c]).view(2, 2)`,
    "W.requires_grad_()",
    "h = [torch.tensor([1.0, 0.0], requires_grad=True)]",
    `for _ in range(${steps}):`,
    `    h.append(${tanh ? "torch.tanh(W @ h[-1])" : "W @ h[-1]"})`,
    "    h[-1].retain_grad()",
    "h[-1].backward(h[-1].detach() / h[-1].detach().norm())",
    "print([x.grad.norm().item() for x in h])",
    ...(clip ? ["torch.nn.utils.clip_grad_norm_([W], 1.0)"] : []),
    "print(W.grad.norm().item())",
  ].join("\n");
}
