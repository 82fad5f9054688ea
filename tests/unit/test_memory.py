"""What a step of training costs in pages of memory: a count, which no busy machine changes."""

import os
import platform
import subprocess
import sys

import pytest

from utils import memory

GLIBC = platform.system() == "Linux" and platform.libc_ver()[0] == "glibc"

# Page faults a step of LeNet, plain or with batch normalization, in a process of its own.
COUNT = """
import resource, statistics, sys
import torch
from torch import nn
import torch.nn.functional as F
from utils.train import fit

torch.set_num_threads(1)
torch.manual_seed(0)

def part(layer, channels, pool):
    normal = [nn.BatchNorm2d(channels), nn.ReLU()] if sys.argv[1] == "normal" else [nn.Sigmoid()]
    return [layer, *normal, pool]

net = nn.Sequential(
    *part(nn.Conv2d(1, 6, 5, padding=2), 6, nn.MaxPool2d(2)),
    *part(nn.Conv2d(6, 16, 5), 16, nn.AvgPool2d(2)),
    nn.Flatten(), nn.Linear(400, 120), nn.Sigmoid(), nn.Linear(120, 84), nn.Sigmoid(),
    nn.Linear(84, 10),
)
images, labels = torch.rand(1280, 1, 28, 28), torch.arange(1280) % 10
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)

def faults(epochs):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    fit(net, (images, labels), loss=F.cross_entropy, optimizer=optimizer, epochs=epochs,
        batch_size=256, live=False)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

if sys.argv[2] == "freed":
    import utils.train
    utils.train.keep_freed_memory = lambda: False
faults(3)  # until the heap has its size; should it grow once more, the median does not mind
print(statistics.median(faults(1) / 5 for _ in range(7)))
"""


# How much glibc hands back varies from process to process, unless its threshold is fixed.
HANDS_BACK = {"MALLOC_MMAP_THRESHOLD_": "131072"}


# Between what was measured with memory kept, mostly 0, and 64 once beside a build of the book (a
# kernel that is short of memory takes pages back), and the 16,000 and more of memory handed back.
MANY = 500


def faults_a_step(net: str, kept: str) -> float:
    command = [sys.executable, "-c", COUNT, net, kept]
    environment = {**os.environ, **HANDS_BACK}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(run.stdout)


@pytest.mark.skipif(not GLIBC, reason="only glibc hands memory back in this way")
@pytest.mark.parametrize("net", ["plain", "normal"])
def test_a_step_of_lenet_asks_the_kernel_for_little_memory(net):
    assert faults_a_step(net, "kept") < MANY


@pytest.mark.skipif(not GLIBC, reason="only glibc hands memory back in this way")
def test_without_it_each_step_asks_for_its_memory_again():
    assert faults_a_step("plain", "freed") > MANY


def test_elsewhere_nothing_happens(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a library was opened")

    monkeypatch.setattr(memory.ctypes, "CDLL", refuse)
    for system, library in (("Windows", ("", "")), ("Darwin", ("", "")), ("Linux", ("musl", ""))):
        monkeypatch.setattr(platform, "system", lambda system=system: system)
        monkeypatch.setattr(platform, "libc_ver", lambda library=library: library)
        assert memory.keep_freed_memory.__wrapped__() is False
