import random

import numpy as np
import pytest
import torch

from utils.repro import device, seeded


def test_same_seed_gives_same_draws_everywhere():
    draws = []
    for _ in range(2):
        generator = seeded(7)
        draws.append(
            (
                random.random(),
                np.random.rand(),
                torch.rand(1).item(),
                torch.rand(1, generator=generator).item(),
            )
        )
    assert draws[0] == draws[1]


def test_generator_lives_on_the_cpu():
    assert seeded(0).device.type == "cpu"


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "0", None, True])
def test_bad_seed_is_refused(seed):
    with pytest.raises(ValueError, match="seed must be an integer"):
        seeded(seed)


def test_device_follows_the_environment(monkeypatch):
    monkeypatch.setenv("BOOK_DEVICE", "cpu")
    assert device() == torch.device("cpu")
    monkeypatch.delenv("BOOK_DEVICE")
    assert device().type == ("cuda" if torch.cuda.is_available() else "cpu")


@pytest.mark.parametrize("name", ["gpu", "cuda:99"])
def test_unusable_device_is_refused_with_advice(monkeypatch, name):
    monkeypatch.setenv("BOOK_DEVICE", name)
    with pytest.raises(ValueError, match="BOOK_DEVICE=.*BOOK_DEVICE=cpu"):
        device()


def test_a_device_without_64_bit_floats_is_refused_with_advice(monkeypatch):
    """Apple's ``mps`` has none; what torch says of it there is said here."""
    empty = torch.empty

    def without_doubles(*size, dtype=torch.float32, device=None):
        if dtype == torch.float64:
            raise TypeError("Cannot convert a MPS Tensor to float64 dtype as the MPS framework")
        return empty(*size, dtype=dtype, device="cpu")

    monkeypatch.setattr(torch, "empty", without_doubles)
    monkeypatch.setenv("BOOK_DEVICE", "mps")
    with pytest.raises(ValueError) as error:
        device()
    sentence = str(error.value)
    assert "float64" in sentence and sentence.endswith("set BOOK_DEVICE=cpu")
    assert "\n" not in sentence
