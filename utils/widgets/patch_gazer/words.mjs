// What the demo says, and the lines of torch.

import { ACROSS, largest } from "./math.mjs";
import { number, percent } from "../kit/numbers.mjs";

/** A token in words. */
export function tokenName(token) {
  if (token === 0) return "the class token";
  return `row ${Math.floor((token - 1) / ACROSS) + 1}, column ${((token - 1) % ACROSS) + 1}`;
}

/** One sentence on who looks where, one on what the net says. */
export function sentence({ token, layer, head, shuffle }, { weights, probabilities }) {
  const row = weights[layer - 1][head - 1][token];
  const best = largest(row);
  const where = best === token ? "itself" : tokenName(best);
  const says = largest(probabilities);
  return (
    `Layer ${layer}, head ${head}: ${tokenName(token)} looks most at ${where}, by ${number(row[best])}. ` +
    `${shuffle ? "Of shuffled patches the" : "The"} net says ${says}, ${percent(probabilities[says])}.`
  );
}

/** Lines of Python that give the same numbers. */
export function torchCode({ digit, token, layer, head, shuffle, positions }) {
  const travels = shuffle && positions === "of the patches";
  return [
    "from utils.sequences.vision_transformer import shuffled",
    "from utils.widgets.patch_gazer.network import (",
    "    ORDER, pictures, unpacked, with_positions",
    ")",
    "",
    `image = pictures()[${digit}][None, None].double() / 255`,
    ...(shuffle ? ["image = shuffled(image, 4, ORDER)"] : []),
    `net = with_positions(unpacked()${positions === "none" ? ", none=True" : ""}${travels ? ", order=ORDER" : ""})`,
    `gaze = net.weights(image)[${layer - 1}, 0, ${head - 1}, ${token}]`,
    "print(gaze.argmax(), torch.round(gaze.max(), decimals=3))",
    "print(net(image).softmax(1).argmax())",
  ].join("\n");
}
