"""The doctor of loss curves: which mistake draws curves like these?"""

import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.loss_curve_doctor.cases import (
    CASES,
    EPOCHS,
    MIXED_UP,
    TRAINING,
    VALIDATION,
    curves,
)


class LossCurveDoctor(BookWidget):
    """Six networks are trained, five of them with one mistake: which one is it?

    Attributes:
        patient: which of the six networks is looked at, 1 to 6.
        guesses: what was said about each of them, one of ``CASES``, or "" so far.
        epochs: how many epochs are shown, 1 to 30.
        seed: of the first weights and of the orders, 0 to 99.

    >>> demo = LossCurveDoctor(patient=2)
    >>> demo.guesses = ["", "rate too high", "", "", "", ""]
    >>> demo.right
    [False, False, False, False, False, False]
    """

    module = "loss_curve_doctor/view"
    heights = 579, 694
    phone_growth = -0.8
    summary = (
        "Six small networks are trained in the page, most of them with a mistake. Their training "
        "and validation losses are drawn, and the reader guesses the mistake from the curves."
    )
    assets = ("data",)

    patient = traitlets.Int(1, min=1, max=len(CASES)).tag(sync=True)
    guesses = traitlets.List(
        traitlets.Enum(("", *CASES)), [""] * len(CASES), minlen=len(CASES), maxlen=len(CASES)
    ).tag(sync=True)
    epochs = traitlets.Int(EPOCHS, min=1, max=EPOCHS).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)
    data = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("data")
    def _data(self) -> dict[str, tuple]:
        return {"training": TRAINING, "validation": VALIDATION, "mixedUp": MIXED_UP}

    def curves(self) -> dict[str, list[float]]:
        """Train this patient with torch; see :func:`cases.curves`."""
        return curves(CASES[self.patient - 1], seed=self.seed, epochs=self.epochs)

    @property
    def right(self) -> list[bool]:
        """Whether each patient's guess is right."""
        return [guess == case for guess, case in zip(self.guesses, CASES, strict=True)]
