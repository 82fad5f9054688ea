// What the demo says of what it shows.

import { byteOf, groupOf, messageOf, SIDE, tensorOf } from "./math.mjs";
import { number, percent } from "../kit/numbers.mjs";

export const FORMS = [
  { name: "File", key: "picture", size: ({ file }) => `${file.length} bytes` },
  { name: "Request", key: "request", size: ({ message }) => `${message.head.length + 4 * message.groups.length + message.tail.length} signs` },
  { name: "Pixels", key: "pixels", size: () => "64 bytes" },
  { name: "Tensor", key: "tensor", size: () => "64 floats" },
  { name: "Answer", key: "answer", size: () => "10 floats" },
];

/** Milliseconds of a step, as short as they tell. */
export const milliseconds = (time) => `${time < 1 ? time.toFixed(2) : time.toFixed(1)} ms`;

/** One sentence on the form that is in sight. */
export function sentence({ stage, place, digit }, { pixels, file, answer }) {
  const pixel = pixels[place];
  const where = `row ${Math.floor(place / SIDE) + 1}, column ${(place % SIDE) + 1}`;
  const byte = byteOf(place);
  if (stage === 0) return `The pixel in ${where} is byte ${byte} of the PNG file: ${pixel}, in base 16 ${hex(pixel)}.`;
  if (stage === 1) {
    const first = 3 * groupOf(place);
    return `Bytes ${first} to ${first + 2}, with the pixel, travel as four signs: ${messageOf(file).groups[groupOf(place)]}`;
  }
  if (stage === 2) return `The service has decoded the file: ${where} is ${pixel} of 255.`;
  if (stage === 3) return `Prepared as in training: (${pixel} / 255 − 0.3) / 0.4 = ${number(tensorOf([pixel])[0])}.`;
  const sure = percent(answer.probabilities[answer.said]);
  return `The network reads a ${answer.said}, with ${sure}. ${answer.said === digit ? "That is right." : `It is a ${digit}.`}`;
}

/** A byte in base 16. */
export const hex = (byte) => byte.toString(16).padStart(2, "0");

/** The same preparation in torch. */
export function torchCode(pixels) {
  const rows = Array.from({ length: SIDE }, (_, row) => `    [${pixels.slice(row * SIDE, (row + 1) * SIDE).join(", ")}],`);
  return ["pixels = torch.tensor([", ...rows, "], dtype=torch.uint8)", "x = (pixels.float()[None] / 255 - 0.3) / 0.4"].join("\n");
}
