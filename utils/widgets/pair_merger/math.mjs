// Byte-pair encoding of a short text: pure functions, compared with Python.

const BYTES = 256;
const WORDS = / ?[\p{L}\p{N}_]+| ?[^\p{L}\p{N}_\s]+|\s+(?!\S)|\s+/gu;

const bytesOf = (text) => [...new TextEncoder().encode(text)];

/** What was typed as printable characters, of at most so many bytes. */
export function cleaned(text, longest) {
  const plain = text.replace(/[\p{Z}\t]/gu, " ").replace(/\p{C}/gu, "");
  let kept = "";
  for (const sign of plain) {
    if (bytesOf(kept + sign).length > longest) break;
    kept += sign;
  }
  return kept;
}

/** The bytes of each word, with the space before it; of the whole text if words are not apart. */
export const words = (text, apart) => (apart ? text.match(WORDS) ?? [] : [text]).map(bytesOf);

/** Ids in which each pair has become one new id, from left to right. */
export function merge(ids, [left, right], id) {
  const merged = [];
  for (let at = 0; at < ids.length; at++) {
    const found = ids[at] === left && ids[at + 1] === right;
    merged.push(found ? id : ids[at]);
    if (found) at++;
  }
  return merged;
}

/** All pairs of neighbours: { pair, count }, the most frequent first, ties by their ids. */
export function ranked(rows) {
  const counts = new Map();
  for (const ids of rows) {
    for (let at = 1; at < ids.length; at++) {
      const pair = [ids[at - 1], ids[at]];
      const entry = counts.get(String(pair)) ?? { pair, count: 0 };
      entry.count++;
      counts.set(String(pair), entry);
    }
  }
  return [...counts.values()].sort((one, other) => other.count - one.count || one.pair[0] - other.pair[0] || one.pair[1] - other.pair[1]);
}

/**
 * What learning has come to after each number of merges, up to the end: a list of
 * { rows, pairs, tokens }: ids by word, ranked pairs, and the bytes of each id.
 */
export function story(text, apart) {
  let rows = words(text, apart);
  let tokens = Array.from({ length: BYTES }, (_, byte) => [byte]);
  const moments = [];
  for (;;) {
    const pairs = ranked(rows);
    moments.push({ rows, pairs, tokens });
    if (!pairs.length || pairs[0].count < 2) return moments;
    const { pair } = pairs[0];
    rows = rows.map((ids) => merge(ids, pair, tokens.length));
    tokens = [...tokens, [...tokens[pair[0]], ...tokens[pair[1]]]];
  }
}

/** The text of a token; of a part of a character its bytes in hexadecimal. */
export function shown(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
  }
}
