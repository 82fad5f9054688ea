// What the demo of the folds says, and its lines of torch.

/** A share in percent, as whole numbers. */
export function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/** What one fold finds; `twins` are recordings whose person is in training, too. */
export function foldWords({ judged, twins, wrong }, number) {
  const missed = wrong.filter(Boolean).length;
  return `Fold ${number + 1}: ${judged.length} held out, ${twins || "none"} with a twin in training, ${missed || "none"} wrong.`;
}

/** What is seen now: one fold, and the mean of all. */
export function sentence({ parts, shown, mean, spread, truth, cheat }) {
  const sum = `Mean error ${percent(mean)} ± ${percent(spread)}, on new people ${percent(truth)}.`;
  return cheat ? `Judged on its training part, each recording finds itself. ${sum}` : `${foldWords(parts[shown], shown)} ${sum}`;
}

/** The lines of torch that give the errors of all folds. */
export function torchCode(recordings, fold, folds, cheat, errors) {
  const list = (values) => `[${values.join(", ")}]`;
  return [
    "X = torch.tensor([",
    ...recordings.map(([x, y]) => `    [${x}, ${y}],`),
    "], dtype=torch.float64)",
    `y = torch.tensor(${list(recordings.map((one) => one[2]))})`,
    `fold = torch.tensor(${list(fold)})`,
    "errors = []",
    `for k in range(${folds}):`,
    "    trained = fold != k",
    `    judged = ${cheat ? "trained" : "~trained"}`,
    "    nearest = torch.cdist(X[judged], X[trained]).argmin(1)",
    "    errors.append((y[trained][nearest] != y[judged]).double().mean().item())",
    `sum(errors) / ${folds}  # ${Number((errors.reduce((sum, error) => sum + error, 0) / folds).toFixed(4))}`,
  ].join("\n");
}
