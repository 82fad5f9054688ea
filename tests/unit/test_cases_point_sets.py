import pytest
import torch

from utils.cases.point_sets import SIZES, point_sets


def test_sizes_norms_and_dtypes_are_those_promised():
    cases = point_sets(device="cpu")
    assert len(cases) == 4 * len(SIZES)
    assert [(*a.shape, len(b)) for a, b, _ in cases[::4]] == [(n, d, m) for n, m, d in SIZES]
    assert all(a.shape[1] == b.shape[1] and a.dtype == b.dtype for a, b, _ in cases)
    assert [p for *_, p in cases] == [1, 1, 2, 2] * len(SIZES)
    assert [a.dtype for a, *_ in cases[:2]] == [torch.float32, torch.float64]


def test_no_two_points_coincide_in_any_coordinate():
    for seed in range(5):
        for a, b, _ in point_sets(seed, dtype=torch.float64, device="cpu"):
            assert ((a[:, None] - b[None]).abs() > 1e-5).all()


def test_a_seed_gives_the_same_numbers_and_leaves_the_global_state():
    before = torch.get_rng_state()
    one, again, other = (point_sets(seed, device="cpu") for seed in (3, 3, 4))
    assert torch.equal(before, torch.get_rng_state())
    for left, right in zip(one, again, strict=True):
        assert all(map(torch.equal, left[:2], right[:2]))
    assert not torch.equal(one[0][0], other[0][0])
    assert all(torch.equal(x.float(), y) for x, y in zip(one[1][:2], one[0][:2], strict=True))


def test_the_device_in_use_is_the_default(monkeypatch):
    monkeypatch.setattr("utils.repro.device", lambda: torch.device("meta"))
    assert {x.device.type for case in point_sets() for x in case[:2]} == {"meta"}


def test_integers_are_no_dtype():
    with pytest.raises(ValueError, match="floating-point"):
        point_sets(dtype=torch.int64)
