"""The arithmetic of the kernel stamps, in Chromium, against torch."""

import itertools

import pytest
import torch
import torch.nn.functional as F

from utils.widgets.kernel_stamps import INPUT, KernelStamps, kernel_values

SETTINGS = [
    {"kernel_size": k, "stride": s, "padding": p}
    for k, s, p in itertools.product(range(1, 6), range(1, 4), range(3))
]
X = torch.tensor(INPUT).double()[None, None]
ONES = torch.ones_like(X)
BATCH = """(module, all) => all.map((settings) => {
    const now = module.scene(settings);
    const input = module.stretched(now);
    const rows = Array.from({ length: input.side }, (_, i) => i + input.first);
    const places = Array.from({ length: Math.max(0, now.side) }, (_, i) => i);
    const pixels = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => [i, j]));
    const windows = places.map((i) => places.map((j) => module.windowOf(now, [i, j])));
    return {
        ...now,
        phases: module.phaseCounts(now.k, now.s),
        isEven: module.isEven(now),
        isDoubled: module.isDoubled(settings),
        stamps: pixels.map((pixel) => module.stampOf(now, pixel)),
        canvases: [0, 1, 6, 16].map((count) => module.canvasAfter(now, count)),
        cells: rows.map((i) => rows.map((j) => input.at(i, j))),
        sums: windows.map((row) => row.map(({ sum }) => sum)),
        windows,
        first: input.first,
        reaching: module.reaching(now, [now.full - 1, now.s]).length,
        seen: module.seenBy(now, [0, now.s]),
    };
})"""


def kernel_of(settings):
    return kernel_values(settings["kernel_size"])[None, None]


@pytest.fixture(scope="module")
def found(open_module):
    ours = open_module("kernel_stamps/math").module.evaluate(BATCH, SETTINGS)
    assert len(ours) == len(SETTINGS) == 45
    return [*zip(SETTINGS, ours, strict=True)]


def test_canvases_and_counts_are_those_of_torch(found):
    for settings, ours in found:
        kernel, stride = kernel_of(settings), settings["stride"]
        for count, canvas in zip((0, 1, 6, 16), ours["canvases"], strict=True):
            x = X.flatten().where(torch.arange(16) < count, 0).view_as(X)
            assert canvas == F.conv_transpose2d(x, kernel, stride=stride)[0, 0].tolist()
        assert ours["canvas"] == ours["canvases"][-1]
        counts = F.conv_transpose2d(ONES, torch.ones_like(kernel), stride=stride)[0, 0]
        assert torch.outer(*[torch.tensor(ours["counts"])] * 2).tolist() == counts.tolist()
        assert ours["side"] == KernelStamps(**settings).size


def test_stamps_are_the_kernel_times_the_pixel_at_its_place(found):
    for settings, ours in found:
        total = torch.zeros(ours["full"], ours["full"])
        for stamp, value in zip(ours["stamps"], X.flatten().tolist(), strict=True):
            assert torch.tensor(stamp["values"]).equal((value * kernel_of(settings)[0, 0]).long())
            rows = slice(stamp["top"], stamp["top"] + stamp["side"])
            columns = slice(stamp["left"], stamp["left"] + stamp["side"])
            total[rows, columns] += torch.tensor(stamp["values"])
        assert total.tolist() == ours["canvas"]


def test_the_stretched_input_and_its_windows_are_those_of_a_convolution(found):
    for settings, ours in found:
        s, edge = settings["stride"], ours["edge"]
        inner = 3 * s + 1
        z = torch.zeros(1, 1, inner, inner).double()
        z[..., ::s, ::s] = X
        around = max(0, edge)
        padded = F.pad(z, [around] * 4)[0, 0]
        assert [[cell["value"] for cell in row] for row in ours["cells"]] == padded.tolist()
        assert ours["first"] == -around
        kinds = [cell["kind"] for row in ours["cells"] for cell in row]
        assert kinds.count("plain") == 16
        assert kinds.count("padding") == padded.numel() - inner**2
        if ours["side"] < 1:
            assert ours["sums"] == []
            continue
        kernel, p = kernel_of(settings), settings["padding"]
        wanted = F.conv_transpose2d(X, kernel, stride=s, padding=p)[0, 0].tolist()
        assert ours["sums"] == wanted
        corner = ours["windows"][0][0]
        assert (corner["top"], corner["left"]) == (-edge, -edge)
        products = torch.tensor(ours["windows"][-1][-1]["products"])
        assert products.shape == kernel.shape[2:] and products.sum() == wanted[-1][-1]


def test_who_reaches_and_who_sees_follows_from_gradients(found):
    for settings, ours in found:
        kernel, s = torch.ones_like(kernel_of(settings)), settings["stride"]
        x = ONES.clone().requires_grad_()
        y = F.conv_transpose2d(x, kernel, stride=s)
        (slope,) = torch.autograd.grad(y[0, 0, -1, s], x)
        assert ours["reaching"] == slope.count_nonzero()
        if ours["side"] < 1:
            assert ours["seen"] == []
            continue
        z = torch.ones(1, 1, 3 * s + 1, 3 * s + 1).double().requires_grad_()
        y = F.conv2d(F.pad(z, [ours["edge"]] * 4), kernel)[0, 0]
        wanted = [
            [row, column]
            for row, column in itertools.product(range(len(y)), repeat=2)
            if torch.autograd.grad(y[row, column], z, retain_graph=True)[0][0, 0, 0, s]
        ]
        assert ours["seen"] == wanted


def test_even_means_equal_counts_far_from_the_edges_and_the_task_wants_them(found):
    done = []
    for settings, ours in found:
        k, s = settings["kernel_size"], settings["stride"]
        wide = torch.ones(1, 1, 12).double()
        counts = F.conv_transpose1d(wide, torch.ones(1, 1, k).double(), stride=s)[0, 0]
        middle = counts[6 * s : 7 * s].tolist()
        assert sorted(middle) == sorted(ours["phases"])
        assert ours["isEven"] == (k % s == 0) == (len(set(middle)) == 1)
        if ours["isDoubled"]:
            done.append((k, s, settings["padding"]))
    assert done == [(2, 2, 0), (4, 2, 1)]


def test_the_demos_numbers_are_the_same_in_python(open_module):
    module = open_module("kernel_stamps/math")
    assert module.module.evaluate("(module) => module.INPUT") == [list(row) for row in INPUT]
    kernels = module.call_each([("kernelOf", k) for k in range(1, 6)])
    for k, kernel in enumerate(kernels, start=1):
        assert kernel == kernel_values(k).tolist()
        assert k == 1 or kernel != kernel_values(k).flip(0, 1).tolist()
    cells = module.call_each([("following", 3, cell) for cell in ([0, 0], [0, 2], [2, 2])])
    assert cells == [[0, 1], [1, 0], None]
