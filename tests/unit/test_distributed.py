"""Processes of this machine that train, and send numbers to each other."""

import os
import signal
import time

import pytest
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
from torch.nn.utils import parameters_to_vector

from utils.distributed.agent import agent
from utils.distributed.launch import command, together
from utils.distributed.shares import own_part
from utils.distributed.train import EXAMPLES, Plan, examples, main, member, network, train

TOLERANCE = {"atol": 1e-6, "rtol": 0}


@pytest.mark.parametrize("world", [1, 2, 3, 5, 9])
def test_the_parts_of_a_batch_hold_each_example_once(world):
    for count in (0, 1, 2, 7, 10):
        parts = [own_part(torch.arange(count), rank, world) for rank in range(world)]
        assert torch.equal(torch.cat(parts).sort().values, torch.arange(count))
        sizes = [len(part) for part in parts]
        assert max(sizes) - min(sizes) <= 1 and sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("rank", [-1, 2, 3])
def test_a_worker_that_is_not_there_has_no_part(rank):
    with pytest.raises(ValueError, match="rank must be from 0 to world - 1 = 1"):
        own_part(torch.arange(4), rank, 2)


def test_workers_form_a_group_and_return_by_rank():
    def job(rank, world, start):
        total = torch.tensor([rank + start])
        dist.all_reduce(total)
        return rank, world, total, os.getpid()

    found = together(job, 3, 10)
    assert [(rank, world) for rank, world, _, _ in found] == [(0, 3), (1, 3), (2, 3)]
    assert all(total.item() == 33 for _, _, total, _ in found)
    assert len({pid for *_, pid in found} | {os.getpid()}) == 4
    for *_, pid in found:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize("world", [0, -1, 1.5, True, None])
def test_there_must_be_a_process(world):
    with pytest.raises(ValueError, match="world must be a number of processes of at least 1"):
        together(print, world)


def test_without_fork_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    with pytest.raises(RuntimeError, match="cannot fork: run this on Linux"):
        together(print, 1)


def test_a_failure_ends_all_and_tells_why(tmp_path):
    def job(rank, world):
        (tmp_path / str(rank)).write_text(str(os.getpid()))
        dist.barrier()
        if rank == 1:
            raise KeyError("no such weight")
        time.sleep(60)

    with pytest.raises(RuntimeError, match="(?s)rank 1 failed: .*no such weight"):
        together(job, 2)
    for file in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.read_text()), 0)


def test_a_killed_worker_is_named():
    def job(rank, world):
        if rank == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        dist.barrier()

    with pytest.raises(RuntimeError, match="rank 1 failed: it was killed"):
        together(job, 2)


def test_too_slow_workers_are_ended():
    with pytest.raises(TimeoutError, match=r"ranks \[0, 1\] did not end in time"):
        together(lambda rank, world: time.sleep(60), 2, timeout=1)


@pytest.fixture(scope="module")
def alone():
    return train(Plan("single"))


@pytest.mark.parametrize("method", ["by_hand", "ddp", "fsdp"])
@pytest.mark.parametrize("world", [1, 2, 3])
def test_the_weights_do_not_depend_on_the_number_of_processes(method, world, alone):
    found = together(lambda rank, world: train(Plan(method)), world)
    held = [result["held"] for result in found]
    for result in found:
        torch.testing.assert_close(result["weights"], alone["weights"], **TOLERANCE)
        torch.testing.assert_close(result["losses"], alone["losses"], **TOLERANCE)
    count = alone["weights"].numel()
    assert sum(held) == count if method == "fsdp" else held == [count] * world
    if method == "fsdp" and world > 1:
        assert max(held) < count


def test_the_agent_trains_the_same_and_leaves_signals_and_settings_alone(alone):
    handlers = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    settings = dict(os.environ)
    found = agent(member, 3, Plan("ddp"))
    assert len(found) == 3
    for result in found:
        torch.testing.assert_close(result["weights"], alone["weights"], **TOLERANCE)
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == handlers
    assert dict(os.environ) == settings


def fails_once(rank, world, folder):
    """Fail on the first start; return the rank on the second."""
    if not (folder / str(rank)).exists():
        (folder / str(rank)).touch()
        raise KeyError("first start")
    return rank


def test_the_agent_starts_workers_again_as_often_as_allowed(tmp_path):
    with pytest.raises(ChildFailedError):
        agent(fails_once, 1, tmp_path)
    (tmp_path / "0").unlink()
    assert agent(fails_once, 1, tmp_path, restarts=1) == [0]


def test_a_batch_may_be_smaller_than_the_group(alone):
    plan = {"batch": 2, "epochs": 1}  # of 37 examples: the last batch has one
    single = train(Plan("single", **plan))
    for result in together(member, 3, Plan(**plan)):
        torch.testing.assert_close(result["weights"], single["weights"], **TOLERANCE)
    assert (single["weights"] - alone["weights"]).abs().max() > 1e-3


def test_where_there_is_a_gpu_processes_start_afresh(monkeypatch, alone):
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    (result,) = together(member, 1, Plan())
    torch.testing.assert_close(result["weights"], alone["weights"], **TOLERANCE)


CELLS = """
import torch
factor = 2.0
def scaled(x):
    return factor * x
def job(rank, world, x):
    w = torch.ones(2, requires_grad=True)
    (scaled(w) * x).sum().backward()
    return w.grad * (rank + 1)
"""


def test_fresh_processes_know_the_cells_of_a_notebook(monkeypatch):
    cells = {"__name__": "__main__"}
    exec(CELLS, cells)
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    first, second = together(cells["job"], 2, torch.tensor([1.0, 2.0]))
    assert first.tolist() == [2, 4] and second.tolist() == [4, 8]


def test_one_process_trains_as_torch_does(alone):
    model, (inputs, labels) = network(0), examples(0)
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    order = torch.Generator().manual_seed(0)
    for _ in range(3):
        for batch in torch.randperm(EXAMPLES, generator=order).split(10):
            sgd.zero_grad()
            F.cross_entropy(model(inputs[batch]), labels[batch]).backward()
            sgd.step()
    weights = parameters_to_vector(model.parameters()).detach()
    torch.testing.assert_close(alone["weights"], weights, **TOLERANCE)


def test_other_plans_train_other_weights(alone):
    for change in ({"rate": 0.2}, {"seed": 1}, {"batch": 9}, {"epochs": 2}):
        other = train(Plan("single", **change))["weights"]
        assert (other - alone["weights"]).abs().max() > 1e-3
    steps = -(-EXAMPLES // 10)
    assert len(alone["losses"]) == 3 * steps and alone["losses"][-1] < alone["losses"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"method": "pipeline"}, "method must be one of single, by_hand, ddp, fsdp"),
        ({"batch": 0}, "must be at least 1"),
        ({"epochs": 0}, "must be at least 1"),
        ({"every": 0}, "must be at least 1"),
        ({"method": "fsdp", "folder": "x"}, "leave out folder"),
    ],
)
def test_impossible_plans_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        Plan(**change)


def done(folder):
    """The steps that each start has done."""
    lines = [line.split() for line in (folder / "steps.txt").read_text().splitlines()]
    return [[int(step) for start, step in lines if int(start) == number] for number in (0, 1)]


@pytest.mark.parametrize(("die_at", "every"), [(7, 4), (5, 4), (3, 4), (12, 5)])
def test_a_restart_loses_at_most_one_interval(die_at, every, tmp_path, alone):
    plan = Plan(folder=str(tmp_path), every=every, die_at=die_at)
    with pytest.raises(RuntimeError, match="rank 1 failed: it was killed"):
        together(lambda rank, world: train(plan, starts=0), 2)
    results = together(lambda rank, world: train(plan, starts=1), 2)
    first, second = done(tmp_path)
    kept = (die_at - 1) // every * every
    assert first == list(range(1, die_at)) and second == list(range(kept + 1, 13))
    assert len(set(first) & set(second)) < every
    for result in results:
        torch.testing.assert_close(result["weights"], alone["weights"], **TOLERANCE)
        torch.testing.assert_close(result["losses"], alone["losses"][kept:], **TOLERANCE)


def test_without_momentum_in_the_checkpoint_the_weights_would_differ(tmp_path, alone):
    train(Plan("single", folder=str(tmp_path), epochs=1))
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert state["step"] == 4
    for values in state["optimiser"]["state"].values():
        values["momentum_buffer"].zero_()
    torch.save(state, tmp_path / "checkpoint.pt")
    again = train(Plan("single", folder=str(tmp_path)))
    assert (again["weights"] - alone["weights"]).abs().max() > 1e-3


def test_the_script_trains_alone(tmp_path, capsys, alone):
    main(["--method", "single", "--out", str(tmp_path / "out.pt")])
    assert capsys.readouterr().out == f"last loss {alone['losses'][-1]:.4f}\n"
    out = torch.load(tmp_path / "out.pt", weights_only=True)
    assert torch.equal(out["weights"], alone["weights"])


def test_the_command_is_that_of_torchrun():
    words = command("a.module", "--rate", "0.1", processes=3, restarts=2)
    assert words[1:4] == ["-m", "torch.distributed.run", "--standalone"]
    assert words[4:6] == ["--nproc-per-node=3", "--max-restarts=2"]
    assert words[-4:] == ["-m", "a.module", "--rate", "0.1"]
