"""The same training on one process and on many: call :func:`train`, or run this by torchrun.

Two processes of one machine, from the folder of the book::

   python -m torch.distributed.run --standalone --nproc-per-node=2 -m utils.distributed.train
"""

import argparse
import dataclasses
import datetime
import faulthandler
import os
import signal
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from utils.distributed.plan import Plan
from utils.distributed.shares import own_part

EXAMPLES, FEATURES, CLASSES = 37, 6, 3
LIMIT = 300  # seconds after which a worker gives up, and ends


def examples(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw inputs ``(37, 6)`` and labels ``(37,)`` that depend on them."""
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(EXAMPLES, FEATURES, generator=generator)
    labels = (inputs @ torch.randn(FEATURES, CLASSES, generator=generator)).argmax(dim=1)
    return inputs, labels


def network(seed: int) -> nn.Module:
    """Return a small network, the same on each process."""
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(FEATURES, 8), nn.Tanh(), nn.Linear(8, CLASSES))


def sum_gradients(model: nn.Module) -> None:
    """Replace each gradient by its sum over the group."""
    for parameter in model.parameters():
        dist.all_reduce(parameter.grad)


def wrap(model: nn.Module, method: str) -> nn.Module:
    """Let a model average its gradients over the group; other methods leave it alone."""
    if method == "ddp":
        return DistributedDataParallel(model)
    if method == "fsdp":
        from torch.distributed.device_mesh import init_device_mesh
        from torch.distributed.fsdp import fully_shard

        mesh = init_device_mesh("cpu", (dist.get_world_size(),))
        for layer in model:
            if isinstance(layer, nn.Linear):
                fully_shard(layer, mesh=mesh)
        return fully_shard(model, mesh=mesh)
    return model


def train(plan: Plan, starts: int | None = None) -> dict:
    """Train by a plan, in a group for all methods but ``"single"``.

    Args:
        plan: what to do.
        starts: how often the group has been started again; by default torchrun's count.

    Returns:
        ``weights``: all of them, flat; ``losses``: the mean over the batch by step, from the step
        on at which this start began; ``held``: weights that this process itself stores.
    """
    if starts is None:
        starts = int(os.environ.get("TORCHELASTIC_RESTART_COUNT", 0))
    is_alone, takes_mean = plan.method == "single", plan.method in ("ddp", "fsdp")
    rank, world = (0, 1) if is_alone else (dist.get_rank(), dist.get_world_size())
    inputs, labels = examples(plan.seed)
    core = network(plan.seed)
    kept = _kept(plan)
    if kept:
        core.load_state_dict(kept["model"])  # before others refer to its parameters
    model = wrap(core, plan.method)
    optimiser = torch.optim.SGD(model.parameters(), lr=plan.rate, momentum=0.9)
    if kept:
        optimiser.load_state_dict(kept["optimiser"])
    first = kept["step"] if kept else 0
    order = torch.Generator().manual_seed(plan.seed)
    step, losses = 0, []
    for _ in range(plan.epochs):
        for batch in torch.randperm(EXAMPLES, generator=order).split(plan.batch):
            step += 1
            if step <= first:
                continue  # done before the restart; the order is drawn all the same
            if step == plan.die_at and rank == world - 1 and starts == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            own = own_part(batch, rank, world)
            loss = F.cross_entropy(model(inputs[own]), labels[own], reduction="sum") / len(batch)
            optimiser.zero_grad()
            # ddp and fsdp take the mean over the processes; what is wanted is the sum.
            (world * loss if takes_mean else loss).backward()
            if plan.method == "by_hand":
                sum_gradients(core)
            optimiser.step()
            whole = loss.detach().clone()
            if not is_alone:
                dist.all_reduce(whole)
            losses.append(whole.item())
            if rank == 0:
                _save(plan, core, optimiser, step, starts)
    parts = [p.detach() for p in core.parameters()]
    held = sum(p.to_local().numel() if hasattr(p, "to_local") else p.numel() for p in parts)
    whole = [p.full_tensor() if hasattr(p, "full_tensor") else p for p in parts]
    return {"weights": torch.cat([p.flatten() for p in whole]), "losses": losses, "held": held}


def member(rank: int, world: int, plan: Plan, starts: int = 0) -> dict:
    """Train as one process of :func:`utils.distributed.launch.together`."""
    return train(plan, starts)


def _save(
    plan: Plan, core: nn.Module, optimiser: torch.optim.Optimizer, step: int, starts: int
) -> None:
    """Note that a step is done, and now and then all that is needed to go on from it."""
    if not plan.folder:
        return
    folder = Path(plan.folder)
    with (folder / "steps.txt").open("a") as lines:
        lines.write(f"{starts} {step}\n")
    if step % plan.every == 0:
        state = {"step": step, "model": core.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save(state, folder / "new.pt")
        os.replace(folder / "new.pt", folder / "checkpoint.pt")  # whole, or not at all


def _kept(plan: Plan) -> dict | None:
    """Return what the last checkpoint holds, if there is one."""
    path = Path(plan.folder) / "checkpoint.pt"
    if not plan.folder or not path.exists():
        return None
    return torch.load(path, weights_only=True)


def main(words: list[str] | None = None) -> None:
    """Train as torchrun's settings say; the first process saves what :func:`train` returns."""
    parser = argparse.ArgumentParser(description=__doc__)
    for field in dataclasses.fields(Plan):
        kind = type(field.default)
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)
    parser.add_argument("--out", default="", help="a file for what was trained")
    options = vars(parser.parse_args(words))
    out = options.pop("out")
    torch.set_num_threads(1)
    plan = Plan(**options)
    if plan.method == "single":
        result, rank = train(plan), 0
    else:
        dist.init_process_group("gloo", timeout=datetime.timedelta(seconds=LIMIT))
        result, rank = train(plan), dist.get_rank()
        dist.barrier()
        dist.destroy_process_group()
    if rank == 0:
        print(f"last loss {result['losses'][-1]:.4f}")
        if out:
            torch.save(result, out)


if __name__ == "__main__":
    faulthandler.dump_traceback_later(LIMIT, exit=True)
    main()
