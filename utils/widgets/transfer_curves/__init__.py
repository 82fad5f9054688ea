"""Transfer curves: three networks learn new digits from few pictures, two with copied layers."""

import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.transfer_curves.results import COUNTS, STEPS, WAYS, results


class TransferCurves(BookWidget):
    """What are copied layers worth, after how many steps, and with how many pictures?

    The networks learn the digits 5 to 9: from scratch, with frozen layers of a network that knows
    0 to 4, and fine-tuned from these layers.

    Attributes:
        pictures: of each class that they learn from: 1, 2, 5, 10, 20 or 50.
        step: of their training: 0, 3, 6, 12, 25 or 60.

    >>> list(TransferCurves(pictures=50, step=60).accuracies)
    ['from scratch', 'frozen', 'fine-tuned']
    """

    module = "transfer_curves/view"
    assets = ("results",)
    heights = 676, 690
    growth = 0.25
    phone_growth = 0.31
    summary = (
        "Three networks learn the digits 5 to 9 from few pictures: from scratch, with frozen "
        "copied layers, and fine-tuned. Held-out pictures move to the corner of the class that "
        "each network believes in, one of them with its picture, and curves show the accuracy "
        "against the number of pictures."
    )

    pictures = traitlets.Enum(COUNTS, 20).tag(sync=True)
    step = traitlets.Enum(STEPS, 12).tag(sync=True)
    results = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("results")
    def _results(self) -> dict:
        return results()

    @property
    def accuracies(self) -> dict[str, float]:
        """The mean accuracy of five runs of each way, on all test pictures."""
        count, step = COUNTS.index(self.pictures), STEPS.index(self.step)
        return {way: self.results["curves"][way][count][step][0] for way in WAYS}
