"""Checks for the exercises of the page on LeNet."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises.answers import flat, near
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.lenet_claims import CLAIMS, draw_maps
from utils.exercises.lenet_sheets import by_hand_sheet, predict_sheet, sizes_sheet

# Images (channels, height, width), filters, kernel, stride and padding, hidden and output units.
NETS = (
    ((1, 28, 28), (30, 5, 1, 0), 100, 10),
    ((3, 12, 9), (4, 3, 1, 1), 7, 5),
    ((2, 15, 20), (6, 4, 2, 1), 11, 3),
    ((1, 7, 7), (1, 2, 1, 0), 1, 2),
)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with the gradients that autograd finds."""
    x = torch.tensor([[1.0, 0, 2], [0, 3, 1], [1, 0, 0]], requires_grad=True)
    W = torch.tensor([[1.0, 2], [0, -1]], requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    y = F.conv2d(x[None, None], W[None, None], b)[0, 0]
    of_x, of_W, of_b = torch.autograd.grad(y, (x, W, b), torch.tensor([[1.0, 0], [0, 2]]))
    pixels = torch.tensor([[[[3.0, 7], [5, 7]]]], requires_grad=True)
    shared, all_to_one = (
        torch.autograd.grad(pool(pixels, 2), pixels, torch.full((1, 1, 1, 1), 8.0))[0]
        for pool in (F.avg_pool2d, F.max_pool2d)
    )
    wanted = {
        "the gradient of the weights": of_W.flatten(),
        "the gradient of the bias": of_b[0],
        "the gradient of the pixel in the middle": of_x[1, 1],
        "the gradients through average pooling": shared.flatten(),
        "the gradients through max pooling": all_to_one.flatten(),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        if value.ndim:
            expect_numbers(name, flat(answer), value)
        else:
            if getattr(answer, "shape", None) == (1,):  # a bias for each filter
                answer = answer[0]
            expect_number(name, answer, value)
    right(1)


def _colour_lenet() -> list[nn.Module]:
    return [
        *(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU()),
        *(nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84)),
        *(nn.ReLU(), nn.Linear(84, 10)),
    ]


@exercise
def check_sizes(answers: Sequence) -> None:
    """Check exercise 2 against torch's layers."""
    layers = _colour_lenet()
    flat = nn.Sequential(*layers[:7])(torch.zeros(1, 3, 32, 32)).shape[1]
    first, *others = (sum(part.numel() for part in layer.parameters()) for layer in layers)
    wanted = {
        "the count of numbers into the linear layer": flat,
        "the count of the first convolution": first,
        "the count of the whole network": first + sum(others),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0)
    right(2)


@exercise
def check_subsampling(layer_class: type) -> None:
    """Check the layer of exercise 3 against autograd, on several shapes and in two calls."""
    generator = torch.Generator().manual_seed(0)
    for shape in ((2, 3, 4, 6), (1, 1, 2, 2), (3, 2, 5, 7), (2, 2, 6, 6)):
        w, b = torch.randn(2, shape[1], generator=generator, dtype=torch.float64)
        kept = w.clone(), b.clone()
        layer = layer_class(w, b)
        for _ in range(2):  # gradients of the second minibatch replace those of the first
            x = torch.randn(shape, generator=generator, dtype=torch.float64)
            parts = [part.clone().requires_grad_() for part in (x, w, b)]
            sums = 4 * F.avg_pool2d(parts[0], 2)
            outputs = sums * parts[1][:, None, None] + parts[2][:, None, None]
            G = torch.randn(outputs.shape, generator=generator, dtype=torch.float64)
            of_x, of_w, of_b = torch.autograd.grad(outputs, parts, G)
            case = f"for x of shape {shape}"
            _expect_same(f"what forward returns, {case},", layer.forward(x.clone()), outputs)
            below = layer.backward(G.clone())
            _expect_same(f"what backward returns, {case},", below, of_x)
            _expect_same(f"dw, {case},", getattr(layer, "dw", None), of_w)
            _expect_same(f"db, {case},", getattr(layer, "db", None), of_b)
        same = torch.equal(w, kept[0]) and torch.equal(b, kept[1])
        expect(same, "backward changed w or b: the step comes later")
    right(3)


def _expect_same(name: str, answer: object, wanted: torch.Tensor) -> None:
    expect(isinstance(answer, torch.Tensor), f"{name} is {answer!r}, not a tensor")
    found = tuple(answer.shape)
    expect(found == wanted.shape, f"{name} has shape {found}, not {tuple(wanted.shape)}")
    expect(near(answer, wanted), f"{name} is wrong")


@exercise
def check_convnet(convnet: Callable[..., nn.Module]) -> None:
    """Check the networks of exercise 4: their parameters, and what they compute from them."""
    generator = torch.Generator().manual_seed(0)
    for image, param, hidden, classes in NETS:
        names = ("filter_num", "filter_size", "stride", "pad")
        case = f"for input_dim={image}, {', '.join(map('{}={}'.format, names, param))}"
        net = convnet(image, dict(zip(names, param, strict=True)), hidden, classes)
        expect(isinstance(net, nn.Module), f"{case} your answer is {net!r}, not a network")
        if any(map(nn.parameter.is_lazy, net.parameters())):
            with torch.no_grad():
                net(torch.zeros(1, *image))  # lazy layers learn their shapes
        filters, size, stride, pad = param
        first = nn.Conv2d(image[0], filters, size, stride, pad)
        maps = nn.Sequential(first, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
        flat = maps(torch.zeros(1, *image)).shape[1]
        wanted = nn.Sequential(
            *maps, nn.Linear(flat, hidden), nn.ReLU(), nn.Linear(hidden, classes)
        ).double()
        shapes = [[tuple(part.shape) for part in one.parameters()] for one in (net, wanted)]
        expect(shapes[0] == shapes[1], f"{case} the parameters are {shapes[0]}, not {shapes[1]}")
        net = net.double()
        for ours, theirs in zip(net.parameters(), wanted.parameters(), strict=True):
            theirs.data = torch.randn(theirs.shape, generator=generator, dtype=theirs.dtype)
            ours.data = theirs.data.clone()
        x = torch.randn(3, *image, generator=generator, dtype=torch.float64)
        with torch.no_grad():
            expect(torch.allclose(net(x), wanted(x)), f"{case} the logits are wrong")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on twenty random networks."""
    expect_tried(claims, CLAIMS, draw_maps(20), "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
sizes = sizes_sheet(check_sizes)
