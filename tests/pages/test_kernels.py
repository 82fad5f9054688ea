import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from sample import code
from small_book import BUILD, run, start, write_page

from tools.files import ROOT
from tools.kernels import warm_kernels

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are ordinary there")

DEADLINE = 120  # seconds
IS_WARM = """import os
from pathlib import Path
print("server.py" in Path(f"/proc/{os.getppid()}/cmdline").read_text())"""
# What a page sees of the process it runs in, where that is the same in every ordinary kernel.
SURROUNDINGS = """import gc, os, signal, sys, threading
import matplotlib, torch
own = {"JPY_PARENT_PID", "JUPYTER_PATH", "JUPYTER_RUNTIME_DIR", "BOOK_COLD_KERNELS"}
print(sorted({*os.environ} - own), os.environ["MPLBACKEND"], os.environ["OMP_NUM_THREADS"])
print(os.getcwd(), sys.path, sys.argv[1:2], __name__)
print(sys.flags)
print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM))
print(threading.active_count(), torch.get_num_threads(), gc.isenabled(), gc.get_threshold())
print(matplotlib.get_backend(), sys.stdin.read())
links = [os.path.realpath(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")]
print(*(sum(kind in link for link in links) for kind in ("socket:", "pipe:", "[pidfd]")))"""
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 3]);"
ERROR = "import sys\nprint('aside', file=sys.stderr)\n[1].index(2)"
DRAWS = "import random, numpy, torch\nprint(random.random(), numpy.random.rand(), torch.rand(1))"
# Says in a file which folder of sockets to look for, then works until it is stopped.
ENDLESS = """import os, subprocess, time
from pathlib import Path
folder = os.environ["JUPYTER_PATH"]
subprocess.Popen(["sh", "-c", "sleep 600; true", folder])
Path("started.part").write_text(folder)
os.rename("started.part", "started")
time.sleep(600)"""


def execute(*cells):
    """Run the cells in a kernel of their own; return the outputs of each."""
    page = nbformat.v4.new_notebook(
        cells=[code(f"cell-{n}", cell) for n, cell in enumerate(cells)]
    )
    client = NotebookClient(page, kernel_name="python3", timeout=DEADLINE, allow_errors=True)
    client.execute()
    return [cell.outputs for cell in page.cells]


def printed(*cells):
    """Run the cells in a kernel of their own; return what the last one printed."""
    return execute(*cells)[-1][0].text


def wait_for(condition):
    """Wait until a function returns something true; return that."""
    for _ in range(20 * DEADLINE):
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail("waited in vain")


def processes(words):
    """Return the processes whose command line holds some words."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if words in path.read_text().replace("\0", " "):
                found.append(int(path.parent.name))
        except (OSError, UnicodeDecodeError):
            continue
    return found


def test_a_page_prints_and_sees_the_same_in_a_warm_kernel(tmp_path, monkeypatch):
    cells = SURROUNDINGS, FIGURE, ERROR
    modules = ["ipykernel.debugger", "matplotlib.pyplot", "numpy.random", "torch"]
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.setenv("BOOK_COLD_KERNELS", "1")
    with warm_kernels(modules):
        monkeypatch.chdir(tmp_path)
        assert printed(IS_WARM) == "False\n"
        cold = execute(*cells)
        monkeypatch.chdir(ROOT)
    monkeypatch.setenv("BOOK_COLD_KERNELS", "0")
    with warm_kernels(modules):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("LATER", "1")
        assert printed(IS_WARM) == "True\n"
        assert printed("import os\nprint(os.environ['LATER'])") == "1\n"
        monkeypatch.delenv("LATER")
        warm = execute(*cells)
        assert warm[0][0].text.splitlines() == cold[0][0].text.splitlines()
        assert warm == cold
        first, second = printed(DRAWS).split(maxsplit=2), printed(DRAWS).split(maxsplit=2)
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_a_build_whose_output_is_read_through_a_pipe_ends(tmp_path):
    write_page(tmp_path, "chapters/page", code("one", "print(1)"))
    with warm_kernels([]):  # these go on when the build is over
        execute = [Path(sys.executable).with_name("jupyter-execute"), "chapters/page.ipynb"]
        run = subprocess.run(execute, cwd=tmp_path, capture_output=True, timeout=DEADLINE)
        assert run.returncode == 0, run.stderr


def test_a_page_that_hangs_and_a_kernel_that_dies_end_with_a_message(tmp_path):
    write_page(
        tmp_path,
        "chapters/a",
        code("one", "import time\ntime.sleep(600)"),
        execution={"timeout": 1},
    )
    write_page(
        tmp_path,
        "chapters/b",
        code("one", IS_WARM),
        code("two", "import os\nos.kill(os.getpid(), 9)"),
    )
    build = run(tmp_path)
    assert build.returncode == 1
    assert "chapters/a.ipynb: cell 1 failed\nA cell timed out" in build.stdout
    assert "chapters/b.ipynb: cell 2 failed\nKernel died" in build.stdout


def test_an_interrupt_reaches_the_kernel():
    cells = [code("one", "import time\ntime.sleep(600)"), code("two", "print('goes on')")]
    page = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        page,
        kernel_name="python3",
        timeout_func=lambda cell: 1 if "sleep" in cell.source else DEADLINE,
        interrupt_on_timeout=True,
        allow_errors=True,
    )
    with warm_kernels([]):
        client.execute()
    assert page.cells[0].outputs[0].ename == "KeyboardInterrupt"
    assert page.cells[1].outputs[0].text == "goes on\n"


def test_the_client_ends_as_its_kernel_did(tmp_path):
    file = tmp_path / "connection.json"
    with warm_kernels([]):
        command = KernelSpecManager().get_kernel_spec("python3").argv
        command = [part.format(connection_file=file) for part in command]
        client = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        wait_for(file.is_file)  # the kernel listens
        client.terminate()
        assert client.wait() == 128 + signal.SIGTERM


def test_a_module_that_starts_a_thread_is_named(tmp_path):
    thread = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    (tmp_path / "starts_one.py").write_text(thread, encoding="utf-8")
    write_page(tmp_path, "chapters/page", code("one", "print(1)"))
    build = run(
        tmp_path, code="kernels.warm_kernels.__wrapped__.__defaults__ = (['starts_one'],)" + BUILD
    )
    assert build.returncode == 1
    assert "chapters/page.ipynb: the kernel failed\nKernel died" in build.stdout
    assert "importing starts_one starts a thread" in build.stderr


def started(root):
    """Return the folder of the kernels of a build once its page is at work."""
    return wait_for(
        lambda: (root / "chapters/started").is_file() and (root / "chapters/started").read_text()
    )


def test_a_second_build_at_the_same_time_is_refused(tmp_path):
    write_page(tmp_path, "chapters/page", code("one", ENDLESS))
    first = start(tmp_path)
    folder = started(tmp_path)
    second = run(tmp_path)
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == "error: another build of this book is at work; wait for its end\n"
    first.terminate()
    first.communicate()
    wait_for(lambda: not processes(folder))


@pytest.mark.parametrize(
    ("number", "status", "message"),
    [
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 130, "interrupted"),
        (signal.SIGKILL, -9, ""),
    ],
)
def test_an_interrupted_build_leaves_nothing_behind(number, status, message, tmp_path):
    write_page(tmp_path, "chapters/page", code("one", ENDLESS))
    build = start(tmp_path)
    folder = started(tmp_path)
    assert len(processes(folder)) >= 4  # the server, the client, the kernel, what the page started
    assert Path(folder, "socket").is_socket()
    build.send_signal(number)
    _, errors = build.communicate()
    assert build.returncode == status
    assert message in errors
    wait_for(lambda: not processes(folder))
    wait_for(lambda: not Path(folder).exists())


def test_kernels_end_when_the_process_that_forked_them_is_killed(tmp_path):
    write_page(tmp_path, "chapters/page", code("one", re.sub("subprocess.Popen.*", "", ENDLESS)))
    build = start(tmp_path)
    folder = started(tmp_path)
    server = min(processes(f"server.py {folder}"))
    os.kill(server, signal.SIGKILL)
    output, errors = build.communicate()
    assert "chapters/page.ipynb: cell 1 failed\nKernel died" in output
    assert "forks warm kernels has ended: run the command again" in errors
