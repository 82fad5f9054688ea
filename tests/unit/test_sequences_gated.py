"""The loops of LSTM and GRU, the task of the carried number, and both stored sweeps."""

import json
import math

import pytest
import torch
from torch import nn

from utils.sequences import carried_number, cell_runs
from utils.sequences.carried_number import ARMS, Carrier, draw_sequences
from utils.sequences.gated import gru, lstm
from utils.sequences.language_model import CELLS, CharacterModel, mean_loss


@pytest.mark.parametrize("shape", [(3, 5, 2), (1, 1, 4), (2, 1, 1), (0, 3, 2), (4, 4, 4)])
def test_the_loops_are_those_of_torch(shape):
    torch.manual_seed(1)
    x = torch.randn(shape, dtype=torch.float64)
    h, c = torch.randn(2, shape[0], 4, dtype=torch.float64)
    layer = nn.LSTM(shape[2], 4, batch_first=True, dtype=torch.float64)
    states, (last, kept) = layer(x, (h[None], c[None]))
    ours = lstm(x, h, c, *layer.parameters())
    for mine, theirs in zip(ours, (states, last[0], kept[0]), strict=True):
        torch.testing.assert_close(mine, theirs)
    layer = nn.GRU(shape[2], 4, batch_first=True, dtype=torch.float64)
    states, last = layer(x, h[None])
    for mine, theirs in zip(gru(x, h, *layer.parameters()), (states, last[0]), strict=True):
        torch.testing.assert_close(mine, theirs)


def test_reset_before_the_product_is_the_cell_of_the_paper():
    torch.manual_seed(2)
    layer = nn.GRU(2, 3, batch_first=True, dtype=torch.float64)
    W_ih, W_hh, b_ih, b_hh = layer.parameters()
    x, h = torch.randn(2, 1, 2, dtype=torch.float64), torch.randn(2, 3, dtype=torch.float64)
    parts = [x[:, 0] @ W_ih[k : k + 3].T + b_ih[k : k + 3] for k in (0, 3, 6)]
    old = [h @ W_hh[k : k + 3].T + b_hh[k : k + 3] for k in (0, 3)]
    r, z = (torch.sigmoid(a + b) for a, b in zip(parts, old, strict=False))
    n = torch.tanh(parts[2] + (r * h) @ W_hh[6:].T + b_hh[6:])
    wanted = (1 - z) * n + z * h
    found = gru(x, h, W_ih, W_hh, b_ih, b_hh, reset_after=False)[1]
    torch.testing.assert_close(found, wanted)
    assert not torch.allclose(gru(x, h, W_ih, W_hh, b_ih, b_hh)[1], wanted)


def test_the_loops_need_a_step_and_three_axes():
    state = torch.zeros(1, 3)
    for x in (torch.zeros(1, 0, 2), torch.zeros(4, 2)):
        with pytest.raises(ValueError, match="with a step"):
            lstm(x, state, state, *nn.LSTM(2, 3).parameters())
        with pytest.raises(ValueError, match="with a step"):
            gru(x, state, *nn.GRU(2, 3).parameters())


@pytest.mark.parametrize("steps", [2, 3, 10, 21])
def test_the_mark_is_in_the_first_half_and_its_number_is_asked_for(steps):
    x, target = draw_sequences(500, steps, torch.Generator().manual_seed(0))
    assert x.shape == (500, steps, 2) and x[..., 0].abs().max() <= 1
    assert x[..., 0].min() < -0.9 and x[..., 0].max() > 0.9
    marks = x[..., 1]
    assert (marks.sum(1) == 1).all() and marks[:, steps // 2 :].count_nonzero() == 0
    assert (marks[:, : steps // 2].sum(0) > 0).all()
    torch.testing.assert_close(target, x[..., 0][marks == 1])


def test_no_sequence_that_trains_is_one_that_judges():
    assert len({carried_number.TRAINING, *carried_number.JUDGES.values()}) == 3


def test_one_step_is_too_few():
    with pytest.raises(ValueError, match="at least 2 steps"):
        draw_sequences(3, 1, torch.Generator())


@pytest.mark.parametrize("arm", ARMS)
def test_a_carrier_reads_as_torch_does(arm):
    torch.manual_seed(3)
    net, x = Carrier(arm), torch.randn(4, 6, 2)
    torch.testing.assert_close(net(x), net.out(net.cell(x)[0][:, -1])[:, 0])


def test_open_cells_begin_by_keeping():
    rnn, lstm_cell, gru_cell = (Carrier(f"{kind} open").cell for kind in CELLS)
    assert torch.equal(rnn.weight_hh_l0, torch.eye(32))
    assert not (rnn.bias_ih_l0 + rnn.bias_hh_l0).any() and rnn.weight_ih_l0.any()
    for cell, sum_of_both in ((lstm_cell, 1.0), (gru_cell, 1.0), (Carrier("lstm wide").cell, 3.0)):
        size = cell.hidden_size
        total = cell.bias_ih_l0 + cell.bias_hh_l0
        assert torch.equal(total[size : 2 * size], torch.full((size,), sum_of_both))
        others = torch.cat([total[:size], total[2 * size :]])
        assert others.abs().max() < 1 and not torch.equal(others, torch.ones_like(others))
    with pytest.raises(ValueError, match="no arm 'tanh'"):
        Carrier("tanh")


def test_all_cells_have_about_as_many_weights():
    counts = [sum(part.numel() for part in Carrier(kind).cell.parameters()) for kind in CELLS]
    assert counts == [1152, 1008, 1071]


def test_the_error_is_a_share_of_that_of_the_best_constant():
    class Constant(nn.Module):
        def __init__(self, value):
            super().__init__()
            self.value = nn.Parameter(torch.tensor(value))

        def forward(self, x):
            return self.value.expand(len(x))

    shares = [
        carried_number.share_of_guess(Constant(value), 6, "test") for value in (-0.2, 0.0, 0.2)
    ]
    assert shares[1] == 1 and min(shares[0], shares[2]) > 1.05
    marked = carried_number.draw_sequences(500, 6, torch.Generator().manual_seed(202))
    ideal = Constant(0.0)
    ideal.forward = lambda x: (x[..., 0] * x[..., 1]).sum(1)
    assert carried_number.share_of_guess(ideal, 6, "test") == 0
    assert len(marked[1]) == 500
    tested = carried_number.share_of_guess(ideal, 6, "validation")
    assert tested == 0


def test_a_point_of_the_carried_number_is_found_again():
    torch.set_num_threads(1)
    stored = carried_number.load_runs()["rnn open"][10]
    how = {"rates": [stored["rate"]] * 3, "seeds": carried_number.SEEDS}
    nets = carried_number.train_carriers("rnn open", 10, **how)
    shares = [carried_number.share_of_guess(net, 10, "test") for net in nets]
    for ours, theirs in zip(shares, stored["shares"], strict=True):
        assert math.isclose(ours, theirs, abs_tol=0.02)


def test_rates_below_the_grid_do_not_help_an_rnn():
    torch.set_num_threads(1)
    below = [carried_number.RATES[0] / 30, carried_number.RATES[0] / 3]
    stored = carried_number.load_runs()
    for arm, steps in (("rnn", 20), ("rnn open", 10)):
        nets = carried_number.train_carriers(arm, steps, rates=below, seeds=[0, 0])
        shares = [carried_number.share_of_guess(net, steps, "test") for net in nets]
        assert min(shares) > 0.95 * min(stored[arm][steps]["shares"])


def test_the_stored_sweep_is_complete_and_takes_the_best_rate():
    runs = carried_number.load_runs()
    assert tuple(runs) == ARMS
    for points in runs.values():
        assert tuple(points) == carried_number.LENGTHS
        for point in points.values():
            assert len(point["tried"]) == len(carried_number.RATES)
            best = point["tried"].index(min(point["tried"]))
            assert point["rate"] == carried_number.RATES[best]
            assert len(point["shares"]) == len(carried_number.SEEDS)
    assert carried_number.FILE.stat().st_size < 12_000


def test_a_sweep_tunes_on_validation_and_reports_tests(monkeypatch):
    monkeypatch.setattr(carried_number, "RATES", (0.001, 0.1, 0.3))
    asked = []

    def trained(arm, steps, *, rates, seeds):
        return list(zip(rates, seeds, strict=True))

    def share(net, steps, judge):
        asked.append(judge)
        lr, seed = net
        return abs(lr - 0.1) + (10 + seed if judge == "test" else 0)

    monkeypatch.setattr(carried_number, "train_carriers", trained)
    monkeypatch.setattr(carried_number, "share_of_guess", share)
    found = carried_number.run("gru", 5)
    assert found == {"tried": [0.099, 0.0, 0.2], "rate": 0.1, "shares": [10.0, 11.0, 12.0]}
    assert asked.count("validation") == 9 and asked.count("test") == 3


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("weights", [500, 5000, 27_500])
def test_the_widest_cell_within_a_budget(kind, weights):
    hidden = cell_runs.hidden_for(kind, weights, characters=10, width=6)
    counts = [
        sum(part.numel() for part in CharacterModel(10, hidden=m, width=6, cell=kind).parameters())
        for m in (hidden, hidden + 1)
    ]
    assert counts[0] <= weights < counts[1]


def test_no_cell_or_no_room_is_refused():
    with pytest.raises(ValueError, match="one of rnn"):
        cell_runs.hidden_for("tanh", 1000, characters=10)
    with pytest.raises(ValueError, match="too few"):
        cell_runs.hidden_for("gru", 300, characters=42)


def test_the_parts_of_the_text_follow_each_other():
    vocabulary, parts = cell_runs.parts()
    sizes = [len(part) for part in parts]
    assert sizes[1] == round(0.1 * (sizes[0] + sizes[1])) and sizes[2] == round(0.1 * sum(sizes))
    assert len(vocabulary) == 42 and int(torch.cat(parts).max()) == 41


def test_a_point_of_the_characters_is_found_again():
    torch.set_num_threads(1)
    stored = cell_runs.load_runs()["lstm"][2]
    vocabulary, (*learned, held_out) = cell_runs.parts()
    how = {"characters": len(vocabulary), "epochs": 2, "lr": stored["rate"], "seed": 0}
    model = cell_runs.train_characters("lstm", torch.cat(learned), **how)
    assert math.isclose(mean_loss(model, held_out), stored["losses"][0], abs_tol=0.01)
    assert sum(part.numel() for part in model.parameters()) <= cell_runs.WEIGHTS


def test_the_stored_characters_are_complete_and_take_the_best_rate():
    runs = cell_runs.load_runs()
    assert list(runs) == list(CELLS)
    for points in runs.values():
        assert tuple(points) == cell_runs.EPOCHS
        for point in points.values():
            assert len(point["tried"]) == len(cell_runs.RATES) and len(point["losses"]) == 3
            assert point["rate"] == cell_runs.RATES[point["tried"].index(min(point["tried"]))]
    assert json.loads(cell_runs.FILE.read_text())


def test_characters_are_tuned_on_the_middle_part_and_judged_by_the_last(monkeypatch):
    seen = []

    def trained(cell, train, *, characters, epochs, lr, seed):
        seen.append((len(train), lr, seed))
        return lr, seed

    def loss(model, ids):
        lr, seed = model
        return abs(lr - 0.02) + (seed + len(ids) if len(ids) == len(parts[2]) else 0)

    _, parts = cell_runs.parts()
    monkeypatch.setattr(cell_runs, "train_characters", trained)
    monkeypatch.setattr(cell_runs, "mean_loss", loss)
    found = cell_runs.run("gru", epochs=1)
    last = len(parts[2])
    assert found["rate"] == 0.02 and found["losses"] == [last, last + 1, last + 2]
    whole = len(parts[0]) + len(parts[1])
    assert seen[4:] == [(whole, 0.02, seed) for seed in cell_runs.SEEDS]
    assert seen[:4] == [(len(parts[0]), lr, 0) for lr in cell_runs.RATES]
