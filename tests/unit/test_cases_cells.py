import torch

from utils.cases.cells import cell_outputs, owned_boxes
from utils.detection.grid import owners


def test_objects_include_lines_edges_twins_and_nothing():
    cases = owned_boxes()
    assert {side for *_, side in cases} == {1, 2, 4, 8, 16}
    found = [owners(boxes, names, size=64, side=side) for boxes, names, side in cases]
    places = torch.cat([each.place.flatten() for each in found])
    assert places.min() < 0 and (places == 0).any() and (places == 1).any() and places.max() > 1
    lost = [
        int((names >= 0).sum() - each.kept.sum())
        for (_, names, _), each in zip(cases, found, strict=True)
    ]
    assert lost[0] > 10 and lost[-3:] == [3, 2, 0]
    assert not found[-1].kept.any()


def test_outputs_meet_targets_with_many_few_and_no_objects():
    for copies in (1, 2, 3):
        cases = cell_outputs(copies=copies)
        shares = [more["target"][..., 4].mean().item() for _, more in cases]
        assert shares[0] > 0 and shares[1] == 1 and shares[2] == 0 and shares[3] == 1
        for out, more in cases:
            assert out.dtype == more["target"].dtype == torch.float64
            assert out.movedim(1, -1).shape == more["target"].shape
            assert out.shape[1] == 5 * copies + 10
