"""Architecture map: the full-size networks by their parameters and their work."""

import traitlets

from utils.widgets.architecture_map.networks import NETWORKS, Counts
from utils.widgets.kit.base import BookWidget

FIRST, LAST = NETWORKS[0].year, NETWORKS[-1].year
NAMES = tuple(network.name for network in NETWORKS)


class ArchitectureMap(BookWidget):
    """How large are the networks, how much work do they take, and where did the years lead?

    Both axes are logarithmic. Along a slanted line each parameter is used equally often.

    Attributes:
        year: the networks up to this year are drawn.
        picked: the name of the network that is described.

    >>> ArchitectureMap(picked="AlexNet").counts.multiply_adds
    714188480
    >>> len(ArchitectureMap(year=2014).shown)
    4
    """

    module = "architecture_map/view"
    assets = ("networks",)
    heights = 645, 716
    phone_growth = -0.35
    summary = (
        "A map of eleven networks by their parameters and their multiply-adds for an image, on "
        "logarithmic axes, year by year."
    )

    year = traitlets.Int(LAST, min=FIRST, max=LAST).tag(sync=True)
    picked = traitlets.Enum(NAMES, "DenseNet-121").tag(sync=True)
    networks = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("networks")
    def _all(self) -> list[dict]:
        return [network._asdict() for network in NETWORKS]

    @property
    def shown(self) -> list[str]:
        """The names of the networks that were public by the year."""
        return [network.name for network in NETWORKS if network.year <= self.year]

    @property
    def counts(self) -> Counts:
        """The row of the network that is picked."""
        return NETWORKS[NAMES.index(self.picked)]
