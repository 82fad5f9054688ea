import torch

from utils.cases import residuals


def test_kinks_thresholds_and_huge_residuals_come_first_and_are_not_rounded():
    for p, t in residuals()[:2]:
        r = (p - t).tolist()
        assert {0.0, 1.0, -1.0, 2.5, -2.5} <= set(r) and max(r) == -min(r) == 1e6
        assert 0 < min(map(abs, filter(None, r))) < 1e-5


def test_the_empty_batch_is_left_out_on_demand():
    empty = [p.numel() == 0 for p, _ in residuals()]
    assert sum(empty) == 2 and len(residuals(empty=False)) == len(empty) - 2
    assert all(p.numel() for p, _ in residuals(empty=False))


def test_both_dtypes_or_the_one_asked_for_and_pairs_of_one_shape():
    assert [p.dtype for p, _ in residuals()[:2]] == [torch.float32, torch.float64]
    for p, t in residuals(3, dtype=torch.float32, device="cpu"):
        assert p.shape == t.shape and p.dtype == t.dtype == torch.float32
        assert p.device.type == "cpu"


def test_another_seed_draws_others_and_keeps_the_awkward_ones():
    one, other = residuals(0, device="cpu"), residuals(1, device="cpu")
    assert torch.equal(one[0][0], other[0][0]) and not torch.equal(one[8][0], other[8][0])
