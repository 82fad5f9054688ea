"""The arithmetic and the words of shifting the cat, in Chromium, against torch."""

import base64
import re

import pytest
import torch
import torch.nn.functional as F

from utils.data.photos import photo
from utils.widgets.kit.photographs import PHOTOS
from utils.widgets.semantic_gap import FAR, LEAST, SIDE, STRANGERS, SemanticGap, original

CASES = 240
LARGE = 60
OTHERS = {"brightness": 0.9, "crop": 90, "mirrored": True}
TASK = """({ isJustBeyond }, pictures, cases, side) => cases.map(({ name, settings }) =>
    isJustBeyond(Float64Array.from(pictures[name], (level) => level / 255), side, settings))"""
FAR_AWAY = 2 * SIDE  # no pixel but one of a corner is left
BATCH = """({ cardDistance, compared, distance }, pictures, cases) =>
    cases.map(({ name, side, settings }) => {
        const picture = Float64Array.from(pictures[name], (level) => level / 255);
        const { changed, off, ...found } = compared(picture, side, settings);
        return {
            ...found,
            ...(side < 20 && { changed, off }),
            card: cardDistance(picture),
            toFlipped: distance(picture, picture.toReversed()),
        };
    })"""


def integer(generator, low, high):
    return int(torch.randint(low, high + 1, (), generator=generator))


def drawn_case(generator, side, far, least, darkest):
    """Settings, each at rest in a third of the cases."""

    def mostly(value, rest):
        return value if integer(generator, 0, 2) else rest

    share = float(torch.rand((), generator=generator))
    return {
        "columns": mostly(integer(generator, -far, far), 0),
        "rows": mostly(integer(generator, -far, far), 0),
        "brightness": mostly(round(darkest + (1 - darkest) * share, 3), 1.0),
        "crop": mostly(integer(generator, least, side), side),
        "mirrored": bool(integer(generator, 0, 1)),
    }


def by_torch(image, *, columns, rows, brightness, crop, mirrored):
    """The changed picture, in the order that the demo states."""
    side = len(image)
    edge = (side - crop) // 2
    image = image[None, None, edge : edge + crop, edge : edge + crop]
    image = F.interpolate(image, side, mode="nearest")
    image = image.flip(-1) if mirrored else image
    pad = (max(columns, 0), max(-columns, 0), max(rows, 0), max(-rows, 0))
    image = F.pad(image, pad, mode="replicate")[0, 0]
    return brightness * image[pad[3] :, pad[1] :][:side, :side]


@pytest.fixture(scope="module")
def cases():
    """Small random pictures with any setting, and moves far beyond their edges."""
    generator = torch.Generator().manual_seed(5)
    found = []
    for _ in range(CASES):
        side = integer(generator, 1, 14)
        levels = torch.randint(0, 256, (side, side), generator=generator)
        found.append((levels.double() / 255, drawn_case(generator, side, 2 * side, 1, 0)))
    return found


@pytest.fixture(scope="module")
def demos():
    """The photographs in random settings, and in those at the ends."""
    generator = torch.Generator().manual_seed(6)
    found = [
        SemanticGap(photo=PHOTOS[at % 3], **drawn_case(generator, SIDE, FAR, LEAST, 0.2))
        for at in range(LARGE)
    ]
    ends = {"columns": -FAR, "rows": FAR, "brightness": 0.2, "crop": LEAST, "mirrored": True}
    found += [SemanticGap(photo=name, **{"columns": 0, **ends}) for name in PHOTOS]
    found += [SemanticGap(photo=name, columns=0) for name in PHOTOS]
    return found


def settings_of(demo):
    return {name: value for name, value in demo.state().items() if name != "photo"}


@pytest.fixture(scope="module")
def asked(open_module):
    """A function that asks the module about (name of a picture, picture, settings)."""
    module = open_module("semantic_gap/math")

    def ask(given):
        levels = {name: (255 * image).round().int().flatten() for name, image, _ in given}
        cases = [{"name": n, "side": len(image), "settings": s} for n, image, s in given]
        pictures = {name: each.tolist() for name, each in levels.items()}
        return module.evaluate(BATCH, pictures, cases)

    return ask


@pytest.fixture(scope="module")
def answers(asked, cases):
    found = asked([(at, image, settings) for at, (image, settings) in enumerate(cases)])
    assert len(found) == CASES
    return found


@pytest.fixture(scope="module")
def large(asked, demos):
    return asked([(demo.photo, demo.original, settings_of(demo)) for demo in demos])


def close(ours, expected):
    assert ours == pytest.approx(expected.item(), rel=1e-12, abs=1e-14)


def test_pictures_differences_and_distances_are_those_of_torch(cases, answers):
    for (image, settings), answer in zip(cases, answers, strict=True):
        expected = by_torch(image, **settings)
        for name, wanted in (("changed", expected), ("off", (expected - image).abs())):
            ours = torch.tensor(answer[name], dtype=torch.float64).reshape(image.shape)
            torch.testing.assert_close(ours, wanted, rtol=1e-12, atol=1e-14)
        close(answer["distance"], F.l1_loss(expected, image))
        close(answer["share"], (expected != image).double().mean())
        close(answer["card"], F.l1_loss(image.mean().expand_as(image), image))
        close(answer["toFlipped"], F.l1_loss(image, image.rot90(2)))


def test_the_outline_surrounds_what_is_still_to_be_seen(cases, answers):
    """Pixels that carry their own number tell where they went."""
    for (image, settings), answer in zip(cases, answers, strict=True):
        numbers = torch.arange(image.numel(), dtype=torch.float64).reshape(image.shape)
        left = by_torch(numbers, **(settings | {"brightness": 1})).long()
        rows, columns = left // len(image), left % len(image)
        part = answer["visible"]
        assert (part["x"], part["y"]) == (columns.min(), rows.min())
        assert part["x"] + part["width"] - 1 == columns.max()
        assert part["y"] + part["height"] - 1 == rows.max()
        assert part["share"] == pytest.approx(part["width"] * part["height"] / image.numel())


def test_the_photographs_distances_are_those_of_python(demos, large):
    for demo, answer in zip(demos, large, strict=True):
        close(answer["distance"], demo.distance)
        close(answer["card"], demo.card_distance)
        assert answer["distance"] < 0.5, "the end of the scale"
    assert [answer["distance"] for answer in large[-len(PHOTOS) :]] == [0] * len(PHOTOS)


def test_every_crop_takes_the_pixels_that_interpolate_takes(open_module):
    sizes = [(size, crop) for size in (44, 66, SIDE, 97) for crop in range(1, size + 1)]
    still = {"isMirrored": False, "moved": 0}
    calls = [("sources", size, {"crop": crop, **still}) for size, crop in sizes]
    found = open_module("semantic_gap/math").call_each(calls)
    for (size, crop), ours in zip(sizes, found, strict=True):
        places = torch.arange((size - crop) // 2, (size - crop) // 2 + crop).double()
        assert ours == F.interpolate(places[None, None], size)[0, 0].tolist(), (size, crop)
        if size == SIDE:  # elsewhere float32 finds other pixels now and then
            assert ours == F.interpolate(places[None, None].float(), size)[0, 0].tolist(), crop


def test_a_move_out_of_the_picture_leaves_one_column(open_module):
    given = {"crop": SIDE, "isMirrored": False}
    calls = [("sources", SIDE, {**given, "moved": moved}) for moved in (FAR_AWAY, -FAR_AWAY, 0)]
    right, left, still = open_module("semantic_gap/math").call_each(calls)
    assert (set(right), set(left)) == ({0}, {SIDE - 1})
    assert still == list(range(SIDE))


def marks_of(open_module, demos):
    names = [(demo.photo, STRANGERS[demo.photo]) for demo in demos]
    given = [
        (
            "marksFor",
            demo.card_distance.item(),
            {"name": s, "distance": demo.stranger_distance.item()},
        )
        for demo, (_, s) in zip(demos, names, strict=True)
    ]
    return open_module("semantic_gap/words").call_each(given)


def test_the_sentence_compares_with_the_card_and_the_stranger(open_module, demos, large):
    marks = marks_of(open_module, demos)
    words = open_module("semantic_gap/words")
    calls = [
        (
            "sentence",
            demo.photo,
            {"distance": a["distance"], "share": a["share"], "visible": a["visible"]},
            m,
        )
        for demo, a, m in zip(demos, large, marks, strict=True)
    ]
    seen = set()
    for demo, answer, text in zip(demos, large, words.call_each(calls), strict=True):
        assert not re.search(r"NaN|undefined|Infinity|−0", text)
        if demo.distance == 0:
            assert text == "Nothing has changed: the distance is 0."
            continue
        kind = "none"
        if answer["visible"]["share"] < 1 / 8:
            seen.add("lost")
            assert text.startswith("Hardly any of the ")
            assert text.endswith(" The distance cannot say so.")
            continue
        if demo.distance > demo.stranger_distance:
            kind = "both"
            assert re.search(r"from itself than a grey card and (a [\w ]+) are\.", text)
        elif demo.distance > demo.card_distance:
            kind = "card"
            assert re.match(r"Still a [\w ]+, and further from itself than a grey card is\.", text)
        else:
            assert "closer to itself than a grey card is." in text
        seen.add(kind)
        share = (demo.changed != demo.original).double().mean().item()
        if percent := re.search(r"(\d+) % of the pixels differ\.$", text):
            assert int(percent[1]) == pytest.approx(100 * share, abs=0.501)
        else:
            assert ("All pixels" in text) == (share == 1), text
    assert seen == {"none", "card", "both", "lost"}


def test_the_named_changes_are_those_of_the_page(open_module):
    named = open_module("semantic_gap/words").call("presets", SIDE)
    distances = {name: f"{SemanticGap(**given).distance:.3f}" for name, given in named.items()}
    cat = photo("cat", size=SIDE)[0]
    moved = cat[:, (torch.arange(SIDE) - 8).clamp(min=0)]
    nearer = F.interpolate(cat[None, None, 16:80, 16:80], SIDE)[0, 0]
    versions = {"moved by 8": moved, "half as bright": cat / 2, "mirrored": cat.flip(1)}
    for name, version in {**versions, "nearer": nearer, "nothing": cat}.items():
        assert distances[name] == f"{F.l1_loss(cat, version):.3f}", name
    assert SemanticGap(**named["all four"]).distance > SemanticGap().stranger_distance


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, demos):
    some = [*demos[:LARGE:3], *demos[LARGE:]]
    calls = [
        (
            "torchCode",
            d.photo,
            SIDE,
            settings_of(d),
            {"distance": d.distance.item()},
            d.card_distance.item(),
        )
        for d in some
    ]
    for demo, code in zip(some, open_module("semantic_gap/words").call_each(calls), strict=True):
        names = {"torch": torch, "F": F}
        results = []
        for line in code.splitlines():
            if "  # " in line:
                call, shown = line.split("  # ")
                results.append((eval(call, names).item(), float(shown)))
            else:
                exec(line, names)
        assert results[0][0] == pytest.approx(demo.distance.item(), abs=1e-6)
        assert results[1][0] == pytest.approx(demo.card_distance.item(), abs=1e-6)
        assert all(abs(value - shown) < 0.000502 for value, shown in results), code


def test_pixels_travel_as_bytes_with_their_credit():
    asset = SemanticGap().asset_values()["photos"]
    assert list(asset) == list(PHOTOS)
    for name, sent in asset.items():
        levels = torch.frombuffer(bytearray(base64.b64decode(sent["pixels"])), dtype=torch.uint8)
        assert torch.equal(
            levels.reshape(sent["height"], sent["width"]).double() / 255, original(name)
        )
        assert sent["credit"].endswith("CC0 1.0") and sent["stranger"] == STRANGERS[name] != name


def test_moves_have_words_and_none_is_minus_zero(open_module):
    ways = ["left", "right"]
    calls = [("moveWords", value, ways) for value in (0, -1, FAR)]
    assert open_module("semantic_gap/words").call_each(calls) == ["0", "1 left", "48 right"]


def just_beyond(demo):
    """Whether one pixel less, across or down, would leave the picture nearer than its card."""
    moves = demo.state() | {"columns": 0, "rows": 0}
    if SemanticGap(**moves).distance > 0 or not demo.distance > demo.card_distance:
        return False
    shorter = []
    for axis in ("columns", "rows"):
        if value := getattr(demo, axis):
            fewer = value - 1 if value > 0 else value + 1
            shorter.append(SemanticGap(**(demo.state() | {axis: fewer})))
    return not any(one.distance > one.card_distance for one in shorter)


def test_the_task_is_done_at_the_first_pixel_beyond_the_card(open_module, demos):
    tried = [SemanticGap(columns=by, rows=down) for by in range(-9, 10) for down in (-7, -3, 0, 2)]
    tried += [SemanticGap(columns=0, rows=down) for down in range(-9, 10)]
    tried += [SemanticGap(photo="coffee", columns=by) for by in range(20, 27)]
    tried += [SemanticGap(photo="camera", columns=by) for by in range(36, 42)]
    tried += [SemanticGap(columns=5, **{name: value}) for name, value in OTHERS.items()]
    # Just beyond as well, were it not for another change.
    tried += [SemanticGap(columns=by, brightness=0.95) for by in range(1, 9)]
    tried += [SemanticGap(photo="coffee", columns=by, mirrored=True) for by in range(1, FAR)]
    tried += [SemanticGap(photo="coffee", columns=by, crop=90) for by in range(1, FAR)]
    tried += demos[:LARGE:4]
    levels = {name: (255 * original(name)).round().int().flatten().tolist() for name in PHOTOS}
    cases = [{"name": demo.photo, "settings": settings_of(demo)} for demo in tried]
    found = open_module("semantic_gap/math").evaluate(TASK, levels, cases, SIDE)
    assert found == [just_beyond(demo) for demo in tried]
    by_five = [d.state() for d, one in zip(tried, found, strict=True) if one and d.rows == 0]
    assert SemanticGap(columns=5).state() in by_five
    assert not just_beyond(SemanticGap())


def test_the_story_shows_each_preset_once(open_module):
    words = open_module("semantic_gap/words")
    named = words.call("presets", SIDE)
    names = list(named)
    given = [("nextPreset", name, named) for name in (*names, "your own")]
    following = words.call_each(given)
    assert following == [*names[1:], None, names[1]]
    calls = [("presetOf", settings, named) for settings in named.values()]
    calls += [("presetOf", named["nothing"] | {"rows": 1}, named)]
    assert words.call_each(calls) == [*names, "your own"]
    assert names == ["nothing", "moved by 8", "half as bright", "mirrored", "nearer", "all four"]
