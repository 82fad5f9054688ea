// What an answer means and whether it is right: texts in, verdicts out.

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const ROUNDED = 0.002; // a share by which a wrong answer may be off and still be recognised

const ASKED = {
  number: "Write a number, such as 12, 0.5 or 3/4.",
  numbers: "Write numbers with commas between them, such as 3, 4.",
  choice: "Choose one of the answers first.",
};

const withoutCommas = (text) => (THOUSANDS.test(text) ? text.replaceAll(",", "") : text);

/** The number that a text stands for, such as 1,200 or 3/4, or null. */
export function readNumber(text) {
  const parts = text.replaceAll("\u2212", "-").split("/").map((part) => withoutCommas(part.trim()));
  if (parts.length > 2 || !parts.every((part) => NUMBER.test(part))) return null;
  const [over, under = 1] = parts.map(Number);
  return Number.isFinite(over / under) ? over / under : null;
}

/** The numbers of a list, or null where one of its parts is no number. */
export function readNumbers(text) {
  const bare = text.replace(/^[\s([{)\]}]+|[\s([{)\]}]+$/g, "");
  const found = bare.split(/(?<=\d)\s*x\s*(?=\d)|[\s,;×]+/).filter(Boolean).map(readNumber);
  return found.length && !found.includes(null) ? found : null;
}

/** The answer that a text stands for, or null. */
export function read({ kind, options }, text) {
  if (kind === "choice") return options.includes(text) ? text : null;
  return kind === "number" ? readNumber(text) : readNumbers(text);
}

const ordered = (values) => [...values].sort((one, other) => one - other);

function isSame({ kind, tolerance, anyOrder }, found, wanted) {
  if (kind === "choice") return found === wanted;
  if (kind === "number") return Math.abs(found - wanted) <= tolerance;
  const [ours, theirs] = anyOrder ? [ordered(found), ordered(wanted)] : [found, wanted];
  return (
    ours.length === theirs.length &&
    ours.every((value, index) => Math.abs(value - theirs[index]) <= tolerance)
  );
}

/** Whether this is a wrong answer that the sheet knows, rounded in another way perhaps. */
function isKnown(question, found, value) {
  if (question.kind !== "number" || Number.isInteger(value)) return isSame(question, found, value);
  return Math.abs(found - value) <= Math.max(question.tolerance, ROUNDED * Math.abs(value));
}

/** The verdict on a text, { kind, words }: kind is "unread", "wrong" or "right". */
export function judge(question, text) {
  const found = read(question, text);
  if (found === null) return { kind: "unread", words: ASKED[question.kind] };
  if (isSame(question, found, question.right)) {
    return { kind: "right", words: `Right. ${question.because}` };
  }
  const known = question.wrong.find(([value]) => isKnown(question, found, value));
  return { kind: "wrong", words: `Not yet. ${known ? known[1] : ""}`.trim() };
}
