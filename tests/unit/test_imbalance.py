"""The stored comparison of ways to weigh the background: its form, and one point of it again."""

import json

import pytest

from tools import compare_imbalance
from utils.detection import imbalance


def test_the_stored_rates_are_the_best_of_their_grids():
    found = imbalance.found()
    assert tuple(found) == imbalance.WAYS
    for way, row in found.items():
        scores = dict(map(tuple, row["validation"]))
        assert scores[row["lr"]] == max(scores.values()), way
        rates = compare_imbalance.RATES[way]
        assert tuple(scores) == rates and rates[0] < row["lr"] < rates[-1], way
        assert len(row["test"]) == len(compare_imbalance.SEEDS)
        assert imbalance.scores(way).tolist() == row["test"]


def test_a_point_of_the_table_comes_out_again():
    row = imbalance.found()["mined"]
    _, score = imbalance.train_ssd("mined", seed=1, lr=row["lr"])
    assert score == pytest.approx(row["test"][1], abs=0.03)


def test_the_command_writes_what_it_found(tmp_path, capsys, monkeypatch):
    def run(way, *, seed, lr, epochs):
        assert epochs == 2
        return {"all": 0.1, "mined": 0.3, "focal": 0.2}[way] + lr + 0.01 * seed, 0.5 + 0.1 * seed

    monkeypatch.setattr(compare_imbalance, "train_ssd", run)
    file = tmp_path / "imbalance.json"
    compare_imbalance.main(
        ["--rates", "0.01", "0.03", "0.02", "--epochs", "2", "--file", str(file)]
    )
    facts = json.loads(file.read_text())
    assert (
        facts["seeds"] == [0, 1, 2]
        and facts["epochs"] == 2
        and list(facts["ways"])
        == [
            "all",
            "mined",
            "focal",
        ]
    )
    assert facts["ways"]["focal"]["lr"] == 0.03
    assert facts["ways"]["mined"]["test"] == pytest.approx([0.5, 0.6, 0.7])
    assert "mined - all" in capsys.readouterr().out
