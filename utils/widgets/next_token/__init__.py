"""Next token: a small transformer gives each character its chance to come next."""

import torch
import traitlets

from utils.sequences.sampling import with_temperature
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32
from utils.widgets.next_token.network import (
    BLOCKS,
    CONTEXT,
    HEADS,
    foreseen,
    packed,
    stored_writer,
    vocabulary,
)

__all__ = ["CONTEXT", "NextToken", "read_part", "stored_writer", "vocabulary"]

MOST = 190  # characters of a text
HOTTEST = 2.0
ROW = CONTEXT // 2  # by which the part that is read moves on


def read_part(text: str) -> str:
    """Return the end of a text that the net reads: with the next character it fills two rows."""
    over = max(0, len(text) + 1 - CONTEXT)
    return text[ROW * -(-over // ROW) :]


class Text(traitlets.TraitType):
    """Characters of the book's text; large letters are made small."""

    info_text = f"1 to {MOST} characters that the book's text has"

    def validate(self, obj: object, value: object) -> str:
        """Return the text in small letters, or raise a TraitError."""
        if not isinstance(value, str) or not 1 <= len(value) <= MOST:
            self.error(obj, value)
        text = value.lower()
        if set(text) - set(vocabulary().characters):
            self.error(obj, value)
        return text


class NextToken(BookWidget):
    """Which character comes next, and what does the model look at?

    Attributes:
        text: what stands there, 1 to 190 characters.
        temperature: what the logits are divided by, 0 to 2; 0 is the limit.
        head: whose looks are shown: 1 to 8, first those of the first block; 0 for the mean.
        dice: which luck the draws have, 0 to 99.

    >>> NextToken(text="the q").chances.argmax() == vocabulary().encode("u")
    tensor([True])
    """

    module = "next_token/view"
    heights = 531, 655
    growth = 0.0
    summary = (
        "A small transformer has read a book. A text stands above bars, which show the chances of "
        "the characters that may come next; its shading shows what the model looks at."
    )
    assets = ("net",)

    text = Text("`we're all mad here,' said the cat").tag(sync=True)
    temperature = traitlets.Float(0.8, min=0.0, max=HOTTEST).tag(sync=True)
    head = traitlets.Int(0, min=0, max=BLOCKS * HEADS).tag(sync=True)
    dice = traitlets.Int(1, min=0, max=99).tag(sync=True)
    net = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("net")
    def _net(self) -> dict[str, object]:
        return {"characters": "".join(vocabulary().characters), **packed()}

    @property
    def logits(self) -> torch.Tensor:
        """A logit for each character to come next, float64 ``(42,)``."""
        return foreseen(read_part(self.text))[0]

    @property
    def chances(self) -> torch.Tensor:
        """The chance of each character to come next, float64 ``(42,)``."""
        return with_temperature(self.logits, self.temperature)

    @property
    def looks(self) -> torch.Tensor:
        """How much the last character looks at each that is read, float64 ``(length,)``."""
        looks = foreseen(read_part(self.text))[1].flatten(0, 1)
        return looks[self.head - 1] if self.head else looks.mean(0)

    @property
    def following(self) -> str:
        """The character that Play writes next: drawn, by dice that the browser throws alike."""
        luck = next(mulberry32(1000 * self.dice + len(self.text))) / 2**32
        place = int((self.chances.cumsum(0) <= luck).sum())
        return vocabulary().characters[min(place, len(self.chances) - 1)]
