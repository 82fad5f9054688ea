"""Import what pages use, then fork a kernel for every client, until standard input ends."""

import atexit
import gc
import json
import os
import pkgutil
import shutil
import signal
import socket
import sys
import weakref
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from ipykernel.kernelapp import IPKernelApp

AT_START = set(os.environ)


def preload(names: list[str]) -> None:
    """Import the named modules; ``package.*`` is a package with all its modules."""
    for name in names:
        with suppress(Exception):  # the page that imports it will say what is wrong with it
            package = pkgutil.resolve_name(name.removesuffix(".*"))
            if name.endswith(".*"):
                found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.", str)
                preload([module.name for module in found if "__main__" not in module.name])
        if len(os.listdir("/proc/self/task")) > 1:
            sys.exit(f"importing {name} starts a thread, which no fork keeps; preload it no more")


def serve(listener: socket.socket) -> None:
    """Fork a kernel for every client until the owner is gone; then end them all."""
    selector = DefaultSelector()
    selector.register(0, EVENT_READ)  # standard input, whose other end the owner holds
    selector.register(listener, EVENT_READ)
    while (event := selector.select()[0][0]).fd != 0:
        if event.fileobj is listener:
            client, _ = listener.accept()
            size, streams, *_ = socket.recv_fds(client, 4, 3, socket.MSG_CMSG_CLOEXEC)
            request = client.recv(int.from_bytes(size), socket.MSG_WAITALL)
            if not (kernel := os.fork()):
                run_kernel(request, streams)
            os.setpgid(kernel, kernel)  # signals reach what the page starts as well
            for stream in streams:  # whoever reads what the client prints waits for their end
                os.close(stream)
            end = os.pidfd_open(kernel)
            selector.register(client, EVENT_READ, (kernel, client, end))
            selector.register(end, EVENT_READ, (kernel, client, end))
            continue
        kernel, client, end = event.data
        signals = client.recv(64) if event.fileobj is client else b""
        for number in signals:
            os.killpg(kernel, number)
        if not signals:  # one of the two has ended: end the other, and what the page started
            os.killpg(kernel, signal.SIGKILL)
            _, status = os.waitpid(kernel, 0)
            with suppress(OSError):
                client.sendall(status.to_bytes(4))
            selector.unregister(client)
            selector.unregister(end)
            client.close()
            os.close(end)
    for kernel in {key.data[0] for key in selector.get_map().values() if key.data}:
        os.killpg(kernel, signal.SIGKILL)
        os.waitpid(kernel, 0)


def run_kernel(request: bytes, streams: list[int]) -> None:
    """Be the kernel that a client asked for, as a fresh process would be; never return."""
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        wish = json.loads(request)
        os.chdir(wish["folder"])
        for name in AT_START - wish["environment"].keys():
            os.environ.pop(name, None)  # what imports have set stays
        os.environ.update(wish["environment"])
        sys.argv[1:] = wish["arguments"]
        gc.enable()
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()  # Python's own generator is seeded by fork
        if torch := sys.modules.get("torch"):
            torch.seed()
            torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count()))
        IPKernelApp.launch_instance(wish["arguments"], parent_handle=os.getppid())
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(status)  # taking all modules apart would copy the memory they share: 1.7 s


if __name__ == "__main__":
    folder, descriptor, *modules = sys.argv[1:]
    del sys.path[0]  # the folder of this file
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    gc.disable()
    preload(modules)
    for finalizer in weakref.finalize._registry:
        finalizer.atexit = False  # at its end a page would take torch's tables apart: 0.2 s
    gc.freeze()  # a kernel's collector would copy all memory that kernels share
    serve(socket.socket(fileno=int(descriptor)))
    shutil.rmtree(folder, ignore_errors=True)
