"""Each demo has its small picture, and README its film; how they are made."""

import io

import pytest
from PIL import Image, ImageDraw

from tools import demo_pictures
from tools.demo_page import demos
from tools.files import ROOT

FOLDER = ROOT / demo_pictures.FOLDER
DRAW = "draw it: make pictures"


def test_each_demo_has_its_picture_and_none_is_left_over():
    drawn = {path.stem for path in FOLDER.iterdir()}
    missing, old = sorted(set(demos()) - drawn), sorted(drawn - set(demos()))
    assert not missing, f"{missing[0]} has no picture; {DRAW} NAME={missing[0]}"
    assert not old, f"{old[0]}.webp shows a demo that is no more; remove it"


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert max(sizes.values()) <= 5_000
    assert sum(sizes.values()) <= 450_000
    for path in FOLDER.iterdir():
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("WEBP", demo_pictures.SIZE), path.name


def test_pictures_show_something():
    for path in FOLDER.iterdir():
        with Image.open(path) as picture:
            low, high = picture.convert("L").getextrema()
        assert high - low > 100, f"{path.name} is empty; {DRAW} NAME={path.stem}"


def test_the_film_moves_and_is_small():
    path = ROOT / demo_pictures.FILM
    assert path.stat().st_size <= 400_000
    with Image.open(path) as film:
        assert film.format == "WEBP" and film.n_frames > 10


@pytest.mark.parametrize("size", [(640, 200), (300, 400), (320, 180), (90, 90)])
def test_all_of_a_drawing_is_in_the_frame(size):
    drawing = Image.new("RGB", size, "white")
    inner = (5, 5, size[0] - 6, size[1] - 6)
    ImageDraw.Draw(drawing).rectangle(inner, outline="red", width=4)
    picture = demo_pictures.fitted(drawing)
    assert picture.size == (320, 180)
    red = [
        (x, y) for x in range(320) for y in range(180)
        if picture.getpixel((x, y))[0] > 200 and picture.getpixel((x, y))[1] < 120
    ]  # fmt: skip
    width = max(x for x, _ in red) - min(x for x, _ in red) + 1
    height = max(y for _, y in red) - min(y for _, y in red) + 1
    assert width / height == pytest.approx((size[0] - 10) / (size[1] - 10), rel=0.05)
    assert width >= 300 or height >= 155
    # In the middle.
    assert abs(min(x for x, _ in red) + max(x for x, _ in red) - 319) <= 3
    assert abs(min(y for _, y in red) + max(y for _, y in red) - 179) <= 3


def test_the_ground_goes_on_above_and_below():
    drawing = Image.new("RGB", (640, 200), "white")
    ImageDraw.Draw(drawing).rectangle((0, 0, 639, 99), fill=(200, 220, 240))
    picture = demo_pictures.fitted(drawing)
    assert picture.getpixel((160, 2)) == (200, 220, 240)
    assert picture.getpixel((160, 177)) == (255, 255, 255)


def test_an_empty_drawing_is_refused():
    with pytest.raises(ValueError, match="draws nothing"):
        demo_pictures.fitted(Image.new("RGB", (640, 0)))


def test_a_picture_is_as_good_as_its_bytes_allow():
    noise = Image.effect_noise((320, 180), 60).convert("RGB")
    flat = Image.new("RGB", (320, 180), "white")
    assert len(demo_pictures.webp(flat)) < 1_000
    rich, poor = (demo_pictures.webp(noise, largest) for largest in (60_000, 12_000))
    assert 12_000 < len(rich) <= 60_000 and len(poor) <= 12_000
    assert Image.open(io.BytesIO(poor)).size == (320, 180)
    with pytest.raises(ValueError, match="more than 100"):
        demo_pictures.webp(noise, 100)


def test_an_unknown_demo_is_refused():
    with pytest.raises(ValueError, match="no demo 'nothing_such'"):
        demo_pictures.main(["nothing_such"])
