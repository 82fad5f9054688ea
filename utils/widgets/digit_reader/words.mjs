// What the demo says.

import { percent } from "../kit/numbers.mjs";

const [NAME, SHORT] = [{ mlp: "MLP", lenet: "LeNet" }, ["mlp", "lenet"]];

export const [RIGHT, WRONG] = [" ✓", " ✗"];

/** Whether a digit is the one that was drawn; nothing for the reader's own drawing, whose label is "". */
export function verdict(digit, label) {
  if (label === "") return "";
  return String(digit) === label ? RIGHT : WRONG;
}

/** One sentence on what both networks say; `label` is the digit, "" for the reader's own. */
export function sentence(found, label, isBlank) {
  if (isBlank) return "Draw a digit with the pointer, or with arrow keys and Space.";
  const said = SHORT.map((name) => {
    const { probabilities, said: digit } = found[name];
    return `${NAME[name]}: ${digit}${verdict(digit, label)} (${percent(probabilities[digit])})`;
  });
  return `${said.join(", ")}.`;
}

/** The same in torch. */
export function torchCode({ label, moved, centred }) {
  const drawing = label === "" ? "" : `drawing="${label}", `;
  return [
    "from utils.widgets.digit_reader import DigitReader",
    "",
    `demo = DigitReader(${drawing}moved=(${moved.join(", ")}), centred=${centred ? "True" : "False"})`,
    ...(label === "" ? ["# Give your drawing as 28×28 numbers: drawing=…"] : []),
    "for name, probabilities in demo.probabilities.items():",
    "    print(name, probabilities.argmax().item(), probabilities.max().item())",
  ].join("\n");
}
