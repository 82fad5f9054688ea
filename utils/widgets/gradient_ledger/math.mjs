// What each pass brings to the two leaves of p = w x, L = p + 4 x, and what adds up in .grad.

export const W = 2;
export const X = 3;
export const FACTOR = 4;
export const CUTS = ["nothing", "x in p", "x in L", "p", "no_grad p", "no_grad"];
export const MOST = 6; // lines of the ledger

/** Whether a line of the ledger clears. */
export const clears = (entry) => entry === "None" || entry === "zeros";

/**
 * What flows back along each edge, null where nothing does: from L to p, from p to w and to x,
 * and from L to x. It is `refused` where L itself was not recorded.
 */
export function flows(cut) {
  const refused = cut === "no_grad";
  const hasProduct = !refused && cut !== "p" && cut !== "no_grad p";
  return {
    refused,
    product: hasProduct ? 1 : null,
    toW: hasProduct ? X : null,
    viaP: hasProduct && cut !== "x in p" ? W : null,
    direct: !refused && cut !== "x in L" ? FACTOR : null,
  };
}

const add = (total, ...parts) => {
  const arrived = parts.filter((part) => part !== null);
  return arrived.length ? arrived.reduce((sum, part) => sum + part, total ?? 0) : total;
};

/** One object a line: what it brought, and `w` and `x`, both gradients after it, null for None. */
export function ledger(entries) {
  let [w, x] = [null, null];
  return entries.map((entry) => {
    if (clears(entry)) {
      [w, x] = [w, x].map((total) => (entry === "None" || total === null ? null : 0));
      return { entry, w, x };
    }
    const { toW, viaP, direct, refused } = flows(entry);
    [w, x] = [add(w, toW), add(x, viaP, direct)];
    return { entry, refused, toW, viaP, direct, w, x };
  });
}

/** Both gradients at the end, and the lines since the last clear. */
export function standing(entries) {
  const lines = ledger(entries);
  const { w, x } = lines.at(-1) ?? { w: null, x: null };
  const since = lines.slice(entries.findLastIndex(clears) + 1);
  return { w, x, since };
}
