"""utils.cases.masks: the edges are among the cases, and a seed draws them."""

import pytest
import torch

from utils.cases.masks import CLASSES, IGNORED, mask_pairs, pixel_scores


def test_pairs_of_masks_have_the_edges():
    cases = mask_pairs(3, device="cpu")
    before = torch.get_rng_state()
    for (one, two, _), (same, alike, _) in zip(cases, mask_pairs(3, device="cpu"), strict=True):
        assert torch.equal(one, same) and torch.equal(two, alike)
    assert torch.equal(before, torch.get_rng_state())
    assert not torch.equal(mask_pairs(4, device="cpu")[0][0], cases[0][0])
    assert {x.dtype for case in cases for x in case[:2]} == {torch.int64}
    assert {case[2] for case in cases} == {CLASSES}
    for predicted, target, classes in cases:
        assert predicted.shape == target.shape
        assert ((target < classes) | (target == IGNORED)).all()
        assert ((predicted >= 0) & (predicted < classes)).all()
    ignored = [(target == IGNORED).float().mean().item() for _, target, _ in cases]
    assert 0 < ignored[1] < 0.5 and ignored[5] == 1 and cases[-1][0].numel() == 0
    present = [set(p.unique().tolist()) | set(t.unique().tolist()) for p, t, _ in cases]
    assert {0, 1, 2, 3} in present and {0, 2} in present and {0} in present
    assert set(cases[2][0].unique().tolist()) != set(cases[2][1].unique().tolist())
    assert (cases[6][0] != cases[6][1]).all()


def test_scores_come_with_classes_that_they_have():
    for dtype in (torch.float32, torch.float64):
        cases = pixel_scores(dtype=dtype, device="cpu")
        for scores, target in cases:
            assert scores.dtype == dtype and target.dtype == torch.int64
            assert target.shape == (len(scores), *scores.shape[2:])
            assert (target[target != IGNORED] < scores.shape[1]).all()
            assert (target != IGNORED).any()
    assert any((target == IGNORED).any() for _, target in cases)
    assert max(scores.abs().max() for scores, _ in cases) == 200
    assert len(pixel_scores(device="cpu")) == 2 * len(cases)
    with pytest.raises(ValueError, match="floating-point"):
        pixel_scores(dtype=torch.int64)


def test_the_device_in_use_is_the_default(monkeypatch):
    monkeypatch.setattr("utils.repro.device", lambda: torch.device("meta"))
    for case in (*mask_pairs(), *pixel_scores()):
        assert {x.device.type for x in case if isinstance(x, torch.Tensor)} == {"meta"}
