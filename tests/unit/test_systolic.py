import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import systolic
from utils.checks import assert_same, assert_same_gradients

SIDES = st.integers(1, 6)


def matrices(*shapes, seed=0, dtype=torch.float64):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=generator, dtype=dtype) for shape in shapes]


@settings(deadline=None, max_examples=40)
@given(SIDES, SIDES, SIDES, st.integers(0, 99))
def test_both_arrays_multiply_as_torch_does(m, k, n, seed):
    a, b = matrices((m, k), (k, n), seed=seed)
    for ours in (systolic.matmul, systolic.stream):
        assert_same(ours(a, b), a @ b)
        assert_same_gradients(ours, torch.matmul, a, b)


@settings(deadline=None, max_examples=40)
@given(SIDES, SIDES, SIDES, st.integers(1, 4))
def test_stacked_products_follow_each_other(m, k, n, products):
    a, b = matrices((products, m, k), (products, k, n))
    assert_same(systolic.matmul(a, b), a @ b)
    moments = list(systolic.output_stationary(a, b))
    assert len(moments) == products * k + m + n - 2
    assert len(moments) == systolic.count_cycles(m, k, n, products=products)
    busy = torch.stack([moment.busy for moment in moments])
    assert (busy.sum(0) == products * k).all()
    for cycle, now in enumerate(busy):
        for i in range(m):
            for j in range(n):
                assert now[i, j] == (0 <= cycle - i - j < products * k)


@settings(deadline=None, max_examples=40)
@given(SIDES, SIDES, SIDES)
def test_standing_weights_take_as_many_cycles(m, k, n):
    x, weight = matrices((m, k), (k, n))
    moments = list(systolic.weight_stationary(x, weight))
    assert len(moments) == m + k + n - 2 == systolic.count_cycles(m, k, n)
    assert sum(int(moment.busy.sum()) for moment in moments) == m * k * n
    assert all(torch.equal(moment.down, weight) for moment in moments)
    assert moments[-1].busy[-1, -1] and moments[0].busy.sum() == 1


@settings(deadline=None, max_examples=40)
@given(SIDES, SIDES, SIDES, st.integers(1, 4), st.integers(1, 4))
def test_tiles_multiply_matrices_of_any_size(m, k, n, high, wide):
    a, b = matrices((m, k), (k, n))
    assert_same(systolic.tiled(a, b, (high, wide)), a @ b)
    tiles = -(-m // high) * -(-n // wide)
    cycles = tiles * k + high + wide - 2
    share = systolic.utilisation(m, k, n, (high, wide))
    assert share == pytest.approx(m * k * n / (high * wide * cycles)) and share <= 1


def test_a_product_by_hand():
    a, b = torch.tensor([[1.0, 2], [3, 4]]), torch.tensor([[5.0, 6], [7, 8]])
    sums = [moment.sums.tolist() for moment in systolic.output_stationary(a, b)]
    assert sums == [
        [[5, 0], [0, 0]],
        [[19, 6], [15, 0]],
        [[19, 22], [43, 18]],
        [[19, 22], [43, 50]],
    ]
    first = next(iter(systolic.output_stationary(a, b)))
    assert first.across.tolist() == [[1, 0], [0, 0]] and first.down.tolist() == [[5, 0], [0, 0]]
    sums = [moment.sums[-1].tolist() for moment in systolic.weight_stationary(a, b)]
    assert sums == [[0, 0], [19, 0], [43, 22], [0, 50]]


def test_integers_stay_integers():
    a = torch.tensor([[100, -3]], dtype=torch.int32)
    found = systolic.tiled(a, a.T, (3, 2))
    assert found.dtype == torch.int32 and found.tolist() == [[10009]]


def test_known_shares():
    assert systolic.utilisation(4, 4, 4, (4, 4)) == pytest.approx(4 / 10)
    assert systolic.utilisation(4, 4, 4, (4, 4), products=100) == pytest.approx(400 / 406)
    assert systolic.utilisation(5, 10**6, 4, (4, 4)) == pytest.approx(5 / 8, abs=1e-4)


@pytest.mark.parametrize(
    "shapes",
    [
        ((2, 3), (2, 3)),
        ((2, 0), (0, 3)),
        ((0, 2), (2, 3)),
        ((2,), (2, 3)),
        ((2, 2, 3), (3, 3, 2)),
        ((2, 2, 3), (3, 2)),
        ((2, 3), (3, 0)),
    ],
)
def test_what_does_not_fit_is_refused(shapes):
    a, b = (torch.ones(shape) for shape in shapes)
    for run in (systolic.matmul, systolic.stream, lambda a, b: systolic.tiled(a, b, (2, 2))):
        with pytest.raises(ValueError, match="at least 1|multiplies"):
            run(a, b)


@pytest.mark.parametrize("sides", [(0, 1, 1), (1, 0, 1), (1, 1, -1)])
def test_counts_need_sides(sides):
    with pytest.raises(ValueError, match="at least 1"):
        systolic.count_cycles(*sides)
    with pytest.raises(ValueError, match="at least 1"):
        systolic.count_cycles(1, 1, 1, products=0)


@pytest.mark.parametrize("array", [(0, 2), (2, 0), (-1, 2)])
def test_an_array_needs_cells(array):
    with pytest.raises(ValueError, match="at least one cell"):
        systolic.utilisation(2, 2, 2, array)
    with pytest.raises(ValueError, match="at least one cell"):
        systolic.tiled(torch.ones(2, 2), torch.ones(2, 2), array)
