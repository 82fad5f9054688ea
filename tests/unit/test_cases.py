import inspect

import pytest
import torch
import torch.nn.functional as F

from utils import cases
from utils.boxes.overlap import iou

MAKERS = [
    cases.vectors,
    cases.matrices,
    cases.logits,
    cases.networks,
    cases.convolutions,
    cases.transposed_convolutions,
    cases.pools,
    cases.boxes,
    cases.detections,
    cases.regions,
    cases.regressions,
    cases.residuals,
]
IDS = [maker.__name__ for maker in MAKERS]


def tensors(case):
    return [part for part in case if isinstance(part, torch.Tensor)]


def test_all_public_functions_are_tried():
    public = {n for n, f in inspect.getmembers(cases, inspect.isfunction) if not n.startswith("_")}
    assert public == set(IDS)


@pytest.mark.parametrize("maker", MAKERS, ids=IDS)
def test_a_seed_gives_the_same_numbers_in_all_dtypes_and_leaves_the_global_state(maker):
    before = torch.get_rng_state()
    both, again = maker(3, device="cpu"), maker(3, device="cpu")
    assert torch.equal(before, torch.get_rng_state())
    for one, other in zip(both, again, strict=True):
        assert all(map(torch.equal, tensors(one), tensors(other)))
    double = maker(3, dtype=torch.float64, device="cpu")
    assert len(both) == 2 * len(double)
    for single, twice in zip(both[::2], double, strict=True):
        for x, y in zip(tensors(single), tensors(twice), strict=True):
            assert torch.equal(x, y.to(x.dtype))
    other_seed = maker(4, dtype=torch.float64, device="cpu")
    assert any(not torch.equal(x[0], y[0]) for x, y in zip(double, other_seed, strict=True))


@pytest.mark.parametrize("maker", MAKERS, ids=IDS)
def test_the_device_in_use_is_the_default(maker, monkeypatch):
    monkeypatch.setattr("utils.repro.device", lambda: torch.device("meta"))
    assert {x.device.type for case in maker() for x in tensors(case)} == {"meta"}


@pytest.mark.parametrize("maker", MAKERS, ids=IDS)
def test_integers_are_no_dtype(maker):
    with pytest.raises(ValueError, match="floating-point"):
        maker(dtype=torch.int64)


def test_vectors_and_matrices_have_the_edges():
    (xs,) = zip(*cases.vectors(device="cpu", dtype=torch.float64), strict=True)
    assert {x.numel() for x in xs} >= {0, 1}
    assert any((x == x.max()).sum() == 2 and (x == x.min()).sum() == 2 for x in xs if x.numel())
    assert any(x.numel() > 1 and (x == x[0]).all() for x in xs)
    assert any(x.numel() and x.abs().max() / x[x != 0].abs().min() > 1e9 for x in xs)
    (xs,) = zip(*cases.matrices(device="cpu", dtype=torch.float64), strict=True)
    shapes = {tuple(x.shape) for x in xs}
    assert {min(s) for s in shapes} >= {0, 1}
    assert any(h == w > 1 for h, w in shapes)
    assert any(h > w for h, w in shapes) and any(0 < h < w for h, w in shapes)


def test_logits_have_ties_a_tail_and_what_overflows():
    (xs,) = zip(*cases.logits(device="cpu", dtype=torch.float32), strict=True)
    assert {x.shape[0] for x in xs} >= {1, 3} and {x.shape[1] for x in xs} >= {1, 2, 10}
    assert any(((x == x.amax(1, keepdim=True)).sum(1) == 2).all() for x in xs)
    assert any(not x.exp().isfinite().all() for x in xs)
    smallest = [F.softmax(x, 1)[F.softmax(x, 1) > 0].min() for x in xs]
    assert min(smallest) < 1e-20


def test_labels_are_classes_and_reach_the_last_one():
    for x, y in cases.logits(labels=True, device="cpu"):
        assert y.dtype == torch.int64 and y.shape == x.shape[:1]
        assert y.min() >= 0 and y.max() < x.shape[1]
    assert any(y.max() == x.shape[1] - 1 > 0 for x, y in cases.logits(labels=True, device="cpu"))


@pytest.mark.parametrize("batched", [False, True])
def test_torch_takes_every_convolution(batched):
    shapes = set()
    for x, kernel, settings in cases.convolutions(batched=batched, device="cpu"):
        shapes.add(tuple(x.shape[:2]) + tuple(kernel.shape[:1]))
        if not batched:
            x, kernel = x[None, None], kernel[None, None]
        assert F.conv2d(x, kernel, **settings).numel()
    if batched:
        assert {(1, 1, 1)} < shapes
        assert any(
            batch > 1 and channels > 1 and filters > 1 for batch, channels, filters in shapes
        )


def test_convolutions_have_the_edges():
    rows = [(image, kernel, *rest) for image, kernel, *rest in cases.CONVOLUTIONS]

    def rest(size, kernel, padding, stride, dilation):
        return (size + 2 * padding - dilation * (kernel - 1) - 1) % stride

    assert any(k[0] % 2 == k[1] % 2 == 0 for _, k, *_ in rows)
    assert any(k[0] != k[1] for _, k, *_ in rows)
    assert any(x == k for x, k, *_ in rows)
    assert any(p >= k[0] for _, k, p, _, _ in rows)
    assert any(s > k[0] for _, k, _, s, _ in rows)
    assert any(d > 1 for *_, d in rows)
    assert any(rest(x[0], k[0], *s) != 0 for x, k, *s in rows)
    assert any(rest(x[0], k[0], *s) == 0 != rest(x[1], k[1], *s) for x, k, *s in rows)


def test_torch_takes_every_grouped_convolution_and_groups_matter():
    seen = set()
    for x, kernel, settings in cases.convolutions(grouped=True, device="cpu"):
        assert F.conv2d(x, kernel, **settings).numel()
        seen.add((settings["groups"], x.shape[1], kernel.shape[0]))
    assert seen == set(cases.GROUPS)
    assert any(groups == channels > 1 for groups, channels, _ in seen), "depthwise"
    assert any(1 < groups < channels for groups, channels, _ in seen)


def test_transposed_convolutions_have_the_edges():
    seen = set()
    for x, kernel, settings in cases.transposed_convolutions(device="cpu"):
        assert F.conv_transpose2d(x, kernel, **settings).numel()
        groups = settings["groups"]
        seen.add((groups, x.shape[1], groups * kernel.shape[1]))
    assert seen == set(cases.GROUPS)
    rows = [(image, kernel[0], *rest) for image, kernel, *rest in cases.TRANSPOSED]
    assert any(x == (1, 1) for x, *_ in rows)
    assert any(1 < s < k and k % s for _, k, _, s, *_ in rows), "uneven overlap"
    assert any(1 < s < k and not k % s for _, k, _, s, *_ in rows), "even overlap"
    assert any(s > k for _, k, _, s, *_ in rows), "gaps"
    assert any(p >= k > 1 for _, k, p, *_ in rows)
    assert any(0 < extra < s for *_, s, _, extra in rows)
    assert any(s <= extra < d for *_, s, d, extra in rows)
    assert any(d > 1 for *_, d, _ in rows)


def test_pools_have_the_edges():
    drawn = cases.pools(device="cpu", dtype=torch.float64)
    for x, settings in drawn:
        assert F.max_pool2d(x, **settings).numel() and F.avg_pool2d(x, **settings).numel()
    sizes = [s["kernel_size"] for _, s in drawn if isinstance(s["kernel_size"], int)]
    strides = [s["stride"] for _, s in drawn if isinstance(s["stride"], int)]
    assert any(k > s for k, s in zip(sizes, strides, strict=False)), "overlap"
    assert any(k < s for k, s in zip(sizes, strides, strict=False)), "gaps"
    assert any(s["padding"] == 1 and (x < 0).all() for x, s in drawn)
    x, settings = drawn[-1]
    windows = F.unfold(x, **settings).reshape(1, x.shape[1], 4, -1)
    assert ((windows == windows.amax(2, keepdim=True)).sum(2) == 2).all()


def test_networks_have_the_edges():
    drawn = cases.networks(device="cpu", dtype=torch.float64)
    assert all(len(case) == 5 for case in drawn)
    hidden = [X @ W1.T + b1 for X, W1, b1, _, _ in drawn]
    outputs = [h.relu() @ W2.T + b2 for h, (*_, W2, b2) in zip(hidden, drawn, strict=True)]
    assert {len(X) for X, *_ in drawn} >= {0, 1}
    assert {h.shape[1] for h in hidden} >= {1} and {o.shape[1] for o in outputs} >= {1}
    assert any(h.numel() and (h < 0).all() for h in hidden)
    assert any(h.numel() and (h == 0).all() for h in hidden)
    assert any(o.numel() and o.abs().max() > 1000 for o in outputs)
    shapes = [tuple(W1.shape) + tuple(W2.shape) for _, W1, _, W2, _ in drawn]
    assert any(len(set(s)) == 1 for s in shapes), "square: a transposed matrix fits"
    assert any(len(set(s)) == 3 for s in shapes), "a transposed matrix fits nowhere"


def test_boxes_have_the_edges():
    xs = [x for (x,) in cases.boxes(device="cpu", dtype=torch.float64)]
    assert any(x.numel() == 0 for x in xs)
    assert {x.ndim for x in xs} == {1, 2, 3}
    flat = torch.cat([x.reshape(-1, 4) for x in xs])
    wide, high = flat[:, 2] - flat[:, 0], flat[:, 3] - flat[:, 1]
    assert (wide >= 0).all() and (high >= 0).all()
    for is_flat in (wide == 0) & (high > 0), (wide > 0) & (high == 0), (wide == 0) & (high == 0):
        assert is_flat.any()
    height, width = 8, 10
    left, top, right, bottom = flat.T
    for is_beyond in left < 0, top < 0, right > width, bottom > height, right < 0:
        assert is_beyond.any()
    assert (flat != flat.round()).any()


def test_detections_have_ties_and_thresholds_that_are_hit():
    found = cases.detections(classes=True, device="cpu", dtype=torch.float64)
    assert {len(boxes) for boxes, *_ in found} >= {0, 1, 30}
    assert all((boxes >= 0).all() and (boxes[:, 2:] >= boxes[:, :2]).all() for boxes, *_ in found)
    assert any(len(scores.unique()) < len(scores) > 16 for _, scores, *_ in found)
    pairs = [(iou(boxes[:1], boxes[1:]).item(), t) for boxes, *_, t in found if len(boxes) == 2]
    assert pairs == [(tenths / 10, tenths / 10) for tenths in range(1, 10)]
    for (boxes, scores, classes, threshold), plain in zip(
        found, cases.detections(device="cpu", dtype=torch.float64), strict=True
    ):
        assert boxes.shape[:1] == scores.shape == classes.shape
        assert torch.equal(boxes, plain[0])
        assert threshold == plain[2]
