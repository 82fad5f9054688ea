#!/usr/bin/env bash
# @huggingface/tokenizers 0.2.0 (which Transformers.js uses) reads a tokenizer.json of tokenizers 0.23.3.
#
# Guess: one file, one splitting: the same pieces in a browser as in Python, or an error for a setting that
# the JavaScript does not know, as it gives for a type that it does not know.
# Seen: Whitespace knows no letter outside ASCII: "naïve" becomes na, ï, ve. Punctuation keeps a run of marks
# in one piece, and does not read its setting behavior. Split takes merged_with_previous, merged_with_next
# and contiguous for isolated, and with invert=True it drops what lies between the matches. An added token
# with single_word=True is cut out of the middle of words. No message.
# English with single marks agrees, and so do BertPreTokenizer, WhitespaceSplit and Digits on these texts.
#
# Matters for models that were trained in Python and run in a page: rare pieces where there had been a word,
# or words that are missing, and a test with an English sentence passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv env
env/bin/pip install --quiet --disable-pip-version-check tokenizers==0.23.3
npm install --silent --no-audit --no-fund @huggingface/tokenizers@0.2.0
cat > write.py <<'CODE'
import json

from tokenizers import AddedToken, Regex, Tokenizer, models
from tokenizers import pre_tokenizers as pre

MARKS = Regex("[-.]")
HYPHENS, WORDS = "a-b--c.", "well... (yes)."
SAME = None
CASES = [
    ("Whitespace", pre.Whitespace(), "a plain test, no more.", SAME),
    ("Whitespace", pre.Whitespace(), "naïve Größe", "na|ï|ve|Gr|öß|e"),
    ("Whitespace", pre.Whitespace(), "naïveté", "na|ï|vet|é"),
    ("BertPreTokenizer", pre.BertPreTokenizer(), "naïve, Größe...", SAME),
    ("WhitespaceSplit, Digits", pre.Sequence([pre.WhitespaceSplit(), pre.Digits()]), "naïve 12a", SAME),
    ("Punctuation", pre.Punctuation(), "well, yes.", SAME),
    ("Punctuation", pre.Punctuation(), WORDS, "well|...| |(|yes|)."),
    ("Punctuation, removed", pre.Punctuation("removed"), WORDS, "well|...| |(|yes|)."),
    ("Punctuation, contiguous", pre.Punctuation("contiguous"), WORDS, SAME),
    ("Split, isolated", pre.Split(MARKS, "isolated"), HYPHENS, SAME),
    ("Split, removed", pre.Split(MARKS, "removed"), HYPHENS, SAME),
    ("Split, contiguous", pre.Split(MARKS, "contiguous"), HYPHENS, "a|-|b|-|-|c|."),
    ("Split, merged_with_previous", pre.Split(MARKS, "merged_with_previous"), HYPHENS, "a|-|b|-|-|c|."),
    ("Split, merged_with_next", pre.Split(MARKS, "merged_with_next"), HYPHENS, "a|-|b|-|-|c|."),
    ("Split, removed, inverted", pre.Split(MARKS, "removed", invert=True), HYPHENS, SAME),
    ("Split, isolated, inverted", pre.Split(MARKS, "isolated", invert=True), HYPHENS, "-|-|-|."),
    ("AddedToken, single_word", pre.WhitespaceSplit(), "an ant can", "an|an|t|c|an"),
]
written = []
for name, way, text, expected in CASES:
    pieces = {piece for piece, _ in way.pre_tokenize_str(text)} | set((expected or "").split("|"))
    vocabulary = {piece: i for i, piece in enumerate(sorted(pieces | set(text)))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=text[0], continuing_subword_prefix=""))
    tokenizer.pre_tokenizer = way
    if name.startswith("AddedToken"):
        tokenizer.add_tokens([AddedToken("an", single_word=True)])
    python = "|".join(tokenizer.encode(text).tokens)
    assert expected != python
    content = json.loads(tokenizer.to_str())
    case = {"name": name, "text": text, "content": content, "python": python}
    written.append(case | {"seen": expected or python})
with open("cases.json", "w", encoding="utf-8") as file:
    json.dump(written, file)
CODE
env/bin/python write.py
cat > read.mjs <<'CODE'
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

for (const { name, text, content, python, seen } of JSON.parse(readFileSync("cases.json", "utf8"))) {
  const found = new Tokenizer(content, {}).encode(text).tokens.join("|");
  console.log(`${name}, "${text}": Python ${python}, JavaScript ${found === python ? "the same" : found}`);
  assert.strictEqual(found, seen);
}
CODE
node read.mjs
