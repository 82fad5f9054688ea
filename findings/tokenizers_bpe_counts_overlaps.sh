#!/usr/bin/env bash
# tokenizers 0.23.3, training of byte-pair encoding.
#
# Guess: the pair is merged that the most merges can be made of. "aaa" holds one such merge, so in
# "aaa aaa bc bc bc" the pair b, c comes first with three, and then a, a with two.
# Seen: overlapping pairs are counted, two in each "aaa", so a, a is first with four; two merges are then
# made. With a run of letters the count is nearly twice the number of merges.
#
# Matters where a tokenizer written by hand is compared with this one: on texts with runs (spaces,
# dashes, zeros) both learn other merges unless both count alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tokenizers==0.23.3
"$folder/env/bin/python" - <<'CODE'
import json

from tokenizers import Tokenizer, models, pre_tokenizers, trainers


def merges(text):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(vocab_size=100, show_progress=False)
    tokenizer.train_from_iterator([text], trainer)
    return json.loads(tokenizer.to_str())["model"]["merges"]


for text in ("aaa aaa bc bc bc", "aaa aaa aaa bc bc bc bc", "aa aa bc bc bc"):
    found = ["".join(pair) for pair in merges(text)]
    print(f"{text!r}: {found}")
    without_runs = text.startswith("aa ")
    assert found[:2] == (["bc", "aa"] if without_runs else ["aa", "bc"])
CODE
