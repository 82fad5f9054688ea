"""The walk through a step in the browser, against Python's."""

from utils.checkpointing import peak_held, step_moments

NETS = [(n, k) for n in (1, 2, 7, 8, 16, 25, 30, 36) for k in range(1, n + 1)]


def test_the_moments_are_those_of_python(open_module):
    found = open_module("checkpoint_segments/math").call_each([("moments", *net) for net in NETS])
    for net, moments in zip(NETS, found, strict=True):
        wanted = [
            {"kind": kind, "layer": layer, "held": list(held)}
            for kind, layer, held in step_moments(*net)
        ]
        assert moments == wanted, net


def test_the_peaks_are_those_of_python(open_module):
    module = open_module("checkpoint_segments/math")
    assert module.call_each([("peak", *net) for net in NETS]) == [peak_held(*n) for n in NETS]
    (all_of_them,) = module.call_each([("peaks", 25)])
    assert all_of_them == [peak_held(25, k) for k in range(1, 26)]
