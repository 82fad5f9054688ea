"""Train for the page on FCNs and its demo: ``python -m tools.train_fcn``.

Nets without a skip, with one and with two learn from the same scenes, for three rates and three
seeds. The rate of each kind is the best of the three by the mean IoU on scenes for validation. Of
the first seed at that rate, the demo's scores are kept after each epoch.
"""

import argparse
import json
import os
import statistics
from concurrent.futures import ProcessPoolExecutor
from itertools import product

import torch
from torch import nn

from utils.data.scenes import load_scenes
from utils.segmentation.borders import border_and_inside
from utils.segmentation.fcn import FCN, SCENES, train_fcn
from utils.segmentation.skips import FILE, HELD_OUT, RATES, SEEDS, SKIPS
from utils.segmentation.training import held_out, predict
from utils.widgets.upsampling_blend import frames

Job = tuple[int, float, int]


def train(job: Job) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Train one net; return its scores, and what the demo shows of it after each epoch."""
    skips, lr, seed = job
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    kept = [frames.packed(FCN(skips))]

    def keep(net: nn.Module) -> float:
        kept.append(frames.packed(net))
        return 0.0

    net, _ = train_fcn(
        skips, load_scenes(SCENES), seed=seed, lr=lr, device="cpu", after_epoch=keep
    )
    test = load_scenes(HELD_OUT, split="test")
    band, inside = border_and_inside(predict(net, test.images), test.masks)
    scores = {
        "validation": held_out(net, load_scenes(HELD_OUT, split="validation")).mean,
        "test": held_out(net, test).mean,
        "border": band.mean,
        "inside": inside.mean,
    }
    print(job, *(f"{name} {value:.3f}" for name, value in scores.items()), flush=True)
    return {name: round(value, 4) for name, value in scores.items()}, kept


def main() -> None:
    """Train, report, and write both files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    jobs = [*product(SKIPS, RATES, SEEDS)]
    with ProcessPoolExecutor(parser.parse_args().processes) as pool:
        found = dict(zip(jobs, pool.map(train, jobs), strict=True))
    runs, shown = {}, {}
    for skips in SKIPS:
        rows = {lr: [found[skips, lr, seed][0] for seed in SEEDS] for lr in RATES}
        best = max(
            RATES,
            key=lambda lr: statistics.fmean(row["validation"] for row in rows[lr]),  # noqa: B023
        )
        runs[skips] = {"lr": best, "rates": rows}
        shown[skips] = found[skips, best, SEEDS[0]][1]
    FILE.write_text(json.dumps(runs, indent=1) + "\n", encoding="ascii")
    frames.FILE.write_text(json.dumps(frames.with_scene(shown)) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
