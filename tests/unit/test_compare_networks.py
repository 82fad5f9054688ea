"""The command that tunes and trains the small networks, and the file that it wrote."""

import json

import pytest
import torch

from tools import compare_networks
from utils.data.images import load_images
from utils.networks import fair
from utils.networks.small import SIDE, SMALL


@pytest.fixture(scope="module")
def digits():
    return load_images("digits", size=SIDE)


def test_the_parts_are_apart_and_always_the_same(digits):
    train, held_out, test = fair.parts(digits)
    assert [len(part[1]) for part in (train, held_out, test)] == [1150, 287, 360]
    rows = torch.cat([train[0], held_out[0]]).flatten(1)
    assert torch.equal(rows.sort(0).values, digits.train_images.flatten(1).sort(0).values)
    torch.manual_seed(5)
    again = fair.parts(digits)
    assert torch.equal(again[0][0], train[0]) and torch.equal(again[1][1], held_out[1])


def test_the_stored_rates_are_the_best_of_their_grids_and_none_lies_at_an_edge():
    for data_set in compare_networks.SETS:
        found = fair.found(data_set)
        assert list(found) == list(SMALL)
        for name, row in found.items():
            rates = [rate for rate, _ in row["validation"]]
            scores = {rate: score for rate, score in row["validation"] if score == score}
            assert rates == compare_networks.RATES, name
            assert scores[row["lr"]] == max(scores.values()), name
            assert rates[0] < row["lr"] < rates[-1], name
            assert len(row["test"]) == len(compare_networks.SEEDS)
            assert all(0.1 < score < 1 for score in row["test"]), name


@pytest.mark.parametrize("seed", compare_networks.SEEDS)
def test_a_row_of_the_table_comes_out_again(digits, seed):
    row = fair.found("digits")["LeNet"]
    _, score = fair.train_small("LeNet", digits, seed=seed, lr=row["lr"])
    assert abs(score - row["test"][seed]) < 0.02


def test_the_command_writes_what_it_found(tmp_path, capsys):
    file = tmp_path / "fair.json"
    words = "--sets digits --names LeNet VGG --rates 0.002 0.008 0.016 --epochs 1 --file"
    compare_networks.main([*words.split(), str(file)])
    facts = json.loads(file.read_text())
    assert facts["seeds"] == [0, 1, 2] and facts["epochs"] == 1
    row = facts["sets"]["digits"]["VGG"]
    scores = [score for _, score in row["validation"]]
    assert [rate for rate, _ in row["validation"]] == [0.002, 0.008, 0.016]
    assert dict(row["validation"])[row["lr"]] == max(scores)
    assert len(row["test"]) == 3 and "VGG - LeNet" in capsys.readouterr().out
