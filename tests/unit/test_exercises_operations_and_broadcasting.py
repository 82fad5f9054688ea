import numpy as np
import pytest
import torch
from exercise_checks import in_every_form

from utils.exercises import operations_and_broadcasting as exercises

SUMS = {
    "(5, 1) + (3,)": (5, 3),
    "(2, 3) + (2,)": "no sum",
    "(2, 1, 4) + (3, 1)": (2, 3, 4),
    "() + (6,)": (6,),
    "(4, 0) + (4, 1)": (4, 0),
    "(7, 1, 5) + (7, 5)": (7, 7, 5),
}
BIASES = (0.1, 1 / 32, 1)


def squared_distances(x, y):
    return ((x[:, None] - y[None]) ** 2).sum(dim=-1)


@pytest.mark.parametrize("form", [tuple, list, torch.Size, np.array, torch.tensor])
def test_sums_accepts_the_right_shapes(form, capsys):
    shapes = [shape if isinstance(shape, str) else form(shape) for shape in SUMS.values()]
    exercises.check_sums(shapes)
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("(5, 1) + (3,)", "no sum", "has a shape: the sizes fit"),
        ("(5, 1) + (3,)", None, "needs a tuple or 'no sum', got None"),
        ("(5, 1) + (3,)", (5, 1), r"is not \(5, 1\)"),
        ("(5, 1) + (3,)", 5, "needs a tuple or 'no sum', got 5"),
        ("(2, 3) + (2,)", (2, 3), "has no shape: torch refuses this sum"),
        ("(2, 1, 4) + (3, 1)", (2, 1, 4), r"is not \(2, 1, 4\)"),
        ("() + (6,)", (), r"is not \(\)"),
        ("() + (6,)", "6", "needs a tuple or 'no sum', got '6'"),
        ("(4, 0) + (4, 1)", (4, 1), r"is not \(4, 1\)"),
        ("(4, 0) + (4, 1)", (4, None), "needs 2 numbers"),
        ("(4, 0) + (4, 1)", (4, False), "needs 2 numbers"),
        ("(2, 3) + (2,)", (), "has no shape: torch refuses this sum"),
        ("(7, 1, 5) + (7, 5)", (7, 1, 5), r"is not \(7, 1, 5\)"),
    ],
)
def test_sums_rejects_a_wrong_shape(name, answer, hint):
    with pytest.raises(AssertionError) as error:
        exercises.check_sums(list({**SUMS, name: answer}.values()))
    assert str(error.value).startswith(f"not yet: {name} ")
    assert error.match(hint)


def test_sums_wants_as_many_answers_as_pairs():
    with pytest.raises(AssertionError, match="not yet: 6 answers are wanted, got 5"):
        exercises.check_sums(list(SUMS.values())[:5])


@pytest.mark.parametrize(
    "answer",
    [
        squared_distances,
        lambda x, y: ((x.unsqueeze(1) - y.unsqueeze(0)) ** 2).sum(2),
        lambda x, y: (x**2).sum(1, keepdim=True) - 2 * x @ y.T + (y**2).sum(1),
        lambda x, y: torch.vmap(lambda point: (point - y).square().sum(1))(x),
        lambda x, y: torch.cdist(x, y) ** 2,
    ],
    ids=["indexing", "unsqueeze", "binomial", "vmap", "cdist"],
)
def test_squared_distances_accepts_the_right_function(answer, capsys):
    exercises.check_squared_distances(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda x, y: None, "a tensor is wanted, got None"),
        (lambda x, y: squared_distances(y, x), r"shape \(5, 3\) for x of shape \(3, 2\)"),
        (lambda x, y: squared_distances(x, y)[..., None], r"shape \(3, 5, 1\) for"),
        (lambda x, y: squared_distances(x, y).sqrt(), "wrong numbers for"),
        (lambda x, y: (x[:, None] - y[None]).abs().sum(-1), "wrong numbers for"),
        (lambda x, y: ((x[:, None] - y[None]) ** 2).mean(-1), "wrong numbers for"),
    ],
)
def test_squared_distances_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_squared_distances(wrong)


def by_two_loops(x, y):
    table = x.new_zeros(len(x), len(y))
    for i in range(len(x)):
        for j in range(len(y)):
            table[i, j] = ((x[i] - y[j]) ** 2).sum()
    return table


def by_rows(x, y):
    rows = [((point - y) ** 2).sum(1) for point in x]
    return torch.stack(rows) if rows else x.new_zeros(0, len(y))


def in_python(x, y):
    pairs = [[sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) for b in y.tolist()] for a in x]
    return torch.tensor(pairs, dtype=x.dtype).reshape(len(x), len(y))


def by_map(x, y):
    rows = list(map(lambda point: ((point - y) ** 2).sum(1), x))
    return torch.stack(rows) if rows else x.new_zeros(0, len(y))


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (by_two_loops, "squared_distances has a loop in `by_two_loops`"),
        (by_rows, "squared_distances has a loop in `"),
        (in_python, "squared_distances has a loop in `"),
        (lambda x, y: by_two_loops(x, y), "squared_distances has a loop in `by_two_loops`"),
        (by_map, "squared_distances takes .* calls for small tensors, .* for large"),
    ],
)
def test_squared_distances_does_without_a_loop(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_squared_distances(wrong)


@in_every_form
@pytest.mark.parametrize("answers", [BIASES, (0.1, 0.0313, 1.0)], ids=["exact", "rounded"])
def test_bias_gradients_accepts_the_right_numbers(answers, form, capsys):
    exercises.check_bias_gradients(*map(form, answers))
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, None, "per_class needs a number, got None"),
        (0, 1 / 320, "per_class is not 0.003125"),
        (0, 32, "per_class is not 32"),
        (1, 1 / 10, "per_example is not 0.1"),
        (1, torch.tensor([1 / 32]), "per_example needs a number, got tensor"),
        (2, True, "single needs a number, got True"),
        (2, 320, "single is not 320"),
    ],
)
def test_bias_gradients_rejects_a_wrong_number(position, answer, hint):
    answers = list(BIASES)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_bias_gradients(*answers)


def test_a_function_written_for_square_tables_alone_is_found_out():
    def wrong(x, y):
        if len(x) == len(y):
            return squared_distances(x, y)
        return torch.cdist(x, y)

    with pytest.raises(AssertionError, match="wrong numbers for x of shape"):
        exercises.check_squared_distances(wrong)


@in_every_form
def test_products_accepts_every_form(form, capsys):
    exercises.check_products([form(number) for number in (9, 50, 110, 22)])
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("answers", "hint"),
    [
        ((15, 50, 110, 22), r"\(x \* x\)\[1, 0\] is not 15"),
        ((9, 70, 110, 22), r"\(x @ v\)\[0\] is not 70"),
        ((9, 50, 100, 22), r"\(x @ v\)\[1\] is not 100"),
        ((9, 50, 110, 12), r"\(x \+ v\)\[0, 1\] is not 12"),
        ((9, 50, 110, None), r"\(x \+ v\)\[0, 1\] needs a number"),
        ((9, 50, 110), "four numbers are wanted, got 3"),
    ],
)
def test_products_rejects_a_wrong_number(answers, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_products(answers)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: x / x.sum(dim=0),
        lambda x: x / x.sum(0, keepdim=True),
        lambda x: (x.T / x.T.sum(1)[:, None]).T,
    ],
    ids=["sum", "keepdim", "transposed"],
)
def test_shares_accepts_the_right_function(answer, capsys):
    exercises.check_shares(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def by_columns(x):
    return torch.stack([column / column.sum() for column in x.T], dim=1)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda x: x / x.sum(dim=1, keepdim=True), "a column does not sum to 1"),
        (lambda x: x / x.sum(), "a column does not sum to 1"),
        (lambda x: x.softmax(0), "the ratios in a column change"),
        (lambda x: (x / x.sum(dim=0)).T, "the shape is|the ratios in a column|a column does"),
        (lambda x: None, "a tensor is wanted, got None"),
        (by_columns, "shares has a loop in `"),
    ],
)
def test_shares_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: ({hint})"):
        exercises.check_shares(wrong)


def test_the_predictions_are_what_torch_gives():
    loss, corner = exercises.predict.questions
    targets, x = torch.tensor([1.0, 2, 3, 4]), torch.tensor([[1, 2], [3, 4]])
    assert loss["right"] == ((targets[:, None] - targets) ** 2).mean()
    assert corner["right"] == (x @ x)[0, 0]
