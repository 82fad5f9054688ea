"""The parts of the service without a socket: pictures, bodies, batches, weights, counts."""

import asyncio
import io

import numpy as np
import pytest
import torch
import torchvision
from PIL import Image

from utils.data.images import load_images, resize
from utils.serving import Batcher, Limits, Recogniser, Refused, decode, digit_net, prepare
from utils.serving.abuse import bomb, picture
from utils.serving.bodies import from_json
from utils.serving.metrics import BOUNDS, Metrics
from utils.serving.png import write_png
from utils.serving.preprocessing import MEAN, SPREAD


def file_of(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def test_grey_pixels_come_back_as_they_were():
    pixels = np.random.default_rng(0).integers(0, 256, (7, 5), dtype=np.uint8)
    assert decode(file_of(Image.fromarray(pixels))).numpy().tolist() == pixels.tolist()


def test_colours_bits_and_transparency():
    red = Image.new("RGB", (2, 3), (255, 0, 0))
    assert decode(file_of(red)).unique().tolist() == [76]  # 0.299 · 255
    ramp = np.array([[0, 255, 256, 65279, 65280, 65535]], dtype=np.uint16)  # the upper byte
    assert decode(file_of(Image.fromarray(ramp))).tolist() == [[0, 0, 1, 254, 255, 255]]
    clear = Image.new("RGBA", (1, 2), (255, 255, 255, 0))
    clear.putpixel((0, 1), (255, 255, 255, 255))
    assert decode(file_of(clear)).tolist() == [[0], [255]]
    listed = Image.new("P", (1, 1), 3)
    listed.putpalette([0, 0, 0, 1, 1, 1, 2, 2, 2, 90, 90, 90])
    assert decode(file_of(listed)).tolist() == [[90]]
    assert decode(file_of(Image.new("1", (1, 1), 1))).tolist() == [[255]]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 415),
        (b"\x89PNG\r\n\x1a\n", 422),
        (picture("GIF"), 415),
        (picture()[:70], 422),
        (picture("JPEG", 64)[:-40], 422),
        (bomb(), 413),
        (bomb(20_000), 413),
        (picture(side=1025), 413),
    ],
)
def test_bad_files_are_refused(data, status):
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.status == status
    assert len(str(refused.value).split()) >= 5


@pytest.mark.filterwarnings("ignore:The image decoding:DeprecationWarning")
def test_a_written_png_is_read_by_others():
    draw = torch.Generator().manual_seed(0)
    for height, width, filters, level in (
        (8, 8, None, 0),
        (1, 1, [4], 9),
        (5, 7, [0, 1, 2, 3, 4], 0),
        (6, 3, [4, 3, 2, 1, 0, 4], 6),
    ):
        pixels = torch.randint(256, (height, width), generator=draw, dtype=torch.uint8)
        file = write_png(pixels, filters, level=level)
        assert torch.equal(decode(file), pixels)
        seen = torchvision.io.decode_image(torch.frombuffer(bytearray(file), dtype=torch.uint8))
        assert torch.equal(seen[0], pixels)
    plain = write_png(pixels, [0] * 6)
    assert bytes(pixels[2].tolist()) in plain  # not compressed


@pytest.mark.parametrize(
    ("pixels", "filters"),
    [
        (torch.zeros(2, 2), None),
        (torch.zeros(1, 2, 2, dtype=torch.uint8), None),
        (torch.zeros(0, 2, dtype=torch.uint8), None),
        (torch.zeros(2, 2, dtype=torch.uint8), [0]),
        (torch.zeros(2, 2, dtype=torch.uint8), [0, 5]),
    ],
)
def test_a_png_of_something_else_is_refused(pixels, filters):
    with pytest.raises(ValueError, match="must be"):
        write_png(pixels, filters)


@pytest.mark.parametrize(("kind", "side"), [("PNG", 8), ("JPEG", 16)])
def test_a_damaged_byte_is_refused_or_does_no_harm(kind, side):
    whole = picture(kind, side)
    statuses = set()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 4
        try:
            assert decode(bytes(damaged)).dtype == torch.uint8
        except Refused as refused:
            statuses.add(refused.status)
    assert {415, 422} <= statuses <= {413, 415, 422}


def test_a_jpeg_of_many_scans_is_refused():
    drawn = Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16))
    file = file_of(drawn, "JPEG", progressive=True)
    scans, last = file.count(b"\xff\xda"), file[file.rindex(b"\xff\xda") : -2]
    assert 1 < scans < 64
    assert decode(file[:-2] + last * (64 - scans) + file[-2:]).shape == (16, 16)
    with pytest.raises(Refused, match="65 scans, and 64 are") as refused:
        decode(file[:-2] + last * (65 - scans) + file[-2:])
    assert refused.value.status == 413
    # The same two bytes in a PNG are pixels.
    pixels = torch.tensor([[0xFF, 0xDA] * 80], dtype=torch.uint8)
    assert torch.equal(decode(write_png(pixels)), pixels)


def test_the_limit_of_pixels_is_a_limit():
    file = picture(side=10)
    assert decode(file, Limits(pixels=100)).shape == (10, 10)
    with pytest.raises(Refused, match="10×10 pixels, and 99 are"):
        decode(file, Limits(pixels=99))


def test_prepare_is_one_home_for_training_and_serving():
    images = load_images("digits").train_images
    pixels = (images[:, 0] * 255).round().to(torch.uint8)
    seen = prepare(pixels)
    assert seen.shape == (len(images), 1, 8, 8) and seen.dtype == torch.float32
    torch.testing.assert_close(seen[3], prepare(pixels[3]))
    torch.testing.assert_close(seen * SPREAD + MEAN, images, atol=0.5 / 255 + 1e-6, rtol=0)
    assert abs(seen.mean()) < 0.05 and 0.9 < seen.std() < 1.1
    large = torch.randint(256, (2, 20, 31)).to(torch.uint8)
    wanted = (resize(large[:, None].float() / 255, 8) - MEAN) / SPREAD
    torch.testing.assert_close(prepare(large), wanted)
    torch.testing.assert_close(prepare(large[1]), wanted[1])


@pytest.mark.parametrize("shape", [(8,), (1, 1, 8, 8), (0, 8)])
def test_prepare_refuses(shape):
    with pytest.raises(ValueError, match="uint8 of shape"):
        prepare(torch.zeros(shape, dtype=torch.uint8))
    with pytest.raises(ValueError, match="uint8 of shape"):
        prepare(torch.zeros(8, 8))


@pytest.mark.parametrize("hidden", [(), (5,), (7, 3)])
def test_weights_go_through_a_file(hidden, tmp_path):
    net = digit_net(*hidden)
    torch.save(net.state_dict(), tmp_path / "net.pt")
    x = torch.rand(4, 1, 8, 8)
    wanted = net(x).softmax(1)
    for found in (
        Recogniser.load(tmp_path / "net.pt")(x),
        Recogniser.load(tmp_path / "net.pt", digit_net(*hidden))(x),
    ):
        torch.testing.assert_close(found, wanted.detach())
        assert not found.requires_grad
    with pytest.raises(RuntimeError):
        Recogniser.load(tmp_path / "net.pt", digit_net(9))


def test_a_recogniser_is_in_evaluation_mode():
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Dropout(), torch.nn.Linear(64, 10))
    found = Recogniser(net.train())
    x = torch.rand(3, 1, 8, 8)
    assert torch.equal(found(x), found(x))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_finite_are_refused(value):
    net = digit_net()
    net[3].bias.data[2] = value
    with pytest.raises(ValueError, match="'3.bias' are not finite"):
        Recogniser(net)


@pytest.mark.parametrize("name", Limits.__dataclass_fields__)
def test_limits_are_positive(name):
    for value in (0, -1, float("nan")):
        with pytest.raises(ValueError, match=f"{name} must be more than 0"):
            Limits(**{name: value})


def test_json_of_a_picture():
    assert from_json(b'{"image": "AP8="}') == b"\x00\xff"
    assert from_json(b'{"image": "data:image/png;base64,AP8="}') == b"\x00\xff"
    for bad in (
        b"",
        b"[]",
        b"7",
        b'{"image": 3}',
        b'{"image": "A"}',
        b'{"image": "AP8=!"}',
        b'{"image": "\xc3\xa4"}',
    ):
        with pytest.raises(Refused):
            from_json(bad)


def test_json_of_many_parts_is_not_read():
    parts = ", ".join(["[]"] * 32 + ["{}"] * 31)
    assert from_json(b'{"others": [%s], "image": "AP8="}' % parts[4:].encode()) == b"\x00\xff"
    for bad in (b'{"others": [%s], "image": "AP8="}' % parts.encode(), b"[" * 65, b"{" * 65):
        with pytest.raises(Refused, match="more than 64 brackets"):
            from_json(bad)


def batches(most, wait, count, *, room=256):
    """Ask for doubled rows, and return the answers and the sizes of the batches."""
    sizes = []

    async def ask_all():
        async with Batcher(
            lambda x: 2 * x, most=most, wait=wait, room=room, note=sizes.append
        ) as b:

            async def ask(index):
                return await b.ask(torch.tensor([float(index)]))

            tasks = (ask(index) for index in range(count))
            return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(ask_all()), sizes


@pytest.mark.parametrize(
    ("most", "count", "wanted"), [(4, 10, [4, 4, 2]), (1, 3, [1] * 3), (32, 5, [5])]
)
def test_requests_of_one_tick_are_stacked(most, count, wanted):
    for wait in (0, 0.001):
        found, sizes = batches(most, wait, count)
        assert [answer.item() for answer in found] == [2.0 * index for index in range(count)]
        assert sizes == wanted


def test_a_batch_waits_to_be_filled_when_there_is_a_crowd():
    def sizes_of(wait, *groups):
        """Sizes of batches of up to 3 if so many requests at a time come 0.1 s apart."""
        sizes = []

        async def talk():
            async with Batcher(lambda x: x, most=3, wait=wait, note=sizes.append) as batcher:
                tasks = []
                for count in groups:
                    tasks += [
                        asyncio.create_task(batcher.ask(torch.zeros(1))) for _ in range(count)
                    ]
                    await asyncio.sleep(0.1)
                await asyncio.gather(*tasks)

        asyncio.run(talk())
        return sizes

    assert sizes_of(5.0, 2, 1, 1, 1) == [2, 3]
    assert sizes_of(0.0, 2, 1, 1, 1) == [2, 1, 1, 1]
    # Who was alone does not wait, and after a batch nobody waits for ever.
    assert sizes_of(5.0, 1, 1, 1) == [1, 1, 1]
    assert sizes_of(0.02, 2, 1, 1) == [2, 1, 1]


def test_a_full_queue_refuses():
    found, sizes = batches(2, 0, 6, room=4)
    refused = [answer for answer in found if isinstance(answer, Refused)]
    assert len(refused) == 2 and {answer.status for answer in refused} == {503}
    assert sum(sizes) == 4


def test_an_error_reaches_all_of_its_batch_and_the_next_is_served():
    def run(x):
        if (x == 13).any():
            raise ZeroDivisionError
        return x

    async def talk():
        async with Batcher(run, most=2) as batcher:
            first = await asyncio.gather(
                *(batcher.ask(torch.tensor(i)) for i in (13, 1, 2)), return_exceptions=True
            )
            return first

    one, other, last = asyncio.run(talk())
    assert isinstance(one, ZeroDivisionError) and isinstance(other, ZeroDivisionError)
    assert last == 2


def test_who_leaves_takes_no_place():
    sizes = []

    async def talk():
        async with Batcher(lambda x: x, note=sizes.append) as batcher:
            tasks = [asyncio.create_task(batcher.ask(torch.tensor(i))) for i in range(3)]
            await asyncio.sleep(0)  # now all three have asked
            tasks[1].cancel()
            return await asyncio.gather(tasks[0], tasks[2])

    assert [answer.item() for answer in asyncio.run(talk())] == [0, 2]
    assert sum(sizes) == 2


@pytest.mark.parametrize("bad", [{"most": 0}, {"room": 0}, {"wait": -1}, {"wait": float("nan")}])
def test_a_batcher_refuses(bad):
    with pytest.raises(ValueError, match="most and room"):
        Batcher(lambda x: x, **bad)


def test_counts():
    metrics = Metrics()
    for status, seconds in ((200, 0.002), (200, 0.05), (422, 0.0005)):
        metrics.answered(status, seconds)
    metrics.ran(2)
    metrics.ran(3)
    lines = metrics.text().splitlines()
    assert 'predictions_total{status="200"} 2' in lines
    assert 'predictions_total{status="422"} 1' in lines
    assert [line.split()[1] for line in lines if "bucket" in line] == list("1222333333")
    assert len(BOUNDS) == 9
    assert "prediction_seconds_sum 0.052500" in lines and "prediction_seconds_count 3" in lines
    assert "batch_rows_sum 5" in lines and "batch_rows_count 2" in lines
