"""The benchmark of detectors, on a handful of scenes."""

import math

import pytest
import torch

from benchmarks import detectors
from benchmarks.tiny_ssd import TinySSD, enlarged, rows_of, tiny_detector
from utils.data.scenes import load_scenes
from utils.detection.training import truths

d2l = pytest.importorskip("d2l.torch")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def scenes():
    return load_scenes(16, objects=(1, 3))


@pytest.mark.parametrize("name", detectors.DETECTORS)
def test_a_detector_returns_records_and_a_row(scenes, name):
    train = detectors.DETECTORS[name]
    row = detectors.measured(name, train, scenes, scenes[:4], seeds=(0,))
    assert row.name == name and len(row.seconds) == len(row.half) == len(row.mean) == 1
    assert row.seconds[0] > 0 and 0 <= row.mean[0] <= row.half[0] <= 1


def test_scenes_as_d2l_wants_them(scenes):
    assert enlarged(scenes[:2]).shape == (2, 3, 256, 256)
    rows = rows_of(scenes)
    for row, truth in zip(rows, truths(scenes), strict=True):
        count = len(truth["labels"])
        assert row[:count, 0].tolist() == truth["labels"].tolist()
        torch.testing.assert_close(64 * row[:count, 1:], truth["boxes"])
        assert (row[count:] == -1).all()


def test_their_network_is_that_of_the_chapter_and_its_records_are_in_our_pixels(scenes):
    torch.manual_seed(0)
    net = TinySSD(d2l, 10).eval()
    with torch.no_grad():
        laid, logits, moves = net(enlarged(scenes[:2]))
        records = tiny_detector(d2l, net)(scenes.images[:2])
    assert laid.shape == (1, 5444, 4)  # the number in d2l's chapter
    assert logits.shape == (2, 5444, 11) and moves.shape == (2, 4 * 5444)
    for record in records:
        assert len(record["boxes"]) == len(record["scores"]) == len(record["labels"]) > 0
        assert record["boxes"].abs().max() > 2 and set(record["labels"].tolist()) <= set(range(10))


def test_the_race_ends_at_their_score_and_the_table_shows_it(scenes):
    found = detectors.race(scenes, scenes[:2], peer_epochs=1, our_epochs=(1,))
    assert found.theirs > 0 and found.ours > 0 and 0 <= found.their_score <= 1
    assert found.our_score >= found.their_score or math.isinf(found.ours)
    row = detectors.Row("SSD", [1.0, 3.0], [0.5, 0.7], [0.25, 0.35])
    lines = detectors.table([row], detectors.Race(80.0, 0.5, 10.0, 0.6))
    assert "| SSD | 2.0 ± 1.0 | 0.600 ± 0.100 | 0.300 ± 0.050 |" in lines
    assert "| d2l / ours | 8.0 | |" in lines
