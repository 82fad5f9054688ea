"""Group wiring: what it lets a reader see, in one line."""

import traitlets

from utils.widgets.kit.base import BookWidget


class GroupWiring(BookWidget):
    """What does the demo answer? ``x`` is the place on the curve y = x².

    >>> GroupWiring(x=1.5).y
    2.25
    """

    module = "group_wiring/view"
    heights = 527, 533
    summary = "A point moves along the curve of a square; its height is read off."

    x = traitlets.Float(1.0, min=-2.0, max=2.0).tag(sync=True)

    @property
    def y(self) -> float:
        """The height of the curve at x."""
        return self.x**2
