import pytest
import torch
from d2l import torch as d2l
from torch import nn

from utils.history import History
from utils.train import accuracy, evaluate, fit

LOSS = nn.CrossEntropyLoss()


def problem(examples=60, classes=3, seed=0):
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(examples, 4, generator=generator)
    return inputs, inputs[:, :classes].argmax(dim=1)


def model_and_optimizer(lr=0.5, classes=3):
    torch.manual_seed(0)
    model = nn.Linear(4, classes)
    return model, torch.optim.SGD(model.parameters(), lr=lr)


def run(model, optimizer, train, **settings):
    settings = {"epochs": 3, "batch_size": 16, "live": False, **settings}
    generator = torch.Generator().manual_seed(1)
    return fit(model, train, loss=LOSS, optimizer=optimizer, generator=generator, **settings)


def test_fit_learns_and_records_every_epoch():
    model, optimizer = model_and_optimizer()
    train, validation = problem(), problem(30, seed=1)
    history = run(model, optimizer, train, epochs=20, validation=validation)
    assert len(history.train_loss) == len(history.train_metric) == 20
    assert len(history.validation_metric) == 20
    assert history.train_loss[-1] < 0.5 * history.train_loss[0]
    assert history.validation_metric[-1] == evaluate(model, validation)


def test_fit_equals_the_loop_written_out():
    model, optimizer = model_and_optimizer()
    other, other_optimizer = model_and_optimizer()
    inputs, labels = problem()
    run(model, optimizer, (inputs, labels), epochs=2, batch_size=25)
    generator = torch.Generator().manual_seed(1)
    for _ in range(2):
        order = torch.randperm(len(inputs), generator=generator)
        for start in range(0, len(inputs), 25):
            batch = order[start : start + 25]
            other_optimizer.zero_grad()
            LOSS(other(inputs[batch]), labels[batch]).backward()
            other_optimizer.step()
    assert torch.equal(model.weight, other.weight)


def test_recorded_loss_is_the_mean_over_examples_with_a_short_last_batch():
    model, optimizer = model_and_optimizer(lr=0.0)
    inputs, labels = problem(50)
    history = run(model, optimizer, (inputs, labels), epochs=1, batch_size=16)
    assert history.train_loss[0] == pytest.approx(LOSS(model(inputs), labels).item(), rel=1e-5)
    assert history.train_metric[0] == pytest.approx(accuracy(model(inputs), labels))


def test_a_loss_that_is_not_finite_stops_at_once_and_leaves_the_weights():
    model, optimizer = model_and_optimizer()
    inputs, labels = problem()
    inputs[0, 0] = torch.nan
    before = model.weight.clone()
    with pytest.raises(FloatingPointError, match="the loss became nan in epoch 1: lower the"):
        run(model, optimizer, (inputs, labels), batch_size=60)
    assert torch.equal(model.weight, before)


@pytest.mark.parametrize("wrong", [3, -1])
@pytest.mark.parametrize("name", ["train", "validation"])
def test_label_out_of_range_is_named(wrong, name):
    model, optimizer = model_and_optimizer()
    good, bad = problem(), problem()
    bad[1][7] = wrong
    data = {"train": good, "validation": good, name: bad}
    message = f"{name} has label {wrong} at index 7, but the model has 3 outputs"
    with pytest.raises(ValueError, match=message):
        run(model, optimizer, data["train"], validation=data["validation"])


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"epochs": 0}, "epochs must be an integer"), ({"batch_size": 0}, "batch_size")],
)
def test_impossible_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        run(*model_and_optimizer(), problem(), **settings)


@pytest.mark.parametrize("precision", ["highest", "high", "medium", None])
def test_the_precision_holds_while_it_trains_and_no_longer(precision):
    seen = []

    def loss(logits, labels):
        seen.append(torch.get_float32_matmul_precision())
        return LOSS(logits, labels)

    model, optimizer = model_and_optimizer()
    before = torch.get_float32_matmul_precision()
    settings = {"epochs": 1, "batch_size": 60, "live": False, "matmul_precision": precision}
    fit(model, problem(), loss=loss, optimizer=optimizer, **settings)
    assert seen == [precision or before]
    assert torch.get_float32_matmul_precision() == before
    bad = (torch.full((60, 4), torch.nan), problem()[1])
    with pytest.raises(FloatingPointError):
        fit(model, bad, loss=loss, optimizer=optimizer, **settings)
    assert torch.get_float32_matmul_precision() == before


def test_an_unknown_precision_is_named():
    with pytest.raises(
        ValueError, match="must be None or one of highest, high, medium, got 'low'"
    ):
        run(*model_and_optimizer(), problem(), matmul_precision="low")


def test_no_examples_are_refused():
    model, optimizer = model_and_optimizer()
    nothing = (torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64))
    with pytest.raises(ValueError, match="train is empty"):
        run(model, optimizer, nothing)
    with pytest.raises(ValueError, match="examples is empty"):
        evaluate(model, nothing)


def test_checking_labels_leaves_batch_statistics_alone():
    torch.manual_seed(0)
    model = nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 3))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    run(model, optimizer, problem(64), epochs=1, batch_size=16)
    assert model[0].num_batches_tracked == 4
    assert model.training


def test_evaluate_weighs_a_short_last_batch_and_restores_the_mode():
    model, _ = model_and_optimizer()
    inputs, labels = problem(50)
    whole = accuracy(model(inputs), labels)
    assert evaluate(model, (inputs, labels), batch_size=16) == pytest.approx(whole)
    assert model.training
    model.eval()
    evaluate(model, (inputs, labels))
    assert not model.training


def test_accuracy_agrees_with_d2l():
    logits = torch.randn(50, 4, generator=torch.Generator().manual_seed(0))
    labels = torch.arange(50) % 4
    assert accuracy(logits, labels) == pytest.approx(d2l.accuracy(logits, labels) / 50)


@pytest.mark.parametrize(
    ("logits", "labels"),
    [
        (torch.zeros(3), torch.zeros(3)),
        (torch.zeros(3, 2), torch.zeros(2)),
        (torch.zeros(3, 2), torch.zeros(3, 1)),
        (torch.zeros(0, 2), torch.zeros(0)),
    ],
)
def test_accuracy_refuses(logits, labels):
    with pytest.raises(ValueError, match="logits"):
        accuracy(logits, labels)


def test_history_starts_empty():
    assert History() == History([], [], [])
