"""Cases of grid detectors: objects for cells to answer for, and outputs with their targets."""

import torch

from utils.cases.drawing import Case, draws, in_dtypes
from utils.data.scenes import load_scenes
from utils.detection.grid import grid_targets
from utils.repro import device

SIZE = 64  # of a scene in pixels


def owned_boxes() -> list[Case]:
    """Return cases ``(boxes, classes, side)``, padded as ``Scenes.padded`` does, float32.

    Scenes with up to nine objects and 1, 2, 4, 8 and 16 cells a side; centres on the lines
    between cells, at both ends of the picture and beyond; several centres in one cell, among
    rows of padding; no object at all.
    """
    found = []
    for side in (1, 2, 4, 8, 16):
        boxes, classes = load_scenes(6, objects=(0, 9), seed=side).padded()
        found.append((boxes, classes, side))
    centres = torch.tensor([[0.0, 0], [16, 32], [64, 63], [64, 64], [31, 7], [70, -3]])
    odd = torch.cat([centres - 5, centres + 5], dim=1)[None]
    classes = torch.tensor([[1, 2, 3, 4, 9, 0]])
    found += [(odd, classes, side) for side in (4, 8)]
    twins = odd[:, [4, 4, 1, 4, 0, 1]] + torch.tensor([0.0, 1, 0, 2, 0, 1])[:, None]
    found += [(twins, classes, 2), (twins, torch.tensor([[-1, 2, 3, 4, -1, 5]]), 2)]
    found.append((odd * 0, classes * 0 - 1, 4))
    return [(boxes.to(device()), names.to(device()), side) for boxes, names, side in found]


def cell_outputs(num_classes: int = 10, copies: int = 1) -> list[Case]:
    """Return cases ``(outputs, {"target": …})``, both float64.

    Outputs are random, ``(pictures, 5 copies + num_classes, side, side)``. Targets come from
    scenes with four objects, from a crowd on four cells, from no object, and from a grid of one
    cell.

    Args:
        num_classes: how many classes there are, at least 10.
        copies: boxes that a cell predicts.
    """
    draw, outputs, targets = draws(1), [], []
    for count, side, objects in ((3, 4, 4), (1, 2, 9), (2, 3, 0), (1, 1, 1)):
        boxes, classes = load_scenes(count, objects=(objects, objects or 1), seed=side).padded()
        classes = classes if objects else torch.full_like(classes, -1)
        settings = {"size": SIZE, "side": side, "num_classes": num_classes, "copies": copies}
        targets.append(grid_targets(boxes.double(), classes, **settings).to(device()))
        outputs.append((0.5 * draw(count, 5 * copies + num_classes, side, side),))
    made = in_dtypes(outputs, torch.float64, device())
    return [(out, {"target": target}) for (out,), target in zip(made, targets, strict=True)]
