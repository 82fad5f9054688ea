"""Gradient ledger: what backward adds to `.grad`, and what cuts and clears change."""

import contextlib

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

W, X = 2.0, 3.0  # the two leaves
# What of the forward pass p = w * x, L = p + 4 * x is not recorded.
CUTS = ("nothing", "x in p", "x in L", "p", "no_grad p", "no_grad")
CLEARS = ("None", "zeros")
MOST = 6  # lines of the ledger


class GradientLedger(BookWidget):
    """What stands in `w.grad` and `x.grad` after some backward passes?

    Attributes:
        cut: what of the forward pass is not recorded, one of ``CUTS``.
        entries: what has been done so far, at most ``MOST`` lines: the cut of a backward pass, or
            how ``zero_grad`` has cleared, ``"None"`` or ``"zeros"``.
        zeros: whether the next ``zero_grad`` leaves zeros.

    >>> demo = GradientLedger(entries=["nothing", "x in p"])
    >>> demo.history
    [(3.0, 6.0), (6.0, 10.0)]
    """

    module = "gradient_ledger/view"
    heights = 566, 595
    phone_growth = 0.15
    summary = (
        "A graph with two leaves and a loss. Each backward pass adds to two bars, the gradients; "
        "zero_grad clears them, detach and no_grad cut edges that no gradient passes. An edge "
        "that is pressed says what flows over it."
    )

    cut = traitlets.Enum(CUTS, "nothing").tag(sync=True)
    entries = traitlets.List(
        traitlets.Enum((*CUTS, *CLEARS)), ["nothing", "nothing"], maxlen=MOST
    ).tag(sync=True)
    zeros = traitlets.Bool(False).tag(sync=True)

    @property
    def history(self) -> list[tuple[float | None, float | None]]:
        """`w.grad` and `x.grad` after each line, by torch."""
        w, x = (torch.tensor(value, requires_grad=True) for value in (W, X))
        optimizer = torch.optim.SGD([w, x], lr=0.1)
        lines = []
        for entry in self.entries:
            if entry in CLEARS:
                optimizer.zero_grad(set_to_none=entry == "None")
            else:
                # What requires no gradient is refused, and nothing is added.
                with contextlib.suppress(RuntimeError):
                    forward(entry, w, x).backward()
            lines.append(tuple(None if leaf.grad is None else leaf.grad.item() for leaf in (w, x)))
        return lines


def forward(cut: str, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Return the loss p + 4 x with p = w x, of which a part is not recorded."""
    with torch.set_grad_enabled(cut != "no_grad"):
        with torch.set_grad_enabled(cut not in ("no_grad", "no_grad p")):
            p = w * (x.detach() if cut == "x in p" else x)
        return (p.detach() if cut == "p" else p) + 4 * (x.detach() if cut == "x in L" else x)
