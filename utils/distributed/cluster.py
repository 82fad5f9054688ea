"""The commands that start one training on several machines."""

import shlex
from collections.abc import Sequence


def cluster_commands(
    hosts: Sequence[str],
    processes: int,
    module: str,
    *arguments: str,
    port: int = 29500,
    python: str = "python",
    restarts: int = 3,
) -> list[str]:
    """Return what to type on each machine, the first of which lets the others meet.

    Args:
        hosts: a name or address of each machine by which the others reach it.
        processes: workers on each machine, often one for each GPU.
        module: what each worker runs, as ``python -m`` takes it.
        arguments: the words behind it.
        port: a free port of the first machine.
        python: the Python of the machines.
        restarts: how often all workers may be started again.

    Raises:
        ValueError: if there is no machine or no worker, or a machine is named twice.
    """
    if not hosts or processes < 1 or len(set(hosts)) != len(hosts):
        raise ValueError("name each machine once, and start at least one worker on each")
    lines = []
    for number, host in enumerate(hosts):
        words = [
            *("env", "TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1", python),
            *("-m", "torch.distributed.run", f"--nnodes={len(hosts)}"),
            *(f"--nproc-per-node={processes}", f"--max-restarts={restarts}"),
            *("--rdzv-backend=c10d", f"--rdzv-endpoint={hosts[0]}:{port}", "--rdzv-id=book"),
            *(f"--rdzv-conf=is_host={int(number == 0)}", f"--local-addr={host}"),
            *("-m", module, *arguments),
        ]
        lines.append(shlex.join(words))
    return lines
