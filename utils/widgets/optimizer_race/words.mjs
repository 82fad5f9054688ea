// What the race says, and the same race in torch.

import { STEPS, turned } from "./math.mjs";
import { number } from "../kit/numbers.mjs";

const KINDS = {
  SGD: "SGD([w], lr=RATE)",
  momentum: "SGD([w], lr=RATE, momentum=BETA)",
  Adagrad: "Adagrad([w], lr=RATE)",
  RMSProp: "RMSprop([w], lr=RATE)",
  Adam: "Adam([w], lr=RATE, betas=(BETA, 0.999))",
};
const HEIGHTS = {
  bowl: "(x**2 + 2 * y**2) / 2",
  ravine: "(x**2 + 30 * y**2) / 2",
  saddle: "x**2 / 2 + (y**2 - 4) ** 2 / 16",
  Beale: "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
};

const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0]);

/** Who is at the goal, first one first, at a step. */
export function ranking(runs, step = STEPS) {
  return runs
    .filter(({ arrival }) => arrival !== null && arrival <= step)
    .sort((one, other) => one.arrival - other.arrival);
}

/** What is seen now, in a sentence or two. */
export function sentence({ steps, rates }, runs) {
  const home = ranking(runs, steps).map(({ name, arrival }, index) => `${name} (${arrival}${index ? "" : " steps"})`);
  const out = runs.filter(({ hasLeft, path }) => hasLeft && steps >= path.length - 1).map(({ name }) => name);
  const terms = rates === "tuned" ? "each at its best rate" : "one rate for all";
  const arrived = home.length ? `Arrived to stay: ${listed(home)}.` : "Nobody has arrived to stay.";
  return `Step ${steps}, ${terms}. ${arrived}${out.length ? ` Off the map: ${listed(out)}.` : ""}`;
}

/** Lines of torch for the race; the places at the end are those of the picture. */
export function torchCode({ surface, turn, start, beta, steps }, runs) {
  const decimal = (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value));
  const [c, s] = turned([1, 0], turn);
  const places = runs.map(({ name, path }) => {
    const at = path[Math.min(steps, path.length - 1)].map((value) => number(value, 3).replace("\u2212", "-"));
    return `${name} ${path.length - 1 < steps ? "has left the map" : at.join(", ")}`;
  });
  const makers = runs.map(({ name, lr }) => {
    const call = KINDS[name].replace("RATE", lr).replace("BETA", decimal(beta));
    return `    "${name}": lambda w: torch.optim.${call},`;
  });
  return [
    "def height(w):",
    ...(turn
      ? [`    x = ${c} * w[0] + ${s} * w[1]`, `    y = ${c} * w[1] - ${s} * w[0]`]
      : ["    x, y = w"]),
    `    return ${HEIGHTS[surface]}`,
    "",
    "optimizers = {",
    ...makers,
    "}",
    "for name, make in optimizers.items():",
    `    w = torch.tensor([${start.map(decimal).join(", ")}], dtype=torch.float64, requires_grad=True)`,
    "    optimizer = make(w)",
    `    for _ in range(${steps}):`,
    "        optimizer.zero_grad()",
    "        height(w).backward()",
    "        optimizer.step()",
    "    print(name, [round(value, 3) for value in w.tolist()])",
    ...places.map((line) => `# ${line}`),
  ].join("\n");
}
