"""What Jupyter starts as a kernel: has the server fork one, and stays until that ends."""

import json
import os
import signal
import socket
import sys

if __name__ == "__main__":
    wish = {"folder": os.getcwd(), "environment": dict(os.environ), "arguments": sys.argv[2:]}
    request = json.dumps(wish).encode()
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(sys.argv[1])
            socket.send_fds(server, [len(request).to_bytes(4)], [0, 1, 2])
            server.sendall(request)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
                signal.signal(number, lambda number, _: server.sendall(number.to_bytes(1)))
            status = server.recv(4)
    except OSError:
        status = b""
    if not status:
        sys.exit("The process that forks warm kernels has ended: run the command again.")
    code = os.waitstatus_to_exitcode(int.from_bytes(status))
    sys.exit(code if code >= 0 else 128 - code)  # as a shell tells of a signal
