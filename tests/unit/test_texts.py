import hashlib

import pytest
import torch

from utils.data.registry import CHECKOUT, texts
from utils.data.texts import Vocabulary, load_text, split_by_place, streams, windows

IDS = torch.arange(100)


def test_the_text_is_the_one_that_was_stored():
    stored = (CHECKOUT / "data" / "texts" / "alice.txt").read_bytes()
    wanted = "29ce729d16600a8954cbd2f2797e2eb8c5dd1fbd66dc3ecb163063d5eb8b2254"
    assert hashlib.sha256(stored).hexdigest() == wanted
    assert len(stored) < 160_000 and b"\r" not in stored


def test_the_text_has_twelve_chapters_and_no_editor():
    text = load_text(lower=False)
    assert text.startswith("CHAPTER I\n\nDown the Rabbit-Hole") and text.endswith("days.\n")
    assert text.count("CHAPTER ") == 12
    assert not any(word in text for word in ("later editions", "Gutenberg", "EDITION", "["))
    assert f"{len(text):,}"[:3] in texts()["alice"].title


def test_small_letters_are_the_default():
    text = load_text()
    assert text == load_text(lower=False).lower() != load_text(lower=False)


def test_an_unknown_text_is_refused():
    with pytest.raises(ValueError, match="choose one of alice"):
        load_text("snark")


def test_a_vocabulary_goes_there_and_back():
    text = load_text()[:500]
    vocabulary = Vocabulary(text)
    ids = vocabulary.encode(text)
    assert ids.dtype == torch.int64 and ids.shape == (500,)
    assert len(vocabulary) == len(set(text)) == int(ids.max()) + 1
    assert vocabulary.decode(ids) == vocabulary.decode(ids.tolist()) == text
    assert list(vocabulary.characters) == sorted(vocabulary.characters)
    assert vocabulary.encode("").shape == (0,) and vocabulary.decode([]) == ""


def test_what_a_vocabulary_does_not_know_is_refused():
    vocabulary = Vocabulary("abc")
    with pytest.raises(ValueError, match=r"no 'A', '!'|no '!', 'A'"):
        vocabulary.encode("A!")
    for bad in ([3], torch.tensor([-1])):
        with pytest.raises(ValueError, match="between 0 and 2"):
            vocabulary.decode(bad)
    with pytest.raises(ValueError, match="at least one"):
        Vocabulary("")


def test_the_split_goes_by_place():
    train, held_out = split_by_place(IDS)
    assert train.tolist() == list(range(90)) and held_out.tolist() == list(range(90, 100))
    assert len(split_by_place(IDS, 0.25)[1]) == 25
    for bad in (0, 1, 1.2, -0.1, 0.001):
        with pytest.raises(ValueError, match="empty"):
            split_by_place(IDS, bad)


@pytest.mark.parametrize("length, batch", [(5, 3), (1, 7), (33, 2), (10, 9)])
def test_windows_are_shifted_by_one_and_do_not_overlap(length, batch):
    seen = []
    for inputs, targets in windows(IDS, length, batch, torch.Generator().manual_seed(1)):
        assert inputs.shape == targets.shape == (batch, length)
        assert torch.equal(targets, inputs + 1)
        assert torch.equal(inputs, inputs[:, :1] + torch.arange(length))
        seen += inputs.flatten().tolist()
    assert len(set(seen)) == len(seen) >= 100 - 2 * length - batch * length
    assert len(seen) >= batch * length


def test_passes_differ_in_order_and_in_place_and_repeat_with_the_seed():
    def passing(generator):
        return torch.cat([inputs[:, 0] for inputs, _ in windows(IDS, 5, 2, generator)]).tolist()

    generator = torch.Generator().manual_seed(0)
    passes = [passing(generator) for _ in range(8)]
    assert len({tuple(sorted(one)) for one in passes}) > 4  # the first place is drawn as well
    assert any(one != sorted(one) for one in passes)
    assert passing(torch.Generator().manual_seed(0)) == passes[0]


@pytest.mark.parametrize("length, batch", [(5, 3), (1, 7), (33, 3), (10, 9)])
def test_streams_go_on_where_they_stopped(length, batch):
    parts = list(streams(IDS, length, batch))
    inputs = torch.cat([part for part, _ in parts], dim=1)
    assert torch.equal(torch.cat([part for _, part in parts], dim=1), inputs + 1)
    assert torch.equal(inputs.flatten(), IDS[: inputs.numel()])
    assert len(parts) == 99 // (length * batch) and parts[0][0].shape == (batch, length)


@pytest.mark.parametrize("cut", [lambda *a: windows(*a, torch.Generator()), streams])
def test_what_fills_no_batch_is_refused(cut):
    with pytest.raises(ValueError, match="fewer or shorter"):
        cut(IDS, 50, 2)
    for bad in ((0, 2), (5, 0), (-1, 1)):
        with pytest.raises(ValueError, match="at least 1"):
            cut(IDS, *bad)
    with pytest.raises(ValueError, match="a row"):
        cut(IDS[None], 5, 2)


def test_the_shortest_text_that_is_taken_fills_a_batch():
    assert len(list(streams(IDS[:11], 5, 2))) == 1
    for seed in range(20):
        assert len(list(windows(IDS[:15], 5, 2, torch.Generator().manual_seed(seed)))) == 1
    with pytest.raises(ValueError):
        streams(IDS[:10], 5, 2)
    with pytest.raises(ValueError):
        windows(IDS[:14], 5, 2, torch.Generator())
