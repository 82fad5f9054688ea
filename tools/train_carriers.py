"""Train cells to carry a number: ``python -m tools.train_carriers``, a few minutes of one core.

It writes ``utils/sequences/carried_number.json``.
"""

import json

import torch

from utils.sequences.carried_number import ARMS, FILE, LENGTHS, run


def main() -> None:
    """Train, keep, and print what is left of the error of the best constant guess."""
    torch.set_num_threads(1)
    found = {arm: {} for arm in ARMS}
    for steps in LENGTHS:
        for arm in ARMS:
            point = found[arm][steps] = run(arm, steps)
            shares = " ".join(f"{share:.3f}" for share in point["shares"])
            print(f"{arm:9} {steps:3} steps, rate {point['rate']}: {shares}", flush=True)
    FILE.write_text(json.dumps(found) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
