"""Polar rings: points on their way from (x, y) to (r, θ), and the line that divides them."""

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

UNITS = 200  # of the tables in a length of 1: odd numbers of them are never whole hundredths
OFFSET = 3.5  # the farthest that a line lies from the origin
NARROW = 1e-9  # no line is put between points closer than this

# Places (x, y) in units; the first half of each table is of class A, the second of class B.
PRESETS: dict[str, tuple[tuple[int, int], ...]] = {
    "two rings": (
        *((-165, -125), (-125, -185), (153, -109), (-87, 267), (-47, -261), (39, -235)),
        *((-183, 89), (149, 153), (-159, 207), (-237, -143), (117, 217), (251, 123), (203, -121)),
        *((67, -187), (-259, -73), (205, 45), (127, -193), (-97, -273), (-67, -215), (5, 219)),
        *((-25, -185), (197, 175), (193, -51), (61, 175), (-267, 79), (-215, 53), (-217, -13)),
        *((255, -133), (-189, -73), (285, -41), (387, -243), (-351, 293), (545, -5), (11, -425)),
        *((-119, -441), (-311, 333), (-419, -139), (513, 223), (467, -325), (315, 457)),
        *((17, 539), (-413, -273), (-493, 253), (259, 393), (533, 95), (203, 477), (-407, 215)),
        *((-503, -253), (-549, 135), (-501, -143), (-385, -399), (281, 491), (-213, -373)),
        *((-453, -9), (-557, -45), (-111, 529), (525, 173), (-165, -527), (253, -455), (483, 81)),
    ),
    "half moons": (
        *((-439, -171), (305, -125), (187, 171), (-309, -347), (261, 91), (-521, -165)),
        *((183, 121), (277, -191), (-143, -421), (69, 161), (-365, -333), (201, -361), (217, 85)),
        *((145, 153), (-19, -453), (-285, -409), (-233, -365), (239, -251), (313, -219)),
        *((247, 23), (79, -421), (69, 205), (313, -15), (245, -325), (179, -297), (275, -29)),
        *((-379, -263), (275, -79), (159, -399), (23, -397), (173, -459), (-237, 121)),
        *((-143, 277), (-183, 91), (147, 321), (181, 351), (-101, 323), (353, -377), (17, 345)),
        *((107, 355), (481, -19), (387, 161), (-209, 173), (417, -5), (445, 27), (-247, 69)),
        *((-135, 221), (335, 147), (417, -249), (453, 99), (83, 299), (291, -479), (295, -391)),
        *((471, -187), (363, -297), (417, -301), (215, 265), (-47, 309), (253, -419)),
        (-169, 169),
    ),
    "cluster in a ring": (
        *((-99, 85), (93, -95), (-57, 55), (67, 33), (149, -187), (45, 119), (-143, 5)),
        *((111, 169), (203, -23), (103, -147), (149, 75), (5, -37), (-27, -83), (-63, -163)),
        *((-77, -103), (133, -29), (-109, -19), (235, -47), (-31, -11), (27, -223), (-3, 85)),
        *((-21, 141), (71, -187), (35, -133), (155, 117), (189, -71), (67, -25), (171, -117)),
        *((-101, -59), (35, 5), (-187, 365), (-461, 187), (-445, -119), (83, 421), (-283, -341)),
        *((429, -99), (413, -145), (-395, -75), (57, 503), (-335, -295), (399, 153), (519, -61)),
        *((529, 91), (307, 271), (387, 277), (-491, -71), (-139, 427), (91, -399), (177, -413)),
        *((-231, -423), (195, 389), (-451, 119), (27, -529), (421, 101), (311, -349)),
        *((-169, -489), (429, 295), (-335, -421), (-455, -251), (-115, 517)),
    ),
    "two clouds": (
        *((-449, -105), (-353, 61), (-321, 175), (-381, 235), (-375, 161), (-227, 13)),
        *((-233, -221), (-255, 79), (-281, -53), (-323, -81), (-335, 9), (-455, -7), (-231, 127)),
        *((-419, -173), (-363, -41), (-399, 41), (-215, 165), (-255, 223), (-343, -173)),
        *((-495, 33), (-477, -45), (-409, -33), (-203, -49), (-395, -101), (-439, 261)),
        *((-501, 97), (-439, 195), (-269, 31), (-273, 129), (-363, -241), (415, -107)),
        *((427, -227), (205, 75), (445, -155), (331, 113), (247, -183), (355, 75), (285, 105)),
        *((183, 123), (505, -3), (359, -189), (345, -141), (409, 89), (335, 217), (215, -107)),
        *((521, -59), (499, -127), (357, -283), (303, -87), (527, 57), (429, -281), (383, -1)),
        *((361, -71), (465, -5), (299, 47), (351, 153), (485, -229), (313, -35), (271, -43)),
        (419, 233),
    ),
}


class PolarRings(BookWidget):
    """In which coordinates is a straight line enough to divide two classes?

    Every point goes straight from (x, y) to (r, θ) while ``blend`` goes from 0 to 1. The line
    stands at right angles to a direction; a point lies beyond it if its height along that
    direction is greater than the offset. Each side is given the class that gets more points right.

    Attributes:
        preset: which points, one of ``PRESETS``.
        blend: how far the points are on their way, from 0, (x, y), to 1, (r, θ).
        angle: of the direction in which heights are measured, whole degrees from 0 to 180.
        offset: the height of the line, from -3.5 to 3.5.

    >>> demo = PolarRings(preset="two rings", blend=1, angle=0, offset=1.8)
    >>> demo.accuracy, demo.best_accuracy
    (1.0, 1.0)
    >>> demo.blend = 0
    >>> demo.fit()
    >>> f"{demo.accuracy:.2f} at {demo.angle}°"
    '0.72 at 24°'
    """

    module = "polar_rings/view"
    summary = (
        "Points of two classes move from x and y to r and θ, and a line that the reader turns and "
        "shifts counts how many it gets right."
    )
    assets = ("presets",)
    heights = (635, 733)
    growth = 0.53
    phone_growth = -0.55

    preset = traitlets.Enum(tuple(PRESETS), "two rings").tag(sync=True)
    blend = traitlets.Float(0.0, min=0, max=1).tag(sync=True)
    angle = traitlets.Int(30, min=0, max=180).tag(sync=True)
    offset = traitlets.Float(0.5, min=-OFFSET, max=OFFSET).tag(sync=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self) -> dict[str, tuple[tuple[int, int], ...]]:
        return PRESETS

    @traitlets.validate("blend", "offset")
    def _finite(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got NaN")
        return proposal["value"]

    @property
    def labels(self) -> torch.Tensor:
        """The class of every point, 0 for A and 1 for B, int64 of shape ``(60,)``."""
        count = len(PRESETS[self.preset])
        return torch.arange(count) * 2 // count

    @property
    def places(self) -> torch.Tensor:
        """The points in x and y, whatever the blend, float64 of shape ``(60, 2)``."""
        return torch.tensor(PRESETS[self.preset], dtype=torch.float64) / UNITS

    @property
    def points(self) -> torch.Tensor:
        """The points at the blend, float64 of shape ``(60, 2)``; θ lies in (-π, π]."""
        places = self.places
        radius = places.square().sum(dim=1).sqrt()
        theta = torch.atan2(places[:, 1], places[:, 0])
        return torch.lerp(places, torch.stack([radius, theta], dim=1), self.blend)

    @property
    def accuracy(self) -> float:
        """The share of points on the right side of the line, by the better of two labellings."""
        direction = torch.tensor(self.angle, dtype=torch.float64).deg2rad()
        heights = self.points @ torch.stack([direction.cos(), direction.sin()])
        agree = ((heights > self.offset) == (self.labels == 1)).sum().item()
        return max(agree, len(heights) - agree) / len(heights)

    @property
    def best_accuracy(self) -> float:
        """The accuracy of the best line."""
        return best_line(self.points, self.labels)[0]

    @property
    def best(self) -> tuple[int, float]:
        """Angle and offset of the best line, as ``best_line`` finds it."""
        return best_line(self.points, self.labels)[1:]

    def fit(self) -> None:
        """Set angle and offset to the best line."""
        self.angle, self.offset = self.best


def best_line(points: torch.Tensor, labels: torch.Tensor) -> tuple[float, int, float]:
    """Return accuracy, angle and offset of the best line.

    In each of the 180 directions 0°, 1°, … 179° a line is tried in the middle between any two
    points that follow each other. Of lines that get equally many points right, the one in the
    widest gap is best; of equally wide gaps, the first direction, then the lowest offset.

    Args:
        points: float64 ``(n, 2)``.
        labels: int64 ``(n,)`` of 0 and 1; each side is given the class that gets more right.
    """
    directions = torch.arange(180, dtype=torch.float64).deg2rad()
    heights = points @ torch.stack([directions.cos(), directions.sin()])
    heights, order = heights.sort(dim=0)
    gaps = heights.diff(dim=0)
    ordered = labels[order]
    surplus = (1 - 2 * ordered).cumsum(dim=0)[:-1]  # of class 0 below the line
    right = labels.sum() + surplus
    right = torch.maximum(right, len(labels) - right).where(gaps > NARROW, 0)
    widths = gaps.where(right == right.max(), 0)
    is_widest = widths >= widths.max() - NARROW
    angle = is_widest.any(dim=0).nonzero()[0].item()
    row = is_widest[:, angle].nonzero()[0].item()
    offset = heights[row : row + 2, angle].mean().item()
    return right.max().item() / len(labels), angle, offset
