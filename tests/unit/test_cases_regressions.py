import pytest
import torch

from utils.cases import regressions


def is_unique(X):
    return torch.linalg.matrix_rank(X.double(), rtol=1e-6).item() == X.shape[1]


def test_shapes_fit_and_a_case_of_each_kind_is_there():
    found = regressions(dtype=torch.float64, device="cpu")
    for X, y, w in found:
        assert y.shape == X.shape[:1] and w.shape == X.shape[1:]
    assert any(len(X) == 1 for X, _, _ in found) and any(X.shape[1] == 1 for X, _, _ in found)
    assert any(len(X) < X.shape[1] for X, _, _ in found)
    assert any(len(X) == X.shape[1] > 1 for X, _, _ in found)
    assert any(torch.allclose(X @ w, y) for X, y, w in found)
    assert any((X == 0).all(0).any() for X, _, _ in found)
    lengths = [X.norm(dim=0) for X, _, _ in found if len(X) > 1]
    assert any(length.max() > 20 * length.min() > 0 for length in lengths)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_unique_leaves_out_what_has_many_best_weights(dtype):
    some = regressions(unique=True, dtype=dtype, device="cpu")
    both = regressions(dtype=dtype, device="cpu")
    assert len(some) == 7 and len(both) == 11
    assert all(is_unique(X) for X, _, _ in some)
    assert not any(is_unique(X) for X, _, _ in both[7:])
    assert all(torch.equal(X, Y) for (X, _, _), (Y, _, _) in zip(some, both[:7], strict=True))
