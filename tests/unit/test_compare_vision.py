"""The sweep behind the page on vision transformers, and the file that it wrote."""

import json

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from tools import compare_vision
from utils.counting import count_parameters
from utils.data.images import load_images
from utils.experiment import log_grid
from utils.sequences import vision_runs as runs
from utils.sequences.vision_transformer import shuffled
from utils.train import evaluate

SETS = sorted(json.loads(runs.FILE.read_text())["sets"])


@pytest.fixture(scope="module")
def digits():
    return load_images("digits", size=runs.SIDE)


def test_the_parts_are_apart_and_small_ones_lie_in_large_ones(digits):
    train, held_out, test = runs.parts(digits, 1150)
    assert [len(part[1]) for part in (train, held_out, test)] == [1150, 287, 360]
    rows = torch.cat([train[0], held_out[0]]).flatten(1)
    assert torch.equal(rows.sort(0).values, digits.train_images.flatten(1).sort(0).values)
    assert torch.equal(test[0], digits.test_images)
    torch.manual_seed(5)
    few, same, _ = runs.parts(digits, 100)
    assert torch.equal(few[0], train[0][:100]) and torch.equal(few[1], train[1][:100])
    assert torch.equal(same[1], held_out[1])
    for count in (0, 1151):
        with pytest.raises(ValueError, match="1 to 1150 training pictures"):
            runs.parts(digits, count)


def test_both_nets_are_of_one_size_and_do_as_much_work():
    nets = {arm: runs.network(arm) for arm in runs.ARMS}
    counts = {arm: count_parameters(net) for arm, net in nets.items()}
    assert counts["convolution"] < counts["transformer"] < 1.03 * counts["convolution"]
    assert counts["transformer"] - counts["no positions"] == 17 * 24
    with FlopCounterMode(display=False) as counter:
        nets["convolution"](torch.zeros(1, 1, runs.SIDE, runs.SIDE))
    # By formula, since the counter does not see the fused attention: blocks, patches and head.
    T, d, m = 17, 24, 48
    block = 8 * T * d**2 + 4 * T**2 * d + 4 * T * d * m
    operations = 2 * block + 2 * 16 * 16 * d + 2 * d * 10
    assert operations < counter.get_total_flops() < 1.06 * operations
    with pytest.raises(ValueError, match="there is no arm"):
        runs.network("recurrent")


def test_a_seed_fixes_the_first_weights():
    for arm in runs.ARMS:
        one, same, other = (list(runs.network(arm, seed).parameters()) for seed in (1, 1, 2))
        assert all(map(torch.equal, one, same))
        assert not all(map(torch.equal, one, other))


def test_training_learns_and_refuses_what_explodes(digits):
    train, held_out, _ = runs.parts(digits, 350)
    net = runs.network("convolution")
    runs.train_vision(net, train, seed=0, lr=0.01, steps=60)
    assert evaluate(net, held_out) > 0.6
    again = runs.network("convolution")
    runs.train_vision(again, train, seed=0, lr=0.01, steps=60)
    assert torch.allclose(net[0].weight, again[0].weight)
    broken = (train[0] * float("inf"), train[1])
    with pytest.raises(FloatingPointError, match="in step 1"):
        runs.train_vision(again, broken, seed=0, lr=0.01, steps=2)


def test_shuffled_scores_are_the_mean_over_orders(digits):
    test = tuple(part[:50] for part in digits.test)
    bag, conv = runs.network("no positions"), runs.network("convolution", 3)
    assert runs.accuracy_shuffled(bag, test) == pytest.approx(evaluate(bag, test))
    draw, scores = torch.Generator().manual_seed(5), []
    for _ in range(runs.ORDERS):
        order = torch.randperm(16, generator=draw)
        scores.append(evaluate(conv, (shuffled(test[0], runs.PATCH, order), test[1])))
    assert runs.accuracy_shuffled(conv, test) == pytest.approx(sum(scores) / len(scores))


@pytest.mark.parametrize("data_set", SETS)
def test_the_stored_rates_are_the_best_of_their_grids(data_set):
    found = runs.found(data_set)
    assert list(found) == list(runs.ARMS)
    for arm, row in found.items():
        wanted = list(runs.SIZES[data_set])
        assert row["sizes"] == (wanted[-1:] if arm == "no positions" else wanted)
        grid = compare_vision.RATES[arm]
        assert len(grid) == 5 and grid in (
            log_grid(0.002, 0.08, 5),
            log_grid(0.0005, 0.02, 5),
        )
        for lr, scores, at_edge in zip(row["lr"], row["validation"], row["at_edge"], strict=True):
            best = max(score for score in scores if score == score)
            assert scores[grid.index(lr)] == pytest.approx(best, abs=2e-4)
            assert at_edge == (lr in (grid[0], grid[-1]))
        assert all(len(scores) == 3 for scores in row["test"]) and len(row["shuffled"]) == 3


def test_a_row_of_the_table_comes_out_again(digits):
    row = runs.found("digits")["convolution"]
    train, _, test = runs.parts(digits, row["sizes"][-1])
    net = runs.network("convolution", 1)
    runs.train_vision(net, train, seed=1, lr=row["lr"][-1])
    assert abs(evaluate(net, test) - row["test"][-1][1]) < 0.02
    assert abs(runs.accuracy_shuffled(net, test) - row["shuffled"][1]) < 0.05


def test_the_command_writes_what_it_found(tmp_path, capsys):
    file = tmp_path / "runs.json"
    words = "--sets digits --sizes 60 --steps 1 --file"
    compare_vision.main([*words.split(), str(file)])
    facts = json.loads(file.read_text())
    assert facts["seeds"] == [0, 1, 2] and facts["steps"] == 1
    row = facts["sets"]["digits"]["transformer"]
    assert row["sizes"] == [60] and len(row["validation"][0]) == 5
    assert facts["sets"]["digits"]["no positions"]["sizes"] == [60]
    assert "digits, 60 pictures" in capsys.readouterr().out
