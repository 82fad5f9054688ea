"""Train two grid detectors for the page on YOLO: ``python -m tools.train_grid``.

Each way to learn is tried with four rates and three seeds, which draw the first weights and the
order of the scenes. All scores are kept, so that a test can repeat a run.
"""

import argparse
import json

from utils.data.samples import Scenes
from utils.data.scenes import load_scenes
from utils.detection.grid_runs import FILE, KINDS, RATES, SCENES, SEEDS, Run
from utils.detection.training import held_out
from utils.detection.yolo import train_yolo


def scenes() -> tuple[Scenes, Scenes, Scenes]:
    """Return the scenes to learn from, to choose by and to score on."""
    splits = zip(("train", "validation", "test"), SCENES, strict=True)
    return tuple(load_scenes(count, split=split) for split, count in splits)


def run(kind: str, lr: float, seed: int, data: tuple[Scenes, Scenes, Scenes]) -> Run:
    """Train once and return what is kept."""
    train, *judges = data
    net = train_yolo(KINDS[kind], train, lr=lr, seed=seed)
    choice, test = (held_out(lambda x: KINDS[kind].read(net(x)), judge) for judge in judges)
    scores = choice.at(0.5), test.at(0.5), test.mean
    return Run(kind, lr, seed, *(round(score, 4) for score in scores))


def main() -> None:
    """Train, report, and write the scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    chosen, data, runs = parser.parse_args(), scenes(), []
    for seed in SEEDS[: chosen.seeds]:
        for kind in KINDS:
            for lr in RATES[kind]:
                runs.append(run(kind, lr, seed, data))
                print(runs[-1], flush=True)
    rows = ",\n".join(json.dumps(each._asdict()) for each in runs)
    FILE.write_text(f"[\n{rows}\n]\n", encoding="ascii")


if __name__ == "__main__":
    main()
