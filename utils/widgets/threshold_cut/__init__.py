"""A cut through the scores of ill and healthy people: four groups, a point on the ROC curve."""

import torch
import traitlets
from sklearn.metrics import confusion_matrix, precision_score, recall_score, roc_auc_score

from utils.widgets.kit.base import BookWidget

PEOPLE = 200


class ThresholdCut(BookWidget):
    """Who is called ill, and who of them is?

    The scores of either kind are evenly spread quantiles of a normal distribution of width 1.

    Attributes:
        cut: from this score on a person is called ill, -4 to 4.
        apart: the distance between the mean scores of ill and healthy people, 0 to 4.
        ill: how many of 100 people are ill, 10 to 50.

    >>> ThresholdCut(cut=0, apart=2, ill=50).counts
    {'found': 84, 'missed': 16, 'alarms': 16, 'spared': 84}
    """

    module = "threshold_cut/view"
    heights = 523, 698
    growth = 0.38
    phone_growth = 0.25
    summary = (
        "Two hundred people as dots by their score, ill ones above a line, healthy ones below. "
        "A cut divides them into four groups, and is a point on the ROC curve."
    )

    cut = traitlets.Float(0.5, min=-4.0, max=4.0).tag(sync=True)
    apart = traitlets.Float(2.0, min=0.0, max=4.0).tag(sync=True)
    ill = traitlets.Int(30, min=10, max=50).tag(sync=True)

    @traitlets.validate("ill")
    def _of_five(self, proposal: traitlets.Bunch) -> int:
        if proposal.value % 5:
            raise traitlets.TraitError(f"ill must be a multiple of 5, got {proposal.value}")
        return proposal.value

    @property
    def labels(self) -> torch.Tensor:
        """1 for those who are ill, int64 ``(200,)``; they come first."""
        return (torch.arange(PEOPLE) < PEOPLE * self.ill // 100).long()

    @property
    def scores(self) -> torch.Tensor:
        """The score of each person, float64 ``(200,)``, the lowest of either kind first."""
        ill = self.labels.sum().item()

        def spread(count: int) -> torch.Tensor:
            return torch.special.ndtri((torch.arange(count, dtype=torch.float64) + 0.5) / count)

        return torch.cat([spread(ill) + self.apart / 2, spread(PEOPLE - ill) - self.apart / 2])

    @property
    def called(self) -> torch.Tensor:
        """1 for those who are called ill, int64 ``(200,)``."""
        return (self.scores >= self.cut).long()

    @property
    def counts(self) -> dict[str, int]:
        """Ill people found and missed, false alarms, and healthy people who are spared one."""
        (spared, alarms), (missed, found) = confusion_matrix(self.labels, self.called).tolist()
        return {"found": found, "missed": missed, "alarms": alarms, "spared": spared}

    @property
    def recall(self) -> float:
        """The share of the ill people who are found."""
        return float(recall_score(self.labels, self.called))

    @property
    def precision(self) -> float:
        """The share of those called ill who are; NaN if nobody is called."""
        return float(precision_score(self.labels, self.called, zero_division=torch.nan))

    @property
    def area(self) -> float:
        """The area under the ROC curve."""
        return float(roc_auc_score(self.labels, self.scores))
