// What the playground says.

const LONG = 300; // steps after which a high loss is called stuck
const HIGH = 0.3;

const countWords = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** A loss with two digits that count. */
export function lossWords(loss) {
  return loss < 0.001 ? "below 0.001" : loss.toFixed(loss < 0.1 ? 3 : 2);
}

/** What is worth a remark: a straight border, dead units, a training that is stuck, lines. */
function remark({ activation, width, depth }, { loss, steps, right, dead }) {
  if (activation === "none") return " Without an activation the border is straight.";
  const gone = dead.flat().filter(Boolean).length;
  if (gone) {
    const those = gone === 1 ? "is dead: it gives" : "are dead: they give";
    return ` Of ${countWords(width * depth, "hidden unit")}, ${gone} ${those} 0 at all points.`;
  }
  const isSolved = right.every(Boolean);
  if (isSolved && activation === "relu" && depth === 1) return " The border bends where it meets a unit's line.";
  if (!isSolved && steps >= LONG && loss > HIGH) return " It seems stuck: another seed (under More) starts elsewhere.";
  return " Dashed: a hidden unit's sum is 0.";
}

/** The state of the training in a sentence or two. */
export function sentence(state, found) {
  const count = found.right.filter(Boolean).length;
  const share = `${Math.floor((100 * count) / found.right.length)} %`;
  const numbers = `loss ${lossWords(found.loss)}, ${count} of ${found.right.length} right (${share}).`;
  return `Epoch ${found.steps}: ${numbers}${remark(state, found)}`;
}

/** What the picture shows, for a reader who cannot see it. */
export function pictureWords({ preset, width, depth, activation }, { right }) {
  const layers = countWords(depth, "hidden layer");
  const wrong = right.filter((isRight) => !isRight).length;
  return `${preset}: a network with ${layers} of ${countWords(width, "unit")}, activation ${activation}, and the border that it draws; ${countWords(wrong, "point")} on the wrong side`;
}
