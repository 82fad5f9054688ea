import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import vision_transformer as exercises
from utils.sequences.vision_transformer import VisionTransformer, cut, shuffled

CLAIMS = {
    "shuffled patches leave the logits, without positions": True,
    "patches and positions shuffled alike leave the logits": True,
    "a mirrored picture leaves the logits, without positions": False,
    "the rows of a rollout add up to 1": True,
    "the columns of a rollout add up to 1": False,
}


def test_the_predictions_are_what_the_net_does():
    net = VisionTransformer(28, 4, positions=False).double()
    images = torch.randn(2, 1, 28, 28).double()
    wanted = exercises.predict.questions[0]["right"]
    assert net.tokens(images).shape[1] == wanted
    moved = net(shuffled(images, 4, torch.randperm(49)))
    assert torch.allclose(moved, net(images))


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    answers = [form(17), form(192), form(1930)]
    assert_right(capsys, 1, exercises.check_tokens, answers)
    assert_right(capsys, 2, exercises.check_halved, [form(4), form(16), form(4)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.tokens, exercises.check_tokens),
        (exercises.halved, exercises.check_halved),
    ):
        check([question["right"] for question in sheet.questions])


WRONG = [[16, 192, 1930], [17, 64, 1930], [17, 192, 1920], [None, 192, 1930]]


@pytest.mark.parametrize("wrong", WRONG)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (tokens|numbers|parameters)"):
        exercises.check_tokens(wrong)


@pytest.mark.parametrize("wrong", [[2, 16, 4], [4, 4, 4], [4, 16, 2], [4, 16, None]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the factor of the"):
        exercises.check_halved(wrong)


def by_permuting(patches, side):
    n, count, numbers = patches.shape
    across = round(count**0.5)
    parts = patches.reshape(n, across, across, numbers // side**2, side, side)
    pictures = parts.permute(0, 3, 1, 4, 2, 5)
    return pictures.reshape(n, -1, across * side, across * side)


def by_fold(patches, side):
    size = side * round(patches.shape[1] ** 0.5)
    return F.fold(patches.mT, size, side, stride=side)


def by_loop(patches, side):
    across = round(patches.shape[1] ** 0.5)
    tiles = patches.unflatten(2, (-1, side, side))
    rows = [torch.cat(list(row.unbind(1)), dim=3) for row in tiles.split(across, dim=1)]
    return torch.cat(rows, dim=2)


def in_float32(answer):
    return lambda *given: answer(*given).float()


PASTES = {
    "permute": by_permuting,
    "fold": by_fold,
    "loop": by_loop,
    "float32": in_float32(by_fold),
}
NOT_PASTES = {
    "no permutation": lambda p, s: (
        by_permuting(p, s).reshape(len(p), -1).view(cut(by_permuting(p, s), s).shape)
    ),
    "reshaped": lambda p, s: p.reshape(by_permuting(p, s).shape),
    "turned": lambda p, s: by_permuting(p, s).mT,
    "one channel": lambda p, s: by_permuting(p, s)[:, :1],
    "nothing": lambda p, s: None,
}


@pytest.mark.parametrize("paste", PASTES.values(), ids=PASTES)
def test_paste_accepts(paste, capsys):
    assert_right(capsys, 3, exercises.check_paste, paste)


@pytest.mark.parametrize("paste", NOT_PASTES.values(), ids=NOT_PASTES)
def test_paste_rejects(paste):
    with pytest.raises(AssertionError, match="not yet: paste"):
        exercises.check_paste(paste)


def by_interpolation(positions, across, **options):
    old = round((positions.shape[1] - 1) ** 0.5)
    grid = positions[:, 1:].mT.unflatten(2, (old, old))
    options = {"mode": "bilinear", **options}
    grid = F.interpolate(grid, (across, across), **options)
    return torch.cat([positions[:, :1], grid.flatten(2).mT], dim=1)


def by_channels_last(positions, across):
    first, rest = positions.split([1, positions.shape[1] - 1], dim=1)
    old = round(rest.shape[1] ** 0.5)
    grid = rest.reshape(1, old, old, -1).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, size=across, mode="bilinear", align_corners=False)
    return torch.cat((first, grid.permute(0, 2, 3, 1).reshape(1, across**2, -1)), 1)


def by_weights(positions, across):
    old = round((positions.shape[1] - 1) ** 0.5)
    row = F.interpolate(torch.eye(old).double()[None], across, mode="linear")[0].T
    rest = torch.kron(row, row) @ positions[0, 1:]
    return torch.cat([positions[0, :1], rest])[None]


RESIZES = {
    "interpolate": by_interpolation,
    "channels last": by_channels_last,
    "matrices": by_weights,
    "float32": in_float32(by_interpolation),
}
NOT_RESIZES = {
    "corners": lambda p, n: by_interpolation(p, n, align_corners=True),
    "nearest": lambda p, n: by_interpolation(p, n, mode="nearest"),
    "no class token": lambda p, n: by_interpolation(p, n)[:, 1:],
    "class token lost": lambda p, n: torch.cat(
        [0 * p[:, :1], by_interpolation(p, n)[:, 1:]], dim=1
    ),
    "class token last": lambda p, n: by_interpolation(p, n).roll(-1, 1),
    "as it was": lambda p, n: p,
    "nothing": lambda p, n: None,
}


@pytest.mark.parametrize("resize", RESIZES.values(), ids=RESIZES)
def test_resize_positions_accepts(resize, capsys):
    assert_right(capsys, 4, exercises.check_resize_positions, resize)


@pytest.mark.parametrize("resize", NOT_RESIZES.values(), ids=NOT_RESIZES)
def test_resize_positions_rejects(resize):
    with pytest.raises(AssertionError, match="not yet: resize_positions"):
        exercises.check_resize_positions(resize)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "net")
