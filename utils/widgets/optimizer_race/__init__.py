"""Optimizer race: five optimisers walk down one surface, at one rate or each at its best."""

import torch
import traitlets

from utils.widgets.kit.base import BookWidget, Numbers

STEPS = 200
GOAL = 0.001  # of the height: below it a path has arrived
EDGES = (4.5, 3.0)  # of the map, across and up; beyond them a path ends
BOUNDS = (4.0, 2.5)  # of a start
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
OPTIMIZERS = {
    "SGD": (torch.optim.SGD, ()),
    "momentum": (torch.optim.SGD, ("momentum",)),
    "Adagrad": (torch.optim.Adagrad, ()),
    "RMSProp": (torch.optim.RMSprop, ()),
    "Adam": (torch.optim.Adam, ("betas",)),
}


def height(surface: str, places: torch.Tensor) -> torch.Tensor:
    """Return the height of a surface, which is 0 at its lowest places and nowhere below.

    Args:
        surface: ``"bowl"``, ``"ravine"``, ``"saddle"`` or ``"Beale"``.
        places: float64 ``(…, 2)``.

    Returns:
        float64 ``(…)``.
    """
    x, y = places.unbind(-1)
    if surface == "bowl":
        return (x**2 + 2 * y**2) / 2
    if surface == "ravine":
        return (x**2 + 30 * y**2) / 2
    if surface == "saddle":
        return x**2 / 2 + (y**2 - 4) ** 2 / 16
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


class OptimizerRace(BookWidget):
    """Who reaches the valley first, and does the winner depend on the learning rates?

    Attributes:
        surface: ``"bowl"``, ``"ravine"`` (curvatures 1 and 30), ``"saddle"`` (with a valley on
            either side) or ``"Beale"``, Beale's function of 1958.
        turn: degrees by which the surface is turned about the origin, 0 to 45.
        start: from -4 to 4 across and from -2.5 to 2.5 up.
        rates: ``"shared"``, all walk with ``lr``; or ``"tuned"``, each takes the one of ``RATES``
            with which it arrives first.
        lr: the shared learning rate, one of ``RATES``.
        beta: ``momentum`` of SGD and the first of Adam's ``betas``, 0 to 0.99.
        steps: how many steps are shown, 0 to 200.

    >>> demo = OptimizerRace(surface="bowl", start=(2, 0), lr=0.5)
    >>> demo.paths["SGD"][:3, 0].tolist(), demo.arrivals["SGD"]
    ([2.0, 1.0, 0.5], 6)
    """

    module = "optimizer_race/view"
    heights = 576, 675
    growth = 0.667
    phone_growth = 0.37
    summary = (
        "Five optimisers race down a bowl, a ravine, a saddle or Beale's function, at one "
        "learning rate for all or each at its best one."
    )

    surface = traitlets.Enum(("bowl", "ravine", "saddle", "Beale"), "ravine").tag(sync=True)
    turn = traitlets.Float(0.0, min=0, max=45).tag(sync=True)
    start = Numbers((-3.8, 1.2), shape=(2,), bound=max(BOUNDS))
    rates = traitlets.Enum(("shared", "tuned"), "shared").tag(sync=True)
    lr = traitlets.Enum(RATES, 0.02).tag(sync=True)
    beta = traitlets.Float(0.9, min=0, max=0.99).tag(sync=True)
    steps = traitlets.Int(40, min=0, max=STEPS).tag(sync=True)

    @traitlets.validate("turn", "beta")
    def _is_number(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if proposal["value"] != proposal["value"]:
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got nan")
        return proposal["value"]

    @traitlets.validate("start")
    def _is_on_the_map(self, proposal: dict) -> tuple[float, float]:
        up = proposal["value"][1]
        if abs(up) > BOUNDS[1]:
            raise traitlets.TraitError(
                f"the second number of start must be from {-BOUNDS[1]} to {BOUNDS[1]}, got {up}"
            )
        return proposal["value"]

    def height(self, places: torch.Tensor) -> torch.Tensor:
        """Return the height of the turned surface at float64 ``(…, 2)``, as ``(…)``."""
        angle = torch.deg2rad(torch.tensor(self.turn, dtype=torch.float64))
        (c, s), (x, y) = (angle.cos(), angle.sin()), places.unbind(-1)
        return height(self.surface, torch.stack([c * x + s * y, c * y - s * x], -1))

    def walks(self, optimizer: str, rates: tuple[float, ...]) -> torch.Tensor:
        """Return where an optimiser of torch goes with each rate, ``(rates, STEPS + 1, 2)``."""
        kind, settings = OPTIMIZERS[optimizer]
        fill = {"momentum": self.beta, "betas": (self.beta, 0.999)}
        start = torch.tensor(self.start, dtype=torch.float64)
        walkers = [start.clone().requires_grad_() for _ in rates]
        groups = [{"params": [w], "lr": lr} for w, lr in zip(walkers, rates, strict=True)]
        moving = kind(groups, lr=1.0, **{name: fill[name] for name in settings})
        places = [torch.stack(walkers).detach()]
        for _ in range(STEPS):
            moving.zero_grad()
            self.height(torch.stack(walkers)).sum().backward()
            moving.step()
            places.append(torch.stack(walkers).detach())
        return torch.stack(places, 1)

    @staticmethod
    def is_off(places: torch.Tensor) -> torch.Tensor:
        """Return which places, float64 ``(…, 2)``, lie off the map, as ``(…)`` truth values."""
        inside = places.abs() <= torch.tensor(EDGES, dtype=torch.float64)  # false for NaN
        return ~inside.all(-1)

    def cut(self, walk: torch.Tensor) -> torch.Tensor:
        """Return a walk, ``(n, 2)``, up to its first place off the map."""
        off = self.is_off(walk).nonzero()[:, 0]
        return walk[: off[0] + 1] if len(off) else walk

    def arrival(self, path: torch.Tensor) -> int | None:
        """Return the step from which on a path stays below the goal, if there is one."""
        if self.is_off(path[-1]):
            return None
        above = (self.height(path) >= GOAL).nonzero()[:, 0]
        first = above[-1].item() + 1 if len(above) else 0
        return first if first < len(path) else None

    def _best(self, optimizer: str) -> tuple[float, torch.Tensor]:
        candidates = RATES if self.rates == "tuned" else (self.lr,)

        def score(at: int) -> tuple[float, float]:
            arrival, last = self.arrival(paths[at]), paths[at][-1]
            if arrival is not None:
                return arrival, 0.0
            return STEPS + 1, torch.inf if self.is_off(last) else self.height(last).item()

        paths = [self.cut(walk) for walk in self.walks(optimizer, candidates)]
        best = min(range(len(candidates)), key=score)
        return candidates[best], paths[best]

    @property
    def found(self) -> dict[str, tuple[float, torch.Tensor]]:
        """For each optimiser its rate, and its path of at most ``(STEPS + 1, 2)`` places."""
        return {name: self._best(name) for name in OPTIMIZERS}

    @property
    def paths(self) -> dict[str, torch.Tensor]:
        """The path of each optimiser; it ends with the first place off the map."""
        return {name: path for name, (_, path) in self.found.items()}

    @property
    def arrivals(self) -> dict[str, int | None]:
        """For each optimiser the step from which on it stays below the goal, or None."""
        return {name: self.arrival(path) for name, path in self.paths.items()}
