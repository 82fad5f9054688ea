// The lines of torch that compute what the padding and stride explorer shows.

import { outputShape } from "../kit/convolution.mjs";
import { inputValues } from "./math.mjs";
import { problem } from "./words.mjs";

const DEFAULTS = { padding: 0, output_padding: 0, stride: 1, dilation: 1 };

function option(name, [height, width], standard) {
  if (height === standard && width === standard) return "";
  return `, ${name}=${height === width ? height : `(${height}, ${width})`}`;
}

/** Lines that make the same input, kernel and output, and the shape that they print. */
export function torchCode(settings, kernel) {
  const input = inputValues(...settings.input_size).map((row) => `[${row.join(", ")}]`);
  const weights = kernel.map((row) => `[${row.map((weight) => `${weight}.`).join(", ")}]`);
  const called = settings.transposed ? "conv_transpose2d" : "conv2d";
  const options = Object.entries(DEFAULTS)
    .filter(([name]) => name !== "output_padding" || settings.transposed)
    .map(([name, standard]) => option(name, settings[name], standard));
  const shape = `torch.Size([1, 1, ${outputShape(settings).join(", ")}])`;
  return [
    "import torch",
    "import torch.nn.functional as F",
    "",
    "x = torch.tensor([",
    ...input.map((row) => `    ${row},`),
    "]).float()",
    `kernel = torch.tensor([${weights.join(", ")}])`,
    `y = F.${called}(x[None, None], kernel[None, None]${options.join("")})`,
    `print(y.shape)  # ${problem(settings) ? "raises RuntimeError" : shape}`,
  ].join("\n");
}
