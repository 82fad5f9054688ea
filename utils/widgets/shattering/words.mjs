// What the demo of shattering says, and its lines of code.

import { labelling } from "./math.mjs";
import { NAMES } from "./picture.mjs";

/** "A", "A and B", "A, B and C". */
function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What is seen of the labelling that is chosen. */
export function sentence(n, chosen, line) {
  const labels = labelling(chosen, n);
  const [blue, orange] = [1, -1].map((sign) => listed(NAMES.slice(0, n).filter((_, index) => labels[index] === sign)));
  const one = `Labelling ${chosen}: `;
  if (!blue || !orange) return `${one}all points are ${blue ? "blue" : "orange"}, and a line beside them will do.`;
  if (line) return `${one}a line separates ${blue} from ${orange}.`;
  return `${one}the two shapes meet in the ring. No line separates them.`;
}

/** Lines that count the labellings which a linear programme separates. */
export function torchCode(points, count) {
  return [
    "from itertools import product",
    "from scipy.optimize import linprog",
    "import torch",
    "Z = torch.tensor([",
    ...points.map(([x, y]) => `    [${x}, ${y}, 1],`),
    "], dtype=torch.float64)",
    "count = 0",
    "for y in product([-1, 1], repeat=len(Z)):",
    "    signed = torch.tensor(y)[:, None] * Z",
    "    # Weights with signed @ weights >= 1: is there a solution?",
    "    found = linprog([0, 0, 0], -signed.numpy(), [-1] * len(Z), bounds=(None, None))",
    "    count += found.status == 0",
    `count  # ${count}`,
  ].join("\n");
}
