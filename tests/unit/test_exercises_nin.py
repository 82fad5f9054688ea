import pytest
import torch
import torch.nn.functional as F
from exercise_checks import in_every_form
from torch import nn

from utils.counting import count_parameters
from utils.exercises import nin as exercises


def test_the_predictions_are_those_of_torch():
    dense, lean = (question["right"] for question in exercises.predict.questions)
    with torch.device("meta"):
        flat = torch.empty(384, 5, 5).flatten()
        assert nn.Linear(len(flat), 10).weight.numel() == dense
        assert nn.Conv2d(384, 10, 1).weight.numel() == lean


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    exercises.check_by_hand(form([614_656, 131_584, 26]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"
    exercises.check_larger(form([12, 1, 144]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        [614_400, 131_584, 26],
        [614_656, 65_792, 26],
        [614_656, 131_072, 26],
        [614_656, 131_584, 22],
        [614_656, 131_584],
        None,
    ],
)
def test_the_block_by_hand_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[10, 1, 144], [12, 4, 144], [12, 1, 12], [None] * 3, None])
def test_the_larger_image_rejects(wrong):
    with pytest.raises(AssertionError):
        exercises.check_larger(wrong)


def melted(conv, one, bias):
    new = nn.Conv2d(conv.in_channels, one.out_channels, *window(conv))
    with torch.no_grad():
        kernels = torch.einsum("om,mihw->oihw", one.weight[:, :, 0, 0], conv.weight)
        new.weight.copy_(kernels)
        new.bias.copy_(bias)
    return new


def window(conv):
    return conv.kernel_size, conv.stride, conv.padding


def whole_bias(conv, one):
    return one.weight[:, :, 0, 0] @ conv.bias + one.bias


def by_product(conv, one):
    return melted(conv, one, whole_bias(conv, one))


def by_images(conv, one):
    """Read the kernels off as answers to images with a single 1."""
    k = conv.kernel_size[0]
    dots = torch.eye(conv.in_channels * k * k).view(-1, conv.in_channels, k, k)
    both = one(F.conv2d(dots, conv.weight, conv.bias))[..., 0, 0]
    bias = one(conv.bias[None, :, None, None]).flatten()
    new = nn.Conv2d(conv.in_channels, one.out_channels, *window(conv))
    new.weight = nn.Parameter((both - bias).T.reshape(new.weight.shape))
    new.bias = nn.Parameter(bias)
    return new


def in_place(conv, one):
    new = nn.Conv2d(conv.in_channels, one.out_channels, *window(conv))
    new.weight.data = (one.weight.flatten(1) @ conv.weight.flatten(1)).view(new.weight.shape)
    new.bias.data = whole_bias(conv, one)
    return new


@pytest.mark.parametrize("melt", [by_product, by_images, in_place])
def test_melt_accepts(melt, capsys):
    exercises.check_melt(melt)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def without_window(conv, one):
    new = nn.Conv2d(conv.in_channels, one.out_channels, conv.kernel_size)
    new.weight.data = by_product(conv, one).weight.data
    new.bias.data = whole_bias(conv, one)
    return new


NO_MELTS = {
    "first bias forgotten": lambda c, o: melted(c, o, o.bias),
    "biases added": lambda c, o: melted(c, o, o.bias.sum() + c.bias.sum()),
    "second bias forgotten": lambda c, o: melted(c, o, o.weight[:, :, 0, 0] @ c.bias),
    "stride and padding forgotten": without_window,
    "two layers": lambda c, o: nn.Sequential(c, o),
    "the first alone": lambda c, o: c,
}


@pytest.mark.parametrize("melt", NO_MELTS.values(), ids=NO_MELTS)
def test_melt_rejects(melt):
    with pytest.raises(AssertionError):
        exercises.check_melt(melt)


def by_convolution(linear, features):
    return F.conv2d(features, linear.weight[:, :, None, None], linear.bias)


def by_moving_axes(linear, features):
    return linear(features.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def by_sum(linear, features):
    sums = torch.einsum("kc,nchw->nkhw", linear.weight, features)
    return (sums + linear.bias[:, None, None]).detach().numpy()


@pytest.mark.parametrize("class_maps", [by_convolution, by_moving_axes, by_sum])
def test_class_maps_accepts(class_maps, capsys):
    exercises.check_class_maps(class_maps)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


NO_MAPS = {
    "bias forgotten": lambda lin, x: F.conv2d(x, lin.weight[:, :, None, None]),
    "bias shared out": lambda lin, x: F.conv2d(
        x, lin.weight[:, :, None, None], lin.bias / (x.shape[2] * x.shape[3])
    ),
    "only the mean": lambda lin, x: lin(x.mean((2, 3))),
    "the mean at each place": lambda lin, x: lin(x.mean((2, 3)))[..., None, None].expand(
        -1, -1, *x.shape[2:]
    ),
    "channels last": lambda lin, x: lin(x.movedim(1, -1)),
}


@pytest.mark.parametrize("class_maps", NO_MAPS.values(), ids=NO_MAPS)
def test_class_maps_rejects(class_maps):
    with pytest.raises(AssertionError):
        exercises.check_class_maps(class_maps)


def seen(blocks):
    total, jump = 1, 1
    for index, (_, k) in enumerate(blocks):
        if index:
            total, jump = total + jump, 2 * jump
        total += (k - 1) * jump
    return total


DESIGNS = [
    [(8, 5), (16, 3), (10, 5)],
    [(8, 3), (12, 3), (16, 3), (10, 3)],
    [(12, 5), (16, 5), (10, 5)],
    torch.tensor([[6, 7], [8, 3], [10, 5]]),
]


@pytest.mark.parametrize("blocks", DESIGNS)
def test_designs_are_accepted(blocks, capsys):
    exercises.check_design(blocks)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


def test_the_field_is_that_of_the_rule():
    for blocks in ([(1, 3)], [(1, 5), (1, 1)], [(1, 3), (1, 7), (1, 3)], [(1, 1)] * 4):
        assert exercises._field(blocks) == seen(blocks)


NO_DESIGNS = {
    "sees too little": [(8, 3), (10, 3)],
    "21 pixels are too few": [(8, 3), (8, 1), (8, 1), (10, 1)],
    "too many parameters": [(64, 5), (64, 3), (10, 5)],
    "the last block has no ten maps": [(8, 5), (16, 3), (12, 5)],
    "an even window": [(8, 4), (16, 3), (10, 5)],
    "not whole": [(8.5, 5), (16, 3), (10, 5)],
    "six blocks": [(4, 3)] * 5 + [(10, 3)],
    "as the page has it": [(None, None)],
    "nothing": [],
}


@pytest.mark.parametrize("blocks", NO_DESIGNS.values(), ids=NO_DESIGNS)
def test_designs_are_rejected(blocks):
    with pytest.raises(AssertionError):
        exercises.check_design(blocks)


def test_the_block_has_the_parameters_of_the_formula():
    layers = nn.Sequential(*exercises._block(3, 8, 5, 2))
    assert count_parameters(layers) == 8 * (3 * 25 + 1) + 2 * 8 * 9
