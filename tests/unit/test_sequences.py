"""The loop, counting, training and writing, against torch and against hand-made texts."""

import math
from itertools import pairwise

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.checks import assert_same
from utils.data.texts import Vocabulary
from utils.sequences import language_model as lm
from utils.sequences.n_grams import NGram, tuned
from utils.sequences.rnn import rnn, stacked
from utils.sequences.sampling import sample, with_temperature

TEXT = torch.randint(4, (600,), generator=torch.Generator().manual_seed(0))


def weights_of(layer, count):
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return [[getattr(layer, f"{name}_l{k}") for name in names] for k in range(count)]


@pytest.mark.parametrize("shape", [(3, 5, 2), (1, 1, 4), (2, 1, 1), (0, 3, 2), (4, 4, 4)])
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_the_loop_is_that_of_torch(shape, layers):
    torch.manual_seed(1)
    layer = nn.RNN(shape[2], 4, layers, batch_first=True, dtype=torch.float64)
    x = torch.randn(shape, dtype=torch.float64)
    h = torch.randn(layers, shape[0], 4, dtype=torch.float64)
    for mine, theirs in zip(stacked(x, h, weights_of(layer, layers)), layer(x, h), strict=True):
        torch.testing.assert_close(mine, theirs)


def test_the_loop_needs_a_step_and_three_axes():
    layer = nn.RNN(2, 3)
    for x in (torch.zeros(1, 0, 2), torch.zeros(4, 2)):
        with pytest.raises(ValueError, match="with a step"):
            rnn(x, torch.zeros(1, 3), *weights_of(layer, 1)[0])


def by_dictionary(train, text, size, strengths):
    """The same formula, read word by word."""

    def p(context, follows):
        lower = p(context[1:], follows) if context else 1 / size
        places = range(len(train) - len(context))
        seen = [train[i + len(context)] for i in places if train[i : i + len(context)] == context]
        a = strengths[len(context)]
        return (seen.count(follows) + a * lower) / (len(seen) + a)

    k = len(strengths) - 1
    terms = [-math.log(p(text[i - k : i], text[i])) for i in range(k, len(text))]
    return sum(terms) / len(terms)


@pytest.mark.parametrize("strengths", [[1.0], [2.0, 0.5], [1.0, 3.0, 0.3], [1.0, 2.0, 3.0, 4.0]])
def test_counts_give_the_loss_of_the_formula(strengths):
    train, text = TEXT[:80], TEXT[80:110]
    ours = NGram(train, 4, strengths).loss(text)
    wanted = by_dictionary(train.tolist(), text.tolist(), 4, strengths)
    assert math.isclose(ours, wanted, rel_tol=1e-9)


def test_probabilities_add_up_to_one_for_contexts_that_were_not_seen():
    model = NGram(torch.tensor([0, 1, 0, 1, 0]), 3, [1.0, 1.0, 1.0])
    p = model.probabilities(torch.cartesian_prod(torch.arange(3), torch.arange(3)))
    assert p.shape == (9, 3) and p.dtype == torch.float64 and (p > 0).all()
    torch.testing.assert_close(p.sum(1), torch.ones(9, dtype=torch.float64))


def test_a_longer_context_helps_where_the_text_has_an_order():
    circle = torch.arange(300) % 5
    losses = [tuned(circle, 5, order).loss(circle) for order in (1, 2, 3)]
    assert math.isclose(losses[0], math.log(5), rel_tol=0.01) and losses[1] < 0.05
    noise = [tuned(TEXT, 4, order).loss(TEXT.flip(0)) for order in (1, 3)]
    assert noise[1] > noise[0] - 0.05


def test_strengths_are_tuned_on_the_last_tenth_alone():
    text = torch.cat([torch.arange(540) % 4, TEXT[:60]])
    grid = (0.1, 1.0, 1000.0)
    assert tuned(text, 4, 2, grid).strengths[1] == 1000.0
    losses = {a: NGram(text[:540], 4, [a]).loss(text[540:]) for a in grid}
    assert tuned(text, 4, 1, grid).strengths[0] == min(losses, key=losses.get)
    assert tuned(torch.arange(600) % 4, 4, 2, grid).strengths[1] == 0.1


def test_long_contexts_of_many_characters_are_counted():
    generator = torch.Generator().manual_seed(0)
    text = torch.randint(3, (300,), generator=generator) * 20  # of 42 characters, three occur
    model = NGram(text, 42, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    other = torch.randint(3, (60,), generator=generator) * 20
    rows = other.unfold(0, 6, 1)
    p = model.probabilities(rows[:, :-1])
    assert_same(p.sum(1), torch.ones(len(p)).double())
    own = p.gather(1, rows[:, -1:]).log().mean().item()
    assert model.loss(other) == pytest.approx(-own)
    by_hand = torch.full((42,), 1 / 42).double()
    for size, strength in enumerate(model.strengths):
        context = rows[7, 5 - size : 5].tolist()
        met = [w[-1].item() for w in text.unfold(0, size + 1, 1) if w[:-1].tolist() == context]
        counts = torch.bincount(torch.tensor(met, dtype=torch.int64), minlength=42).double()
        by_hand = (counts + strength * by_hand) / (len(met) + strength)
    assert_same(p[7], by_hand)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="positive"):
        NGram(TEXT, 4, [])
    with pytest.raises(ValueError, match="positive"):
        NGram(TEXT, 4, [1.0, 0.0])
    with pytest.raises(ValueError, match="longer text"):
        NGram(TEXT[:1], 4, [1.0, 1.0])
    with pytest.raises(ValueError, match="look back less"):
        NGram(TEXT, 100, [1.0] * 10)
    with pytest.raises(ValueError, match="fewer than 2"):
        NGram(TEXT, 4, [1.0, 1.0]).loss(TEXT[:1])


@pytest.mark.parametrize("cell", lm.CELLS)
def test_any_cell_learns_a_text_with_an_order(cell):
    torch.manual_seed(0)
    text = torch.tensor([0, 1, 2, 2, 1]).repeat(60)
    model = lm.CharacterModel(3, hidden=16, width=4, cell=cell)
    how = {"epochs": 10, "length": 10, "batch": 4}
    generator = torch.Generator().manual_seed(0)
    losses = lm.train_language_model(model, text, **how, generator=generator)
    assert len(losses) == 10 * (289 // 10 // 4)
    assert losses[0] > 0.8 and lm.mean_loss(model, text, length=10, batch=2) < 0.1


def test_an_unknown_cell_is_refused():
    with pytest.raises(ValueError, match="one of rnn, lstm, gru"):
        lm.CharacterModel(3, cell="tanh")


@pytest.mark.parametrize("count", [600, 598, 9])
def test_later_halves_are_asked_with_half_a_window_before_them(count):
    torch.manual_seed(2)
    model, ids = lm.CharacterModel(4, hidden=8).train(), TEXT[:count]
    loss, judged = lm.loss_of_later_halves(model, ids, length=8)
    assert model.training
    places = range(judged.start, judged.stop)
    asked = []
    for place in places:
        start = (place - 1) // 4 * 4 - 4  # where its window begins
        assert 5 <= place - start <= 8
        logits = model(ids[None, start:place])[0][0, -1]
        asked.append(F.cross_entropy(logits, ids[place]).item())
    assert math.isclose(loss, sum(asked) / len(asked), rel_tol=1e-5)
    assert places[0] == 5 and count - 4 <= judged.stop <= count


@pytest.mark.parametrize("length", [7, 600])
def test_later_halves_need_an_even_window_and_enough_text(length):
    with pytest.raises(ValueError, match="even and below the 600"):
        lm.loss_of_later_halves(lm.CharacterModel(4, hidden=8), TEXT, length=length)


@pytest.mark.parametrize("carry", [True, False])
def test_the_loss_by_place_is_that_of_single_calls(carry):
    torch.manual_seed(0)
    model = lm.CharacterModel(4, hidden=5, width=3)
    text = TEXT[:41]
    found = lm.losses_by_place(model, text, length=4, batch=2, carry=carry)
    rows = text[:40].view(2, 20), text[1:].view(2, 20)
    terms = torch.zeros(5, 2, 4)
    state = None
    for number in range(5):
        x, y = (row[:, 4 * number : 4 * number + 4] for row in rows)
        logits, state = model(x, state if carry else None)
        for n in range(2):
            terms[number, n] = F.cross_entropy(logits[n], y[n], reduction="none").detach()
    torch.testing.assert_close(found, terms.mean((0, 1)).double())
    mean = lm.mean_loss(model, text, length=4, batch=2, carry=carry)
    assert math.isclose(mean, terms.mean(), rel_tol=1e-6)


@pytest.mark.parametrize("carry", [True, False])
def test_carried_states_matter_in_training_and_gradients_end_at_windows(carry):
    seen = []

    class Watched(lm.CharacterModel):
        def forward(self, ids, state=None):
            seen.append(state)
            return super().forward(ids, state)

    model = Watched(4, hidden=5, width=3, cell="lstm")
    how = {"epochs": 2, "length": 20, "batch": 5, "carry": carry}
    lm.train_language_model(model, TEXT, **how, generator=torch.Generator())
    assert len(seen) == 2 * 5
    begun = [state is None for state in seen]
    assert begun == ([True, *[False] * 4] * 2 if carry else [True] * 10)
    assert all(not part.requires_grad for state in seen if state for part in state)


def test_rates_fall_and_gradients_are_clipped(monkeypatch):
    rates, norms = [], []
    step = torch.optim.Adam.step

    def watched(self, *args):
        group = self.param_groups[0]
        rates.append(group["lr"])
        norms.append(torch.cat([p.grad.flatten() for p in group["params"]]).norm().item())
        return step(self, *args)

    monkeypatch.setattr(torch.optim.Adam, "step", watched)
    model = lm.CharacterModel(4, hidden=5, width=3)
    how = {"epochs": 2, "length": 20, "batch": 5, "lr": 0.5, "max_norm": 0.01}
    lm.train_language_model(model, TEXT, **how, generator=torch.Generator())
    assert rates[0] == 0.5 and math.isclose(rates[-1], 0.5 / len(rates))
    assert all(one > other for one, other in pairwise(rates))
    assert max(norms) < 0.0101


def test_what_diverges_is_named():
    model = lm.CharacterModel(4, hidden=5, width=3)
    with torch.no_grad():
        model.scores.bias.fill_(math.inf)
    with pytest.raises(FloatingPointError, match="lower the learning rate"):
        how = {"epochs": 1, "length": 20, "batch": 5}
        lm.train_language_model(model, TEXT, **how, generator=torch.Generator())


def test_temperature_has_its_limits():
    logits = torch.tensor([[1.0, 3.0, 2.0], [0.0, 0.0, -1.0]]).double()
    torch.testing.assert_close(with_temperature(logits, 1), logits.softmax(1))
    torch.testing.assert_close(with_temperature(logits, 0.5), (2 * logits).softmax(1))
    assert with_temperature(logits, 0).tolist() == [[0, 1, 0], [0.5, 0.5, 0]]
    torch.testing.assert_close(with_temperature(logits, 1e-4), with_temperature(logits, 0))
    even = torch.full_like(logits, 1 / 3)
    torch.testing.assert_close(with_temperature(logits, 1e9), even)
    assert with_temperature(logits.float(), 1e-300)[0].tolist() == [0, 1, 0]
    for bad in (-1, math.inf, math.nan):
        with pytest.raises(ValueError, match="at least 0"):
            with_temperature(logits, bad)


class Counting(nn.Module):
    """Says the next letter of the alphabet, and remembers how often it was asked."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, ids, state=None):
        follows = F.one_hot((ids + 1) % 4, 4) * 100.0
        return follows, (state or 0) + ids.shape[1]


def test_a_text_goes_on_from_its_prompt():
    vocabulary = Vocabulary("abcd")
    how = {"temperature": 1.0, "generator": torch.Generator().manual_seed(0)}
    assert sample(Counting(), vocabulary, "cab", 5, **how) == "cabcdabc"
    assert sample(Counting(), vocabulary, "b", 0, **how) == "b"
    with pytest.raises(ValueError, match="prompt"):
        sample(Counting(), vocabulary, "", 3, **how)
    with pytest.raises(ValueError, match="'x'"):
        sample(Counting(), vocabulary, "x", 3, **how)


def test_a_sample_reads_like_the_whole_text_at_once():
    torch.manual_seed(0)
    model, vocabulary = lm.CharacterModel(4, hidden=8, width=3), Vocabulary("abcd")
    how = {"temperature": 0, "generator": torch.Generator()}
    text = sample(model, vocabulary, "abca", 12, **how)
    logits = model(vocabulary.encode(text)[None])[0][0]
    assert vocabulary.decode(logits.argmax(1)[3:-1]) == text[4:]
    one, other = (
        sample(model, vocabulary, "a", 30, generator=torch.Generator().manual_seed(seed))
        for seed in (0, 1)
    )
    assert one != other


def test_bits_and_perplexity_belong_together():
    assert lm.bits(math.log(16)) == 4 and math.isclose(lm.perplexity(math.log(16)), 16)
