"""The arithmetic of the channel mixer, against torch."""

import pytest
import torch
import torch.nn.functional as F

CASES = 120
BATCH = """(module, cases) => cases.map(({ pixels, matrix, at, step, side }) => {
    const bytes = Uint8Array.from(pixels);
    const mixed = module.mix(bytes, matrix);
    return {
        mixed: [...mixed],
        levels: [...module.toLevels(mixed)],
        meeting: module.meetingAt(bytes, matrix, at),
        thinned: [...module.thinned(bytes, side, step)],
        weighed: [...module.weighed(bytes, matrix[0][1])],
    };
})"""


@pytest.fixture(scope="module")
def cases():
    """Photographs from 1×1 to 7×7; in every second case sums can end in .5."""
    draw = torch.Generator().manual_seed(0)
    found = []
    for case in range(CASES):
        side = 1 + case % 7
        pixels = torch.randint(0, 256, (3, side, side), generator=draw)
        if case % 2:
            matrix = torch.randint(-4, 5, (3, 3), generator=draw).double() / 2
        else:
            matrix = torch.rand(3, 3, generator=draw, dtype=torch.float64) * 4 - 2
        at = int(torch.randint(0, side**2, (), generator=draw))
        found.append((pixels, matrix, at, 1 + case % 3))
    return found


@pytest.fixture(scope="module")
def found(open_module, cases):
    return open_module("channel_mixer/math").module.evaluate(
        BATCH,
        [
            {
                "pixels": pixels.flatten().tolist(),
                "matrix": matrix.tolist(),
                "at": at,
                "step": step,
                "side": pixels.shape[-1],
            }
            for pixels, matrix, at, step in cases
        ],
    )


def test_the_output_is_the_1x1_convolution_of_torch(cases, found):
    assert len(found) == CASES
    for (pixels, matrix, *_), ours in zip(cases, found, strict=True):
        theirs = F.conv2d(pixels[None].double(), matrix[:, :, None, None])[0].flatten()
        assert torch.allclose(torch.tensor(ours["mixed"]).double(), theirs, atol=1e-9)
        drawn = theirs.round().clamp(0, 255).tolist()
        near_half = ((theirs * 2) - (theirs * 2).round()).abs() < 1e-6  # rounding may tip over
        for level, wanted, is_free in zip(ours["levels"], drawn, near_half.tolist(), strict=True):
            assert level == wanted or is_free and abs(level - wanted) <= 1


def test_what_meets_at_a_pixel_is_that_of_torch(cases, found):
    for (pixels, matrix, at, _), ours in zip(cases, found, strict=True):
        pixel = pixels.flatten(1)[:, at].double()
        meeting = ours["meeting"]
        assert meeting["pixel"] == pixel.tolist()
        assert torch.allclose(torch.tensor(meeting["products"]).double(), matrix * pixel)
        assert torch.allclose(torch.tensor(meeting["sums"]).double(), matrix @ pixel)
        everywhere = torch.tensor(ours["levels"]).view(3, -1)
        assert meeting["levels"] == everywhere[:, at].tolist()


def test_small_pictures_show_every_step_th_pixel_and_cells_a_channel_times_a_weight(cases, found):
    for (pixels, matrix, _, step), ours in zip(cases, found, strict=True):
        assert ours["thinned"] == pixels[:, ::step, ::step].flatten().tolist()
        wanted = pixels.flatten().double() * matrix[0, 1]
        assert torch.allclose(torch.tensor(ours["weighed"]).double(), wanted)


def test_rows_are_equal_where_all_entries_are(open_module):
    row = [0.3, 0.6, 0.1]
    others = [[*row[:place], row[place] + 0.05, *row[place + 1 :]] for place in range(3)]
    matrices = [[row] * 3, *([row, row, other] for other in others), [row, others[0], row]]
    calls = [("hasEqualRows", matrix) for matrix in matrices] + [("spread", [1, 2, 6])]
    assert open_module("channel_mixer/math").call_each(calls) == [True, *[False] * 4, 2]
