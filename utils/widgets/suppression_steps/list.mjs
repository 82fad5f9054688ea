// The list of boxes by falling score, with what became of each.

import { fateWords, plain } from "./words.mjs";
import { element } from "../kit/parts.mjs";

/** The list; `draw(fates)` says what each box is now. */
export function list({ scores }) {
  const rows = scores.map((score, index) => {
    const fill = element("span", { class: "book-fill", style: `--share: ${score}` });
    const words = element("span", { class: "book-fate" });
    const root = element(
      "li",
      {},
      element("span", { class: "book-rank" }, String(index + 1)),
      element("span", { class: "book-track", "aria-hidden": true }, fill),
      element("span", { class: "book-score" }, plain(score)),
      words,
    );
    return { root, words };
  });
  const root = element("ol", { class: "book-ranking", "aria-label": "Boxes by falling score" }, ...rows.map((row) => row.root));
  root.style.setProperty("--half", Math.ceil(scores.length / 2));

  function draw(found) {
    found.forEach((mine, index) => {
      const { root: row, words } = rows[index];
      row.className = `book-${mine.fate}${mine.isNow ? " book-now" : ""}`;
      row.dataset.about = `group${mine.by ?? `-of-${index}`}`;
      words.textContent = fateWords(mine);
    });
  }
  return { root, draw };
}
