"""Minibatches: each example once, the same order everywhere, clear errors."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from utils.data.batches import minibatches


@given(
    length=st.integers(0, 40),
    batch_size=st.integers(1, 45),
    shuffle=st.booleans(),
    drop_last=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_an_epoch_meets_every_example_once(length, batch_size, shuffle, drop_last, seed):
    inputs = torch.arange(3 * length).reshape(length, 3)
    targets = torch.arange(length)
    generator = torch.Generator().manual_seed(seed)
    batches = list(
        minibatches(
            inputs,
            targets,
            batch_size=batch_size,
            generator=generator,
            shuffle=shuffle,
            drop_last=drop_last,
        )
    )
    sizes = [len(y) for _, y in batches]
    full, rest = divmod(length, batch_size)
    assert sizes == [batch_size] * full + [rest] * (rest > 0 and not drop_last)
    met = torch.cat([targets[:0], *(y for _, y in batches)])
    assert len(set(met.tolist())) == len(met) == sum(sizes)
    for x, y in batches:
        assert torch.equal(x, inputs[y])
    if not shuffle:
        assert torch.equal(met, targets[: len(met)])


def test_the_same_generator_state_gives_the_same_order():
    data = torch.arange(100)

    def epoch(seed):
        generator = torch.Generator().manual_seed(seed)
        return torch.cat([x for (x,) in minibatches(data, batch_size=7, generator=generator)])

    assert torch.equal(epoch(3), epoch(3))
    assert not torch.equal(epoch(3), epoch(4))


def test_the_generator_moves_on_from_epoch_to_epoch():
    data, generator = torch.arange(100), torch.Generator().manual_seed(0)
    (first,), (second,) = (
        next(minibatches(data, batch_size=100, generator=generator)) for _ in range(2)
    )
    assert not torch.equal(first, second)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_the_order_is_the_same_on_a_gpu():
    def epoch(device):
        generator, data = torch.Generator().manual_seed(0), torch.arange(100, device=device)
        batches = [x for (x,) in minibatches(data, batch_size=7, generator=generator)]
        assert {x.device.type for x in batches} == {device}
        return torch.cat(batches).cpu()

    assert torch.equal(epoch("cpu"), epoch("cuda"))


def test_every_batch_stays_on_its_tensors_device():
    on_meta = torch.empty(5, 2, device="meta")
    for x, y in minibatches(on_meta, torch.arange(5), batch_size=2):
        assert (x.device.type, y.device.type) == ("meta", "cpu")


@pytest.mark.parametrize(
    ("tensors", "options", "error", "message"),
    [
        ((), {}, ValueError, "at least one tensor"),
        (([1, 2],), {}, TypeError, "takes tensors, got a list"),
        ((torch.tensor(1.0),), {}, ValueError, "without axes"),
        ((torch.zeros(3), torch.zeros(4)), {}, ValueError, r"lengths \[3, 4\]"),
        ((torch.zeros(3),), {"batch_size": 0}, ValueError, "batch_size must be .* got 0"),
        ((torch.zeros(3),), {"batch_size": -1}, ValueError, "batch_size must be .* got -1"),
        ((torch.zeros(3),), {"batch_size": 1.5}, ValueError, "batch_size must be .* got 1.5"),
        ((torch.zeros(3),), {"batch_size": True}, ValueError, "batch_size must be .* got True"),
    ],
)
def test_what_cannot_be_batched_is_an_error_at_once(tensors, options, error, message):
    with pytest.raises(error, match=message):
        minibatches(*tensors, **{"batch_size": 2, **options})


def test_a_generator_elsewhere_is_an_error():
    class Elsewhere:
        device = torch.device("cuda:0")

    with pytest.raises(ValueError, match="generator must be on the CPU, got one on cuda:0"):
        minibatches(torch.zeros(3), batch_size=2, generator=Elsewhere())
