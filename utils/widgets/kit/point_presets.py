"""The base of demos whose points are chosen by name, or set one by one."""

from typing import ClassVar

import traitlets

from utils.widgets.kit.base import BookWidget


class PresetPoints(BookWidget):
    """A demo whose ``preset`` fills its ``points``.

    Points of one's own turn ``preset`` into ``"custom"``, the points of a preset turn it into
    its name; ``"custom"`` leaves the points as they are. Given together, the points have the
    last word. A subclass declares both synchronised traits, ``preset`` with ``"custom"``.

    Attributes:
        named: the points of each preset, as the trait ``points`` keeps them.
        presets: the same for the view, which the website carries beside the page.
    """

    named: ClassVar[dict[str, tuple]] = {}
    assets = ("presets",)

    presets = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        last = {"points": state.pop("points")} if "points" in state else {}
        super().__init__(**state)
        for name, value in last.items():
            setattr(self, name, value)

    @traitlets.default("presets")
    def _presets(self) -> dict[str, tuple]:
        return self.named

    @traitlets.observe("preset")
    def _fill(self, change: dict) -> None:
        self.points = self.named.get(self.preset, self.points)

    @traitlets.observe("points")
    def _name(self, change: dict) -> None:
        found = (name for name, points in self.named.items() if points == self.points)
        self.preset = next(found, "custom")
