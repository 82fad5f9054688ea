// What the softmax demo says: numbers, sentences and torch code, all pure text.

import { crossEntropy, doubt, gradient, hinge, hingeGradient, hingeTerms, lead, probabilities, winners } from "./math.mjs";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SURE = 0.9; // a probability from here on is called sure

/** A number with a proper minus sign; where it would round to zero, a power of ten. */
export function number(value, digits = 3) {
  if (value !== 0 && Math.abs(value) < 0.5 / 10 ** digits) {
    const [first, power] = value.toExponential(0).split("e-");
    const raised = [...power].map((digit) => RAISED[digit]).join("");
    return `${first.replace("-", "−")} × 10⁻${raised}`;
  }
  return value.toFixed(digits).replace("-", "−");
}

/** A number with two digits, never "−0.00": logits and leads, which are set, not computed. */
export function plain(value) {
  return (Math.round(value * 100) / 100).toFixed(2).replace("-", "−");
}

/** All that is computed from one setting; the class exists, and the offset is on the logits. */
export function results({ logits, temperature, true_class, offset, hinge: isHinge }) {
  const shifted = logits.map((logit) => logit + offset);
  const truth = Math.min(true_class, logits.length - 1);
  return {
    logits: shifted,
    temperature,
    truth,
    offset,
    isHinge,
    chances: probabilities(shifted, temperature),
    doubt: doubt(shifted, temperature, truth),
    loss: crossEntropy(shifted, temperature, truth),
    pushes: gradient(shifted, temperature, truth),
    hingeLoss: hinge(shifted, truth),
    hingePushes: hingeGradient(shifted, truth),
    lead: lead(shifted, truth),
    // One scale for both gradients, so that their bars can be compared.
    scale: Math.max(1, 1 / temperature, isHinge ? logits.length - 1 : 0),
  };
}

/** The loss of the true class, spelled out. */
export function lossLine({ truth, chances, doubt, loss }) {
  const isClose = 1 - chances[truth] < 0.0005;
  const chance = isClose ? `(1 − ${number(doubt)})` : number(chances[truth]);
  const bracketed = chance.includes("×") && !isClose ? `(${chance})` : chance;
  return `cross-entropy = −log p(class ${truth}) = −log ${bracketed} = ${number(loss)}`;
}

/** The hinge loss, term by term. */
export function hingeLine({ logits, truth, hingeLoss }) {
  const terms = hingeTerms(logits, truth).filter((_, index) => index !== truth);
  const name = `sum of max(0, wrong logit − logit ${truth} + 1)`;
  return `hinge = ${name} = ${terms.map(plain).join(" + ")} = ${plain(hingeLoss)}`;
}

function listed(classes) {
  const names = classes.map(String);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function verdict({ logits, truth, chances, loss }) {
  const first = winners(logits);
  const chance = number(chances[first[0]]);
  if (first.length === logits.length) {
    return `All ${logits.length} classes get ${chance}: the loss is log ${logits.length} = ${number(loss)}, that of a model that has learned nothing.`;
  }
  if (first.length > 1) return `A tie: classes ${listed(first)} get ${chance} each.`;
  const isSure = chances[first[0]] >= SURE;
  if (first[0] === truth) {
    return `Class ${truth} gets ${chance} and is the true one: ${isSure ? "sure and" : "unsure, but"} right.`;
  }
  return `Class ${first[0]} gets ${chance}, but class ${truth} is the true one: ${isSure ? "sure and" : "unsure and"} wrong.`;
}

function temperatureWords({ logits, temperature }) {
  const equal = winners(logits).length === logits.length;
  if (temperature === 1 || equal) return "";
  return temperature < 1
    ? ` Temperature ${plain(temperature)} sharpens the probabilities.`
    : ` Temperature ${plain(temperature)} flattens the probabilities.`;
}

/** What the hinge loss does where cross-entropy still pushes; nothing unless it is compared. */
export function hingeWords({ isHinge, truth, lead, hingePushes, pushes }) {
  if (!isHinge) return "";
  const still = number(-pushes[truth]);
  if (hingePushes[truth] === 0) {
    return `The hinge loss has stopped caring: class ${truth} leads by ${plain(lead)}, and 1 is enough. Cross-entropy still pushes its logit up, with ${still}.`;
  }
  const count = -hingePushes[truth];
  const close = count === 1 ? "1 wrong class is" : `${count} wrong classes are`;
  return `Both losses push: ${close} less than 1 below class ${truth}, or above it. Hinge pushes its logit up with ${count}, cross-entropy with ${still}.`;
}

/** What the setting shows, in one or two short sentences. */
export function sentence(found) {
  return verdict(found) + temperatureWords(found);
}

/** The picture in words. */
export function described({ chances, temperature }) {
  const shares = chances.map((chance, index) => `class ${index} ${number(chance)}`);
  return `Probabilities at temperature ${plain(temperature)}: ${shares.join(", ")}.`;
}

/** What became of adding 1000 to every logit. */
export function offsetNote({ offset, logits, temperature }) {
  if (!offset) return "Predict first: what will 1000 more on every logit change?";
  // Over any temperature of the slider this is more than float32 can take the exponential of.
  const largest = plain(Math.max(...logits) / temperature);
  return `Every logit has ${offset} more, and no bar moves: the largest logit is subtracted first. Naive code in single precision takes exp(${largest}), which is inf; and inf / inf = not a number.`;
}

function python(value) {
  const isTiny = value !== 0 && Math.abs(value) < 0.0005;
  return isTiny ? value.toExponential(1) : value.toFixed(3);
}

function tensor(values) {
  const texts = values.map((value) => (Number.isInteger(value) ? value.toFixed(1) : String(value)));
  return `torch.tensor([${texts.join(", ")}], dtype=torch.float64)`;
}

/** The calls that give the same numbers, with their results behind them. */
export function torchCode(logits, found) {
  const { truth, temperature, offset } = found;
  const all = (values) => values.map(python).join(", ");
  const lines = [
    `o = ${tensor(logits)}${offset ? ` + ${offset}` : ""}`,
    "o.requires_grad_()",
    `y = torch.tensor(${truth})`,
    `T = ${temperature}`,
    `F.softmax(o / T, dim=0)  # ${all(found.chances)}`,
    `loss = F.cross_entropy(o / T, y)  # ${python(found.loss)}`,
    `torch.autograd.grad(loss, o)  # ${all(found.pushes)}`,
  ];
  if (!found.isHinge) return lines.join("\n");
  return [
    ...lines,
    `hinge = len(o) * F.multi_margin_loss(o, y)  # ${python(found.hingeLoss)}`,
    `torch.autograd.grad(hinge, o)  # ${all(found.hingePushes)}`,
  ].join("\n");
}
