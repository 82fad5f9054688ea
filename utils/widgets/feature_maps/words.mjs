// Feature maps: what the demo says, and the lines of torch.

import { stageOf } from "./math.mjs";
import { number, percent } from "../kit/numbers.mjs";

/** The columns of the picture: their name and what stands under it. */
export const CAPTIONS = {
  pad: ["Draw", "here"],
  1: ["conv", "28×28"],
  2: ["pool", "14×14"],
  4: ["conv", "10×10"],
  5: ["pool", "5×5"],
  8: ["120", "units"],
  10: ["84", "units"],
  11: ["10", "digits"],
};

const NAMES = {
  1: "First convolution",
  2: "First pool",
  4: "Second convolution",
  5: "Second pool",
  8: "120 units",
  10: "84 units",
};

/** "a" or "an" before a digit. */
export const article = (digit) => (String(digit) === "8" ? "an" : "a");

// No line breaks before the sign.
const where = ([row, column]) => `row ${row}, column ${column}`;
const isUnit = (layer) => stageOf(layer).lens > 0;

/** A layer in words, for readers who cannot see it. */
export function layerWords({ layer, channel, position }, value) {
  const place = isUnit(layer) ? `unit ${channel}` : `map ${channel}, ${where(position)}`;
  const keys = isUnit(layer) ? "Arrow keys move." : "Arrow keys move, with Shift to another map.";
  return `${NAMES[layer]}: ${place}: ${number(value)}. ${keys}`;
}

/** How the activation of a layer is called, "" after the last. */
const activationOf = (layers, layer) => (layer === 11 ? "" : layers[layer].kind);

/** The sum behind a pixel, line by line: [name, value] pairs. */
export function sumLines(layers, { layer }, { products, weight, bias, sum, out, kind }) {
  if (!weight) return [[kind === "MaxPool2d" ? `largest of ${products.length}` : `mean of ${products.length}`, number(out)]];
  const lines = [[`${products.length} products`, number(sum - bias)], ["+ bias", number(bias)]];
  const after = activationOf(layers, layer);
  return [...lines, [after ? `${after} of ${number(sum)}` : "logit", number(out)]];
}

/** What is seen now, in a sentence. */
export function sentence(layers, { layer, channel, position }, { sum, out, products, kind }, { probabilities, said }, isBlank) {
  const verdict = `${isBlank ? "Nothing at all is read" : "Read"} as ${article(said)} ${said}: ${percent(probabilities[said])}.`;
  if (layer === 11) return `Class ${channel} has the logit ${number(out)}, and gets ${percent(probabilities[channel])} of a softmax of all ten. ${verdict}`;
  const place = isUnit(layer) ? `Unit ${channel}` : `Map ${channel}, ${where(position)}`;
  if (layer === 2 || layer === 5) {
    const how = kind === "MaxPool2d" ? "the largest" : "the mean";
    return `${place}: ${how} of ${products.length} neighbours, ${number(out)}. ${verdict}`;
  }
  const after = activationOf(layers, layer);
  const end = after !== "ReLU" || sum <= 0 ? `; ${after} makes it ${number(out)}` : "";
  return `${place}: ${products.length} products and a bias give ${number(sum)}${end}. ${verdict}`;
}

const quoted = (text) => text.match(/.{1,64}/g).map((part) => `    "${part}"`).join("\n");

/** The lines of torch that give the pixel that is pointed at. */
export function torchCode({ name, drawing, own }, { layer, channel, position }, { top, left, rows, columns }, { kind, padding }) {
  const stage = stageOf(layer);
  const net = own
    ? ["from torch import nn", "from utils.widgets.kit.lenet import lenet", "", `net = lenet(nn.${own[2].kind}, nn.${own[1].kind})  # yours, with its weights`]
    : ["from utils.widgets.kit.lenet import trained", "", "net = trained()  # or an nn.Sequential of your own, with the same layers"];
  const picture = name === null ? ["drawing = (", quoted(drawing), ")"] : [`drawing = "${name}"`];
  const before = `net[:${stage.by}](x)[0]`;
  const index = isUnit(layer) ? `${channel}` : `${channel}, ${position.join(", ")}`;
  const lines = [
    "from utils.widgets.feature_maps import FeatureMaps",
    ...net,
    ...picture,
    "demo = FeatureMaps(net, drawing=drawing)",
    "net, x = demo.network, demo.picture  # as it is shown: 8 bits a weight",
  ];
  if (kind === "Linear") {
    lines.push(`products = ${before} * net[${stage.by}].weight[${channel}]`);
  } else {
    const pads = padding ? `F.pad(${before}, [${padding}] * 4)` : before;
    const [first, second] = [top + (padding ?? 0), left + (padding ?? 0)];
    const maps = kind === "Conv2d" ? "" : `${channel}:${channel + 1}`;
    const slice = `[${maps || ":"}, ${first}:${first + rows}, ${second}:${second + columns}]`;
    lines.push(`window = ${pads}${slice}`);
    if (kind === "Conv2d") lines.push(`products = window * net[${stage.by}].weight[${channel}]`);
  }
  const sum = { MaxPool2d: "window.max()", AvgPool2d: "window.mean()" }[kind] ?? `products.sum() + net[${stage.by}].bias[${channel}]`;
  return [...lines, `here = ${sum}`, ...(layer === stage.by ? [] : [`here = net[${layer}](here)`]), `here, net[:${layer + 1}](x)[0, ${index}]`].join("\n");
}
