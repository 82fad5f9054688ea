"""Warm kernels: a page's kernel is forked from a process that has imported what pages use.

Within :func:`warm_kernels` Jupyter finds a kernelspec ``python3`` whose command, ``client.py``,
has ``server.py`` fork the kernel and stays until it ends. What starts kernels need not change.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

# What pages import, and what IPython and torch import at the first error, backward pass,
# optimiser step or exit. Nothing that prints a warning when it is imported: a page would lose it.
MODULES = (
    *("ipykernel.debugger", "stack_data", "tabulate", "sympy.tensor.tensor", "scipy.optimize"),
    *("torch", "torch._dynamo", "torch.fx.experimental.symbolic_shapes", "pandas", "anywidget"),
    *("torchvision.transforms.v2.functional", "imageio.v3", "skimage.io", "matplotlib.pyplot"),
    *(f"sklearn.{name}" for name in ("calibration", "cluster", "datasets", "neighbors", "svm")),
    *("matplotlib.backends.backend_agg", "utils.*"),
)


@contextmanager
def warm_kernels(modules: Iterable[str] = MODULES) -> Iterator[None]:
    """Make each kernel that this process or a child of it starts a warm one.

    They end with the block, or with this process, and see ``utils`` as it was at the beginning.
    Kernels stay ordinary where ``BOOK_COLD_KERNELS`` is set, and on systems other than Linux.

    Args:
        modules: what the kernels find imported; ``name.*`` is a package with all its modules.
    """
    if sys.platform != "linux" or os.environ.get("BOOK_COLD_KERNELS", "") not in ("", "0"):
        yield
        return
    # The path of a socket has at most 107 characters.
    place = tempfile.gettempdir() if len(tempfile.gettempdir()) < 64 else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="book-kernels-", dir=place))
    address, spec = str(folder / "socket"), folder / "kernels" / "python3" / "kernel.json"
    here = Path(__file__).parent
    client = [sys.executable, "-SE", str(here / "client.py"), address, "-f", "{connection_file}"]
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": client, "display_name": "Python 3", "language": "python"}))
    with socket.create_server(address, family=socket.AF_UNIX) as listener:
        server = subprocess.Popen(
            [sys.executable, here / "server.py", folder, str(listener.fileno()), *modules],
            stdin=subprocess.PIPE,  # its end says that this process is gone, however it ended
            pass_fds=[listener.fileno()],
            start_new_session=True,  # an interrupt from the keyboard is for this process
            # No fork keeps a thread, so none may start before. The debugger would print advice.
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        )
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("JUPYTER_PATH")])])
    try:
        # What killed kernels leave in Jupyter's runtime folder goes with the folder.
        with patch.dict(os.environ, JUPYTER_PATH=path, JUPYTER_RUNTIME_DIR=str(folder / "run")):
            yield
    finally:
        server.stdin.close()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
