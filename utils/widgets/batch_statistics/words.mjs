// What the demo says, and the lines of torch for its first batch.

import { SIZES } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

/** One sentence on what is seen. */
export function sentence({ batch_size: size, training }, { outputs, spread }) {
  if (!training) return `With stored statistics the blue image becomes ${number(outputs[0])} in each batch.`;
  const ends = [Math.min(...outputs), Math.max(...outputs)].map((value) => number(value));
  if (ends[0] === ends[1]) return `In batches of ${size} the blue image becomes ${ends[0]}: each batch holds all images.`;
  return `In batches of ${size} the blue image becomes ${ends[0]} to ${ends[1]}, with a spread of ${number(spread)}.`;
}

/** The picture in words, for a reader who does not see it. */
export function pictureWords({ batch_size: size, training }, { used, outputs }, each) {
  const whose = training ? "its own batch" : "all images";
  const span = (values) => [Math.min(...values), Math.max(...values)].map((value) => number(value)).join(" to ");
  const ofEach = each.map((one, place) => `${span(one.outputs)} in batches of ${SIZES[place]}`).join(", ");
  return [
    `Lines from the brightness in ${outputs.length} batches of ${size} images to the same, normalised by the statistics of ${whose}`,
    `The means, from ${span(used.map(([mean]) => mean))}, become 0; the marked image becomes ${span(outputs)}`,
    `By batch size: ${ofEach}`,
  ].join(". ");
}

/** The first batch in torch. */
export function torchCode({ training }, { batches, outputs }, stored) {
  return [
    "from torch import nn",
    `batch = torch.tensor([${batches[0].join(", ")}])`,
    "bn = nn.BatchNorm1d(1).double()",
    ...(training
      ? []
      : [
          `bn.running_mean.fill_(${stored.mean})`,
          `bn.running_var.fill_(${stored.variance})`,
          "bn.eval()",
        ]),
    `bn(batch.double()[:, None])[0].item()  # ${outputs[0].toFixed(4)}`,
  ].join("\n");
}
