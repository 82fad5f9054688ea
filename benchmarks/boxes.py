"""Boxes, suppression and anchors beside torchvision and d2l: ``python -m benchmarks.boxes``.

Each is called on 1,000 and on 10,000 boxes. Ours and theirs take turns in random order; what
counts is the processor's time in the shortest of their turns, on one thread. IoU and its relatives
compare all boxes with 1,000 others. Suppression, labels and detections are those of one image.
"""

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torchvision import ops

from benchmarks.convolutions import shortest
from utils.boxes import overlap
from utils.boxes.anchors import anchors
from utils.boxes.labels import batched_targets, targets
from utils.boxes.offsets import detections
from utils.boxes.suppression import nms

TURNS = 6
OTHERS = 1000  # boxes that a set is compared with
SIDE = 320  # of the image, in pixels
GRIDS = {14: "980", 45: "10,125"}  # side of a map, and its anchors with five shapes a place
SIZES, RATIOS = (0.2, 0.272, 0.4), (1.0, 2.0, 0.5)
OBJECTS = (4, 16)
BATCH = 32  # images whose targets are computed at once


@dataclass(frozen=True)
class Pair:
    """Seconds of one call, ours and theirs."""

    name: str
    boxes: str
    peer: str
    theirs: float
    ours: float

    @property
    def ratio(self) -> float:
        """How many times as long as ours theirs takes."""
        return self.theirs / self.ours


def draw(count: int, seed: int = 0) -> torch.Tensor:
    """Return boxes of 16 to 96 pixels in the image."""
    generator = torch.Generator().manual_seed(seed)
    corner, sides = torch.rand(2, count, 2, generator=generator)
    return SIDE * torch.cat([0.7 * corner, 0.7 * corner + 0.05 + 0.25 * sides], 1)


def measured(name: str, boxes: str, peer: str, theirs: Callable, ours: Callable) -> Pair:
    """Let two functions take turns."""
    times = shortest({"theirs": theirs, "ours": ours}, TURNS)
    return Pair(name, boxes, peer, times["theirs"], times["ours"])


def scores() -> list[Pair]:
    """Measure the scores of all pairs, and the losses of 10,000 boxes with their gradients."""
    pairs = (  # name, ours, theirs
        ("IoU", overlap.iou, ops.box_iou),
        ("GIoU", overlap.giou, ops.generalized_box_iou),
        ("DIoU", overlap.diou, ops.distance_box_iou),
        ("CIoU", overlap.ciou, ops.complete_box_iou),
    )
    found = []
    for count in (1_000, 10_000):
        one, other = draw(count), draw(OTHERS, 1)
        for name, ours, theirs in pairs:
            calls = [lambda f=f, a=one, b=other: f(a, b) for f in (theirs, ours)]
            found.append(measured(name, f"{count:,} with {OTHERS:,}", "torchvision", *calls))
    one, other = draw(10_000).requires_grad_(), draw(10_000, 1)
    losses = (overlap.ciou_loss, ops.complete_box_iou_loss)

    def backward(loss: Callable) -> Callable:
        return lambda: torch.autograd.grad(loss(one, other).sum(), one)

    calls = backward(losses[1]), backward(losses[0])
    return [*found, measured("CIoU loss, backward", "10,000 in pairs", "torchvision", *calls)]


def suppressed(d2l: object) -> list[Pair]:
    """Measure what is kept of boxes that overlap, beside torchvision and d2l."""
    found = []
    for count in (1_000, 10_000):
        generator = torch.Generator().manual_seed(4)
        given = draw(count, 4), torch.rand(count, generator=generator), 0.5
        for peer, theirs in {"torchvision": ops.nms, "d2l": d2l.nms}.items():
            calls = [lambda f=f, g=given: f(*g) for f in (theirs, nms)]
            found.append(measured("non-maximum suppression", f"{count:,}", peer, *calls))
    return found


def predictions(laid: torch.Tensor, truth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what a detector says that has learned: near an object it is sure, elsewhere not."""
    generator = torch.Generator().manual_seed(2)
    best = overlap.iou(laid, truth).amax(1)
    logits = torch.randn(len(laid), 11, generator=generator)
    logits[:, 0] += 9  # background
    logits[:, 1] += 24 * best
    return logits.softmax(1), 0.5 * torch.randn(len(laid), 4, generator=generator)


def labelled(d2l: object) -> list[Pair]:
    """Measure laying, labelling and detecting beside d2l."""
    found = []
    scale = torch.tensor(SIDE)
    for side, count in GRIDS.items():
        image = torch.zeros(1, 1, side, side)
        lay = (
            lambda image=image: d2l.multibox_prior(image, SIZES, RATIOS),
            lambda side=side: anchors((side, side), (1, 1), SIZES, RATIOS),
        )
        found.append(measured("anchors, laid again", count, "d2l", *lay))
        laid = scale * lay[1]()
        for objects in OBJECTS:
            truth, classes = draw(objects, 3), torch.zeros(objects, dtype=torch.int64)
            rows = torch.cat([classes[:, None].float(), truth], 1)[None]
            label = (
                lambda laid=laid, rows=rows: d2l.multibox_target(laid[None], rows),
                lambda laid=laid, t=truth, c=classes: targets(laid, t, c),
            )
            found.append(measured(f"targets, {objects} objects", count, "d2l", *label))
            many, kinds = draw(BATCH * objects, 5).view(BATCH, -1, 4), classes.expand(BATCH, -1)
            rows = torch.cat([kinds[..., None].float(), many], 2)
            batch = (
                lambda laid=laid, rows=rows: d2l.multibox_target(laid[None], rows),
                lambda laid=laid, t=many, c=kinds: batched_targets(laid, t, c),
            )
            name = f"targets of {BATCH} images, {objects} objects each"
            found.append(measured(name, count, "d2l", *batch))
        said, offsets = predictions(laid, truth)
        detect = (
            lambda laid=laid, p=said, o=offsets: d2l.multibox_detection(
                p.T[None], o.view(1, -1), laid[None]
            ),
            lambda laid=laid, p=said, o=offsets: detections(laid, p, o, per_class=False),
        )
        found.append(measured("detections", count, "d2l", *detect))
    return found


def run() -> list[Pair]:
    """Measure everything on one thread."""
    from d2l import torch as d2l  # slow to import

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # d2l calls meshgrid as it was once
            return scores() + suppressed(d2l) + labelled(d2l)
    finally:
        torch.set_num_threads(threads)


def table(pairs: list[Pair]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [
        "One call on one thread, the shortest of 6 turns. Scores compare all boxes with 1,000",
        "others. Suppression: random boxes, an IoU over 0.5. Anchors that were laid before are",
        "copied. Detections: 16 objects, most anchors say background, as after training.",
        "",
        "| what | boxes | beside | theirs, ms | ours, ms | theirs / ours |",
        "|---|---|---|---|---|---|",
    ]
    for pair in pairs:
        times = f"{1e3 * pair.theirs:.2f} | {1e3 * pair.ours:.3f} | {pair.ratio:.1f}"
        lines.append(f"| {pair.name} | {pair.boxes} | {pair.peer} | {times} |")
    return lines


if __name__ == "__main__":
    print("\n".join(table(run())))
    sys.exit()
