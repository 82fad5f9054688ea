"""Checks for the exercises of the page on the toolbox."""

import io
import math
from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import torch
from PIL import Image

from utils import plots
from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, right, verdict
from utils.exercises.toolbox_and_roadmap_sheets import picture_sheet, predict_sheet, results_sheet

HEIGHT, WIDTH, CHANNELS = 480, 640, 3


def _png_is_exact() -> bool:
    picture = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, format="png")
    return bool((np.array(Image.open(file)) == picture).all())


def _late_title_appears() -> bool:
    def curve() -> plt.Axes:
        ax = plots.new_axes(size=(2, 2))
        ax.plot([1, 2])
        return ax

    late = curve()
    shown = plots.png(late)
    late.set_title("late")
    return shown != plots.png(curve())


def _draws_channels_first() -> bool:
    ax = plots.new_axes(size=(2, 2))
    try:
        ax.imshow(np.zeros((CHANNELS, HEIGHT, WIDTH)))
    except TypeError:
        return False
    finally:
        plt.close(ax.figure)
    return True


def _claims() -> dict[str, bool]:
    """What exercise 5 asks about, found out by trying."""
    gap = [1.0, math.nan, 3.0]
    return {
        "a PNG file gives back every number": _png_is_exact(),
        "imshow draws a picture of the shape (3, 480, 640)": _draws_channels_first(),
        "a title that is set after showing is in the shown picture": (_late_title_appears()),
        "np.uint8(0.9) is 1": bool(np.uint8(0.9) == 1),
        "the mean of a pandas column leaves gaps out": pd.Series(gap).mean() == 2,
        "the mean of a tensor leaves gaps out": torch.tensor(gap).mean().item() == 2,
    }


@exercise
def check_picture(answers: Sequence[float]) -> None:
    """Check the four answers of exercise 1 against NumPy."""
    expect(len(answers) == 4, f"four numbers are wanted, got {len(answers)}")
    picture = np.zeros((HEIGHT, WIDTH, CHANNELS), dtype=np.uint8)
    names = "the bytes", "the bytes of floats", "the place, channels last"
    for name, answer, wanted in zip(
        (*names, "the place, channels first"),
        answers,
        (
            picture.nbytes,
            picture.astype(np.float32).nbytes,
            np.ravel_multi_index((2, 3, 1), picture.shape),
            np.ravel_multi_index((1, 2, 3), (CHANNELS, HEIGHT, WIDTH)),
        ),
        strict=True,
    ):
        expect_number(name, answer, wanted, within=0)
    right(1)


@exercise
def check_results(results: Sequence) -> None:
    """Check exercise 2: two shapes, and a mean."""
    expect(len(results) == 3, f"three answers are wanted, got {len(results)}")
    picture = np.zeros((8, 8, 3), dtype=np.uint8)
    column, row, mean = results
    expect_numbers("the shape of x[:, :, 0]", column, picture[:, :, 0].shape, within=0)
    expect_numbers("the shape of x[2]", row, picture[2].shape, within=0)
    expect_number("the mean", mean, pd.Series([1, None, 5]).mean(), within=1e-9)
    right(2)


@exercise
def check_negative(negative: Callable[[np.ndarray], np.ndarray]) -> None:
    """Check exercise 3 on pictures of several sizes; the picture given must stay as it is."""
    for size in ((8, 8, 3), (1, 5, 3), (3, 4, 3)):
        picture = np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)
        picture.flat[:2] = 0, 255
        given = picture.copy()
        found = negative(given)
        case = f"for a picture of shape {size}"
        expect(isinstance(found, np.ndarray), f"an array is wanted {case}, got {found!r}")
        expect((given == picture).all(), f"{case} the picture itself was changed: make a new one")
        expect(found.shape == size, f"{case} the shape is {found.shape}")
        expect(found.dtype == np.uint8, f"{case} the dtype is {found.dtype}, not uint8")
        wrong = np.argwhere(found.astype(int) + picture != 255)
        place = tuple(map(int, wrong[0])) if len(wrong) else ()
        expect(not place, f"{case} the number at {place} is wrong")
    right(3)


@exercise
def check_means(means: Callable[[list[dict[str, str]]], Mapping[str, float]]) -> None:
    """Check exercise 4 on short tables, with an empty field and kinds in any order."""
    tables = (
        [("a", "1.5"), ("b", "2"), ("a", "2.5")],
        [("b", "4"), ("a", ""), ("a", "3"), ("b", "-1")],
        [("c", "0.1")],
    )
    for table in tables:
        lines = [{"kind": kind, "length": length} for kind, length in table]
        column = pd.Series([float(length or "nan") for _, length in table])
        wanted = column.groupby([kind for kind, _ in table]).mean().to_dict()
        found = means(lines)
        expect(isinstance(found, Mapping), f"a dictionary is wanted, got {found!r}")
        expect(set(found) == set(wanted), f"the kinds are {sorted(wanted)}, not {sorted(found)}")
        for kind, mean in wanted.items():
            expect_number(f"the mean of {kind!r} in {table}", found[kind], mean, within=1e-9)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim."""
    for claim, holds in _claims().items():
        answer = verdict(claims, claim)
        expect(answer == holds, f"{claim!r} is not {answer}: try it")
    right(5)


predict = predict_sheet()
picture = picture_sheet(check_picture)
results = results_sheet(check_results)
