"""Fold viewer: K-fold cross-validation as blocks, with the error of each fold."""

import functools
from typing import NamedTuple

import torch
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32, shuffled

PEOPLE = 12  # 7 of them healthy, the others ill; two recordings of each
FRESH = 400  # people who were not there when the data were collected
SPLITS = {
    "plain": "in file order",
    "shuffled": "shuffled",
    "stratified": "stratified",
    "grouped": "by person",
}
_APART = 1.2  # of the two classes, in standard deviations between people
_WITHIN = 0.15  # the standard deviation between recordings of one person
_SEED, _FRESH_SEED = 10, 1000

Recordings = tuple[tuple[float, float, int, int], ...]


class Study(NamedTuple):
    """What the folds find: the error of each, float64 ``(folds,)``, and which samples leak.

    ``has_twin`` says of each recording whether another one of its person is in the part that
    trains the model which judges it, Boolean ``(24,)``.
    """

    errors: torch.Tensor
    has_twin: torch.Tensor

    @property
    def mean(self) -> float:
        """The mean of the folds' errors."""
        return self.errors.mean().item()


@functools.cache
def _drawn(people: int, each: int, seed: int) -> Recordings:
    """Draw people around the middles of two classes, and recordings around each of them."""
    integers = mulberry32(seed)

    def normal() -> float:
        # Twelve uniform numbers have the variance 1: the same on every machine, to the last bit.
        return sum(next(integers) for _ in range(12)) / 2**32 - 6

    recordings = []
    for person in range(people):
        ill = int(person >= people * 7 // 12)
        x, y = normal() + (ill - 0.5) * _APART, normal()
        recordings += [
            (round(x + _WITHIN * normal(), 2), round(y + _WITHIN * normal(), 2), ill, person)
            for _ in range(each)
        ]
    return tuple(recordings)


class FoldViewer(BookWidget):
    """Which recordings are held out together, and what does that do to the error?

    24 recordings of 12 people, healthy or ill, lie in a file, sorted by class and by person. Each
    fold is judged by the recordings in all other folds: the nearest one lends its class.

    Attributes:
        folds: how many, 2 to 12.
        split: ``"plain"`` cuts the file as it is; ``"shuffled"`` mixes it first;
            ``"stratified"`` mixes it, and deals each class out like cards; ``"grouped"`` mixes
            the people, and gives each to the smallest fold.
        seed: of the mixing, 0 to 99.
        shown: the fold that is drawn in the plane, from 0; the last one if there are fewer.
        cheat: whether a fold is judged on its own training part.

    >>> demo = FoldViewer(split="grouped", folds=6)
    >>> demo.study.has_twin.any().item(), FoldViewer(split="shuffled").study.has_twin.any().item()
    (False, True)
    """

    module = "fold_viewer/view"
    heights = 520, 686
    summary = (
        "Recordings as blocks, a row for each fold: shuffled folds leave one recording of a "
        "person in training and hold out the other, and the error looks far too small."
    )
    assets = ("recordings", "fresh")

    folds = traitlets.Int(5, min=2, max=PEOPLE).tag(sync=True)
    split = traitlets.Enum(tuple(SPLITS), "shuffled").tag(sync=True)
    seed = traitlets.Int(3, min=0, max=99).tag(sync=True)
    shown = traitlets.Int(1, min=0, max=PEOPLE - 1).tag(sync=True)
    cheat = traitlets.Bool(False).tag(sync=True)
    recordings = traitlets.Tuple(read_only=True).tag(sync=True)
    fresh = traitlets.Tuple(read_only=True).tag(sync=True)

    @traitlets.default("recordings")
    def _recordings(self) -> Recordings:
        return _drawn(PEOPLE, 2, _SEED)

    @traitlets.default("fresh")
    def _fresh(self) -> Recordings:
        return _drawn(FRESH, 1, _FRESH_SEED)

    @property
    def fold(self) -> torch.Tensor:
        """The fold of each recording, int64 ``(24,)``."""
        table = torch.tensor(self.recordings, dtype=torch.float64)
        n, classes, people = len(table), table[:, 2], table[:, 3].long()
        fold = torch.empty(n, dtype=torch.int64)
        if self.split == "grouped":
            order = torch.tensor(shuffled(PEOPLE, mulberry32(self.seed)))
            # All people have as many recordings, so the smallest fold is the next one in turn.
            of_person = torch.empty(PEOPLE, dtype=torch.int64)
            of_person[order] = torch.arange(PEOPLE) % self.folds
            return of_person[people]
        if self.split == "plain":
            order = torch.arange(n)
        else:
            order = torch.tensor(shuffled(n, mulberry32(self.seed)))
        if self.split == "stratified":
            order = order[classes[order].argsort(stable=True)]
            fold[order] = torch.arange(n) % self.folds
            return fold
        for number, part in enumerate(order.tensor_split(self.folds)):
            fold[part] = number
        return fold

    @property
    def study(self) -> Study:
        """The error of each fold, and what leaks."""
        table, fold = torch.tensor(self.recordings, dtype=torch.float64), self.fold
        distances = torch.cdist(table[:, :2], table[:, :2])
        errors, has_twin = [], torch.zeros(len(table), dtype=torch.bool)
        for number in range(self.folds):
            trained = (fold != number).nonzero()[:, 0]
            judged = trained if self.cheat else (fold == number).nonzero()[:, 0]
            nearest = trained[distances[judged][:, trained].argmin(1)]
            errors.append((table[nearest, 2] != table[judged, 2]).double().mean())
            has_twin[judged] |= (table[judged, None, 3] == table[trained, 3]).any(1)
        return Study(torch.stack(errors), has_twin)

    @property
    def truth(self) -> float:
        """The error on new people, of the model that has all recordings."""
        stored, asked = (
            torch.tensor(part, dtype=torch.float64) for part in (self.recordings, self.fresh)
        )
        nearest = torch.cdist(asked[:, :2], stored[:, :2]).argmin(1)
        return (stored[nearest, 2] != asked[:, 2]).double().mean().item()
