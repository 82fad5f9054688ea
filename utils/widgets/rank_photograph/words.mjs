// What the demo says of a sum of layers, and its lines of torch.

const counted = (count) => String(count).replace(/(?=(?:\d{3})+$)(?!^)/g, ",");

/** A share in per cent, with as many digits as tell small ones apart. */
export function share(error) {
  const percent = 100 * error;
  return `${percent.toFixed(percent < 1 ? 2 : 1)} %`;
}

export const layersOf = (count) => (count === 1 ? "1 layer" : `${count} layers`);

/** One sentence on the sum. */
export function sentence(count, numbers, whole, error) {
  const than = numbers < whole ? "instead of" : "more than";
  return `${layersOf(count)} take ${counted(numbers)} numbers, ${than} ${counted(whole)}. The error is ${share(error)}.`.replace("1 layer take", "1 layer takes");
}

/** The lines of torch that give the same numbers; `call` makes the photograph. */
export function torchCode(call, count, error) {
  return [
    "from utils.widgets.rank_photograph import RankPhotograph",
    `A = RankPhotograph(picture="${call}").photograph`,
    "U, S, Vh = torch.linalg.svd(A)",
    `rebuilt = (U[:, :${count}] * S[:${count}]) @ Vh[:${count}]`,
    `(A - rebuilt).norm() / A.norm()  # ${error.toFixed(4)}`,
  ].join("\n");
}
