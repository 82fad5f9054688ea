"""Attention map: a net that says eight letters backwards, and where each place looks."""

import re

import torch
import traitlets

from utils.sequences.reversal import LENGTH, LETTERS
from utils.widgets.attention_map.network import look_up, packed, unpacked
from utils.widgets.kit.base import BookWidget

MOST = 3.0  # of the sharpness


class Word(traitlets.TraitType):
    """Eight letters from A to Z; small ones are made large."""

    info_text = f"{LENGTH} letters from A to Z"

    def validate(self, obj: object, value: object) -> str:
        """Return the word in capitals, or raise a TraitError."""
        if not isinstance(value, str) or not re.fullmatch(f"[A-Za-z]{{{LENGTH}}}", value):
            self.error(obj, value)
        return value.upper()


class AttentionMap(BookWidget):
    """Which letters does each place look at, and what does it answer?

    Attributes:
        word: eight letters from A to Z.
        place: the place that is chosen, 0 to 7.
        sharpness: what the scores are multiplied by after the division by the root of d.
        positions: whether the net knows places.
        causal: whether each place sees no later letter.

    >>> demo = AttentionMap(word="BACKWARD")
    >>> demo.answer
    'DRAWKCAB'
    """

    module = "attention_map/view"
    heights = 508, 686
    growth = 1 / 2.75  # the table is square
    phone_growth = 0.17
    summary = (
        "Eight letters stand above eight places of the answer. Lines and a table show how much "
        "each place looks at each letter, and the answer is the word backwards."
    )
    assets = ("net",)

    word = Word("BACKWARD").tag(sync=True)
    place = traitlets.Int(2, min=0, max=LENGTH - 1).tag(sync=True)
    sharpness = traitlets.Float(1.0, min=0.0, max=MOST).tag(sync=True)
    positions = traitlets.Bool(True).tag(sync=True)
    causal = traitlets.Bool(False).tag(sync=True)
    net = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("net")
    def _net(self) -> dict[str, list[list[float]]]:
        return packed()

    def _look_up(self) -> tuple[torch.Tensor, torch.Tensor]:
        word = torch.tensor([LETTERS.index(letter) for letter in self.word])
        return look_up(
            unpacked(),
            word,
            sharpness=self.sharpness,
            positions=self.positions,
            causal=self.causal,
        )

    @property
    def weights(self) -> torch.Tensor:
        """How much each place looks at each letter, float64 ``(8, 8)``."""
        return self._look_up()[0]

    @property
    def answer(self) -> str:
        """The eight letters that the net says."""
        return "".join(LETTERS[index] for index in self._look_up()[1].argmax(1))
