import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.number_formats import laid_out, rounding_to
from utils.train import fit

LAST = torch.channels_last


def small_net():
    torch.manual_seed(0)
    body = [nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*body, nn.Conv2d(8, 4, 3), nn.Flatten(), nn.Linear(4, 2))


def trained(net, **settings):
    """Train on noise; return the net, and by step what its two convolutions took and gave."""
    seen = []
    for layer in (net[0], net[4]):
        layer.register_forward_hook(lambda _, taken, given: seen.append((taken[0], given)))
    generator = torch.Generator().manual_seed(1)
    images = torch.randn(40, 3, 8, 8, generator=generator)
    labels = (images.mean(dim=(1, 2, 3)) > 0).long()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    settings = {"loss": F.cross_entropy, "epochs": 3, "batch_size": 8, "live": False, **settings}
    history = fit(net, (images, labels), optimizer=optimizer, generator=generator, **settings)
    return net, history, seen[2:]  # before the first step, one image counts the classes


def weights(net):
    return torch.cat([parameter.detach().flatten() for parameter in net.parameters()])


def test_another_order_in_memory_trains_to_the_same_weights():
    net, _, seen = trained(small_net())
    other, _, there = trained(small_net(), memory_format=LAST)
    torch.testing.assert_close(weights(net), weights(other), rtol=1e-4, atol=1e-5)
    assert all(taken.is_contiguous() and given.is_contiguous() for taken, given in seen)
    assert all(t.is_contiguous(memory_format=LAST) for pair in there for t in pair)
    assert other[0].weight.is_contiguous(memory_format=LAST)
    assert not other[0].weight.is_contiguous()


def test_rounded_products_train_to_other_weights_that_keep_their_dtype():
    net, exact, _ = trained(small_net())
    other, rounded, seen = trained(small_net(), dtype=torch.bfloat16)
    assert {given.dtype for _, given in seen} == {torch.bfloat16}
    assert weights(other).dtype == torch.float32
    apart = (weights(net) - weights(other)).abs().max().item()
    assert 1e-4 < apart < 0.1
    assert rounded.train_loss[-1] == pytest.approx(exact.train_loss[-1], rel=0.05)
    assert not torch.is_autocast_enabled("cpu")


def test_what_has_not_four_axes_stays_as_it_lies():
    rows = torch.randn(5, 4)
    assert laid_out(rows, LAST) is rows
    images = torch.randn(2, 3, 4, 4)
    assert laid_out(images, torch.preserve_format) is images
    assert laid_out(images, LAST).stride() == (48, 1, 12, 3)
    assert laid_out(laid_out(images, LAST), torch.contiguous_format).is_contiguous()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"dtype": torch.float16}, "dtype must be None or torch.bfloat16, got torch.float16"),
        ({"memory_format": torch.channels_last_3d}, "memory_format must be one of .*got"),
        ({"memory_format": "channels_last"}, "memory_format must be one of .*got 'channels_last'"),
    ],
)
def test_other_formats_are_refused_before_anything_is_trained(settings, message):
    net = small_net()
    before = weights(net)
    with pytest.raises(ValueError, match=message):
        trained(net, **settings)
    assert torch.equal(weights(net), before)


def test_a_function_has_no_kernels_to_move():
    with pytest.raises(ValueError, match=r"needs an nn\.Module"):
        laid_out(lambda x: x, LAST)


def test_no_dtype_rounds_nothing():
    with rounding_to(None, torch.device("cpu")):
        assert not torch.is_autocast_enabled("cpu")
