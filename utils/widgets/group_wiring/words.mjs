// What the demo of the groups says, and its lines of torch.

import { CHANNELS, heard, routes, weights } from "./math.mjs";

const span = (list) => {
  const isRun = list.every((value, index) => index === 0 || value === list[index - 1] + 1);
  if (list.length > 2 && isRun) return `${list[0]} to ${list.at(-1)}`;
  return list.length > 1 ? `${list.slice(0, -1).join(", ")} and ${list.at(-1)}` : `${list[0]}`;
};
const named = (noun, list) => `${noun}${list.length > 1 ? "s" : ""} ${span(list)}`;
const indices = (row) => row.flatMap((count, index) => (count > 0 ? [index] : []));

/** What is seen of the channels that are pointed at: an input, an output, or a pair. */
function pointedSentence(state, { input, output }) {
  const table = routes(state);
  if (output === null) return `Input ${input} reaches ${named("output", indices(table.map((row) => row[input])))}.`;
  if (input === null) return `Output ${output} hears ${named("input", indices(table[output]))}.`;
  const count = table[output][input];
  if (!count) return `No way leads from input ${input} to output ${output}: the groups are apart.`;
  return `From input ${input} to output ${output} ${count === 1 ? "leads one way" : `lead ${count} ways`}.`;
}

const inputs = (count) => (count === 1 ? "one input" : count === CHANNELS ? `all ${CHANNELS} inputs` : `${count} inputs`);

/** What is seen now. */
export function sentence(state, pointed) {
  if (pointed) return pointedSentence(state, pointed);
  const { groups, layers } = state;
  const count = inputs(heard(state));
  if (layers === "two" && groups > 1) return `Two layers with the same ${groups} groups: each output still hears ${count}.`;
  if (layers === "two") return "Two ordinary layers: each output hears all 16 inputs.";
  if (layers === "shuffled") return `Shuffled between, for no weight more: each output hears ${count}.`;
  if (groups === 1) return "One group is an ordinary convolution: each output hears all 16 inputs.";
  if (groups === CHANNELS) return "Depthwise: a group for each channel, and each output hears its own input.";
  return `${groups} groups: each output hears ${count}; the matrix has ${groups} blocks.`;
}

/** The number of weights as a product. */
export function productWords({ groups, layers }) {
  return `${layers === "one" ? "" : "2 · "}9 · 16 · 16${groups > 1 ? ` / ${groups}` : ""}`;
}

/** The lines of torch that count the same. */
export function torchCode(state) {
  const { groups, layers } = state;
  const isTwo = layers !== "one";
  const again = [...(layers === "shuffled" ? [`x = F.channel_shuffle(x, ${groups})`] : []), `x = F.conv2d(x, ones, groups=${groups})`];
  return [
    "from torch import nn",
    `layer = nn.Conv2d(16, 16, 3, padding=1, groups=${groups}, bias=False)`,
    `${isTwo ? "2 * " : ""}layer.weight.numel()  # ${weights(state)}`,
    `ones = torch.ones(16, ${CHANNELS / groups}, 1, 1)`,
    "x = torch.eye(16)[:, :, None, None]",
    `x = F.conv2d(x, ones, groups=${groups})`,
    ...(isTwo ? again : []),
    "ways = x[:, :, 0, 0].T  # a row for each output",
    `(ways[0] > 0).sum()  # ${heard(state)}`,
  ].join("\n");
}
