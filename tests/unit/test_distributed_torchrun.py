"""torchrun itself: on one machine, and on two that have a network between them."""

import contextlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from utils.distributed.cluster import cluster_commands
from utils.distributed.launch import BOOK, torchrun
from utils.distributed.train import Plan, train

MODULE = "utils.distributed.train"
TOLERANCE = {"atol": 1e-6, "rtol": 0}
# Two machines: this namespace and that of a sleeping process, with a cable between them.
TWO_HOSTS = """
set -e
ip link set lo up
unshare -n sleep 300 & other=$!
trap 'kill $other' EXIT
while [ "$(readlink /proc/$other/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
ip link add name here type veth peer name there
ip link set there netns $other
ip addr add 10.77.0.1/24 dev here
ip link set here up
nsenter -t $other -n sh -c \\
    'ip addr add 10.77.0.2/24 dev there; ip link set there up; ip link set lo up'
GLOO_SOCKET_IFNAME=here {first} &
one=$!
nsenter -t $other -n env GLOO_SOCKET_IFNAME=there {second}
wait $one
awk '/here:/ {{print $10, "bytes went over the cable"}}' /proc/net/dev
"""


@pytest.fixture(scope="module")
def alone():
    return train(Plan("single"))


def test_a_killed_worker_starts_again_from_its_checkpoint(tmp_path, alone):
    out = tmp_path / "out.pt"
    words = ["--folder", str(tmp_path), "--die-at", "7", "--out", str(out)]
    printed = torchrun(MODULE, *words, restarts=1, timeout=300)
    assert printed == f"last loss {alone['losses'][-1]:.4f}\n"
    weights = torch.load(out, weights_only=True)["weights"]
    torch.testing.assert_close(weights, alone["weights"], **TOLERANCE)
    steps = (tmp_path / "steps.txt").read_text().split("\n")
    assert steps.index("1 5") == 6 and steps[-2] == "1 12"


def test_a_failure_shows_what_was_printed():
    with pytest.raises(RuntimeError, match="(?s)train failed:.*ValueError: method must be one of"):
        torchrun(MODULE, "--method", "none", processes=1)


def test_what_takes_too_long_is_ended():
    with pytest.raises(TimeoutError, match="did not end within 1 s"):
        torchrun(MODULE, "--epochs", "1000001", processes=1, timeout=1)
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            assert b"1000001" not in file.read_bytes()


def test_the_commands_for_a_cluster_differ_by_machine():
    first, second = (shlex.split(line) for line in cluster_commands(["a", "b"], 4, "m", "--x"))
    assert [one for one, two in zip(first, second, strict=True) if one != two] == [
        "--rdzv-conf=is_host=1",
        "--local-addr=a",
    ]
    assert {"--nnodes=2", "--nproc-per-node=4", "--rdzv-endpoint=a:29500"} <= set(second)
    assert second[-3:] == ["-m", "m", "--x"]


@pytest.mark.parametrize(("hosts", "processes"), [([], 1), (["a"], 0), (["a", "a"], 1)])
def test_impossible_clusters_are_refused(hosts, processes):
    with pytest.raises(ValueError, match="name each machine once"):
        cluster_commands(hosts, processes, "m")


def no_namespaces():
    """Why no network namespace can be made here, or None."""
    try:
        words = [
            "unshare",
            "-rn",
            "sh",
            "-c",
            "unshare -n true && ip link add name here type veth peer name there",
        ]
        tried = subprocess.run(words, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"no network namespaces: {error}"
    return f"no network namespaces: {tried.stderr.strip()}" if tried.returncode else None


def test_two_machines_train_the_same_weights(tmp_path, alone):
    if reason := no_namespaces():
        pytest.skip(reason)
    out = tmp_path / "out.pt"
    hosts = ["10.77.0.1", "10.77.0.2"]
    lines = cluster_commands(hosts, 1, MODULE, "--out", str(out), python=sys.executable)
    script = TWO_HOSTS.format(first=lines[0], second=lines[1])
    settings = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(BOOK)}
    words = ["unshare", "-rn", "bash", "-c", script]
    ended = subprocess.run(words, env=settings, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert f"last loss {alone['losses'][-1]:.4f}\n" in ended.stdout
    sent = int(re.search(r"(\d+) bytes went over the cable", ended.stdout)[1])
    assert sent > 12 * 4 * 83  # twelve gradients of 83 numbers
    weights = torch.load(out, weights_only=True)["weights"]
    torch.testing.assert_close(weights, alone["weights"], **TOLERANCE)
