"""The service over real sockets: what it answers, and that it survives strangers."""

import base64
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter

import httpx
import numpy as np
import pytest
import torch
from PIL import Image

from utils.serving import (
    Limits,
    Recogniser,
    decode,
    digit_net,
    make_app,
    prepare,
    prompt,
    running_service,
)
from utils.serving import __main__ as command_line
from utils.serving.abuse import REQUESTS, SLOW, answers, bomb, form_of, picture
from utils.serving.client import load, message_of, request_of, send

pytestmark = pytest.mark.network
LIMITS = Limits(seconds=1.0)


def recogniser():
    torch.manual_seed(0)
    return Recogniser(digit_net())


@pytest.fixture(scope="module")
def url():
    with running_service(make_app(recogniser(), limits=LIMITS)) as address:
        yield address


def client(url):
    return httpx.Client(base_url=url, trust_env=False, timeout=20)


def files(count=40):
    """PNG files of random pictures of several sizes, and what the network makes of them."""
    draw = np.random.default_rng(0)
    pictures = [
        draw.integers(0, 256, (side, side + index % 3), dtype=np.uint8)
        for index in range(count)
        for side in [(8, 20, 5)[index % 3]]
    ]
    made = []
    for pixels in pictures:
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "PNG")
        made.append(buffer.getvalue())
    inputs = torch.stack([prepare(torch.from_numpy(pixels)) for pixels in pictures])
    return made, recogniser()(inputs)


def test_each_way_to_send_a_picture_gives_the_numbers_of_the_network(url):
    made, wanted = files(6)
    with client(url) as http:
        for file, row in zip(made, wanted, strict=True):
            text = base64.b64encode(file).decode()
            address = f"data:image/png;base64,{text}"
            for sent in (
                {"files": {"file": file}},
                {"json": {"image": text}},
                {"json": {"image": address}},
            ):
                answer = http.post("/predict", **sent)
                assert answer.status_code == 200
                torch.testing.assert_close(torch.tensor(answer.json()["probabilities"]), row)
                assert answer.json()["class"] == row.argmax()


def test_a_jpeg_is_read(url):
    file = picture("JPEG", 64)
    wanted = recogniser()(prepare(decode(file))[None])[0]
    answer = send(url, request_of(message_of(file)))
    torch.testing.assert_close(torch.tensor(answer.message["probabilities"]), wanted)


def test_a_hundred_clients_get_their_own_answers(url):
    made, wanted = files(40)
    order = [index % 40 for index in range(400)]
    found = load(url, [request_of(message_of(made[index])) for index in order], clients=100)
    assert {answer.status for answer in found.answers} == {200}
    rows = torch.tensor([answer.message["probabilities"] for answer in found.answers])
    torch.testing.assert_close(rows, wanted[order])
    assert len(found.latencies) == 400 and min(found.latencies) > 0
    assert found.throughput == pytest.approx(400 / found.seconds)
    assert min(found.latencies) <= found.percentile(50) <= found.percentile(95) <= found.seconds


def amounts(text):
    """Return the numbers of metrics by their names; a name that is not there counts 0."""
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return Counter({name: float(number) for name, number in lines})


def test_health_metrics_and_the_page(url):
    with client(url) as http:
        assert http.get("/health").json() == {"status": "ok"}
        before = http.get("/metrics").text
        http.post("/predict", files={"file": picture()})
        http.post("/predict", files={"photo": picture()})
        after = http.get("/metrics").text
        count = amounts(after)
        count.subtract(amounts(before))
        assert count['predictions_total{status="200"}'] == 1
        assert count["prediction_seconds_count"] == 2
        assert count["batch_rows_sum"] == count["batch_rows_count"] == 1
        page = http.get("/").text
        assert "<canvas" in page and "http" not in page.replace("http-equiv", "")
        for path in ("/docs", "/openapi.json", "/other"):
            assert http.get(path).status_code == 404


def test_abuse_gets_a_sentence_and_the_service_lives(url):
    seen = []
    with client(url) as http:
        for name, status, answer in answers(url, patience=20):
            seen.append(name)
            assert answer.status == status, (name, answer)
            assert len(answer.message["error"].split()) >= 5, name
            assert http.get("/health").status_code == 200, name
        assert http.post("/predict", files={"file": picture()}).status_code == 200
    assert seen == [*REQUESTS, SLOW]


def test_a_long_body_is_refused_before_it_is_read(url):
    answer = send(url, request_of(b"", length=10**9))
    assert answer.status == 413 and "bytes" in answer.message["error"]


def test_a_body_without_a_length_is_cut_off(url):
    head = request_of(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    piece = b"10000\r\n" + bytes(2**16) + b"\r\n"
    assert send(url, head + 20 * piece + b"0\r\n\r\n").status == 413
    short = message_of(picture())
    whole = b"%x\r\n" % len(short) + short + b"\r\n0\r\n\r\n"
    assert send(url, head + whole).status == 200


def test_a_body_without_an_end_is_cut_off():
    limits = Limits(seconds=60, body=1000, drained=5000)
    head = request_of(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    piece = b"1000\r\n" + bytes(2**12) + b"\r\n"
    with running_service(make_app(recogniser(), limits=limits)) as address:
        assert send(address, head + 3 * piece, patience=20).status == 413


def test_a_client_that_leaves_does_no_harm(url):
    whole = request_of(message_of(picture()))
    assert send(url, whole[:-5], b"", patience=0.05).status == 0
    assert send(url, whole).status == 200


@pytest.mark.parametrize("most", [1, 7])
def test_batching_changes_no_answer(most):
    made, wanted = files(30)
    with running_service(make_app(recogniser(), most=most, wait=0.001)) as address:
        found = load(address, [request_of(message_of(file)) for file in made], clients=30)
        rows = torch.tensor([answer.message["probabilities"] for answer in found.answers])
        torch.testing.assert_close(rows, wanted)
        with client(address) as http:
            text = http.get("/metrics").text
        batches = int(text.partition("batch_rows_count ")[2].split()[0])
        assert batches == 30 if most == 1 else 30 / 7 <= batches <= 30


def test_numbers_that_are_not_finite_are_not_sent():
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 10))
    net[1].weight.data.fill_(3e38)
    net[1].bias.data.fill_(1.0)
    with running_service(make_app(Recogniser(net))) as address:
        answer = send(address, request_of(message_of(picture())))
    assert answer.status == 500 and "finite" in answer.message["error"]


def test_a_network_that_fails_is_no_silence():
    class Broken(Recogniser):
        def __call__(self, pictures):
            raise ZeroDivisionError

    with running_service(make_app(Broken(digit_net()))) as address:
        answer = send(address, request_of(message_of(picture())))
        with client(address) as http:
            assert 'predictions_total{status="500"} 1' in http.get("/metrics").text
    assert answer.status == 500 and "network failed" in answer.message["error"]


def hung_up(url, data, patience=10):
    """Send bytes, and return what comes until the service hangs up; it may take ``patience`` s."""
    place = httpx.URL(url)
    with socket.create_connection((place.host, place.port), timeout=patience) as line:
        line.sendall(data)
        found = b""
        while part := line.recv(2**16):
            found += part
    return found


@pytest.mark.parametrize("sent", [b"", b"POST /predict HTTP/1.1\r\nHost: here\r\n"])
def test_a_head_that_does_not_come_is_given_up(url, sent):
    assert hung_up(url, sent) == b""


def test_a_second_head_that_does_not_come_is_given_up(url):
    found = hung_up(url, request_of(message_of(picture())) * 2 + b"P")
    assert found.count(b" 200 OK") == 2


def test_half_heads_keep_no_places():
    limits = Limits(seconds=1.0, connections=20)
    with running_service(make_app(recogniser(), limits=limits)) as address:
        place = httpx.URL(address)
        lines = [socket.create_connection((place.host, place.port)) for _ in range(30)]
        for line in lines:
            line.sendall(b"GET")
        good = request_of(message_of(picture()))
        assert send(address, good).status == 503
        for _ in range(100):
            if (status := send(address, good).status) == 200:
                break
            time.sleep(0.2)
        assert status == 200
        for line in lines:
            line.close()


def test_who_takes_no_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(prompt, "WHOLE", 2)
    with running_service(make_app(recogniser(), limits=Limits(seconds=0.5))) as address:
        place = httpx.URL(address)
        with socket.socket() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**12)
            line.connect((place.host, place.port))
            line.settimeout(20)
            with pytest.raises(OSError):  # reset or broken: never a timeout
                while True:
                    line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n" * 100)
        assert send(address, request_of(message_of(picture()))).status == 200


@pytest.mark.parametrize("method", ["HEAD", "PUT", "GET", "DELETE"])
def test_other_methods_are_refused(url, method):
    with client(url) as http:
        assert http.request(method, "/predict").status_code == 405


def test_heads_are_bounded_and_lengths_believed_only_if_they_are_numbers(url):
    for line in ("X: " + "a" * 10**6, "Content-Length: -5", f"Content-Length: {'9' * 5000}"):
        head = f"POST /predict HTTP/1.1\r\nHost: here\r\n{line}\r\n\r\n"
        try:
            found = hung_up(url, head.encode())
        except ConnectionError:
            continue  # hung up while we were sending
        assert found.startswith(b"HTTP/1.1 400")


def test_a_full_queue_says_busy():
    class Slow(Recogniser):
        def __call__(self, pictures):
            time.sleep(0.3)
            return super().__call__(pictures)

    limits = Limits(waiting=2)
    with running_service(make_app(Slow(digit_net()), limits=limits, most=1)) as address:
        found = load(address, [request_of(message_of(picture()))] * 8, clients=8)
    statuses = [answer.status for answer in found.answers]
    assert set(statuses) == {200, 503} and statuses.count(200) >= 2


def test_two_services_at_once_and_one_after_another():
    app = make_app(recogniser())
    with running_service(app) as one, running_service(make_app(recogniser())) as other:
        assert one != other
        assert send(one, request_of(message_of(picture()))).status == 200
    with pytest.raises(OSError):
        send(one, request_of(b""))
    with running_service(app) as again:
        assert send(again, request_of(message_of(picture()))).status == 200


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_service_that_cannot_start_says_so():
    app = make_app(recogniser())
    app.router.lifespan_context = None
    with pytest.raises(RuntimeError, match="did not start"), running_service(app):
        pass


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as file:
        lines = dict(line.split(":", 1) for line in file if ":" in line)
    return int(lines["VmHWM"].split()[0]) / 1024


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads /proc")
def test_memory_stays_bounded_in_a_process_of_its_own(tmp_path):
    torch.save(digit_net().state_dict(), tmp_path / "digits.pt")
    command = [sys.executable, "-m", "utils.serving", "--weights", tmp_path / "digits.pt"]
    with subprocess.Popen(
        [*command, "--port", "0", "--seconds", "1"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip()
            good = request_of(message_of(picture()))
            assert send(address, good).status == 200
            before = peak_mb(process.pid)
            for name, status, answer in answers(address, patience=20):
                assert answer.status == status, (name, answer)
            # A picture at the limit, and ten bombs and long bodies at a time.
            assert send(address, request_of(message_of(picture(side=1024)))).status in (200, 413)
            bombs = load(address, [request_of(message_of(bomb()))] * 10, clients=10)
            assert {answer.status for answer in bombs.answers} <= {413, 0}
            # 100 million pixels would take 100 MB as bytes, and the long body 50 MB.
            assert peak_mb(process.pid) - before < 40
            assert send(address, good).status == 200
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode is not None


def test_the_command_line_needs_weights(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["serving"])
    with pytest.raises(SystemExit):
        command_line.main()
    assert "--weights" in capsys.readouterr().err


def test_form_and_message_are_what_the_service_reads():
    body, kind = form_of(b"abc")
    assert kind.endswith("boundary=edge") and b"\r\n\r\nabc\r\n" in body
    assert json.loads(message_of(b"\x00\xff")) == {"image": "AP8="}


def test_load_needs_work():
    for requests, clients in (([], 1), ([b""], 0)):
        with pytest.raises(ValueError, match="load needs"):
            load("http://127.0.0.1:1", requests, clients=clients)
