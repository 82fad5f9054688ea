import pytest
import torch

from utils.exercises import operations_and_broadcasting as exercises

SUMS = {
    "(5, 1) + (3,)": (5, 3),
    "(2, 3) + (2,)": None,
    "(2, 1, 4) + (3, 1)": (2, 3, 4),
    "() + (6,)": (6,),
    "(4, 0) + (4, 1)": (4, 0),
    "(7, 1, 5) + (7, 5)": (7, 7, 5),
}
BIASES = (0.1, 1 / 32, 1)


def squared_distances(x, y):
    return ((x[:, None] - y[None]) ** 2).sum(dim=-1)


@pytest.mark.parametrize(
    "answers",
    [SUMS, {name: shape and list(shape) for name, shape in SUMS.items()}],
    ids=["tuples", "lists"],
)
def test_sums_accepts_the_right_shapes(answers, capsys):
    exercises.check_sums(answers)
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("(5, 1) + (3,)", None, "has a shape: the sizes fit"),
        ("(5, 1) + (3,)", (5, 1), r"is not \(5, 1\)"),
        ("(5, 1) + (3,)", 5, "needs a tuple or None, got 5"),
        ("(2, 3) + (2,)", (2, 3), "has no shape: torch refuses this sum"),
        ("(2, 1, 4) + (3, 1)", (2, 1, 4), r"is not \(2, 1, 4\)"),
        ("() + (6,)", (), r"is not \(\)"),
        ("() + (6,)", "6", "needs a tuple or None, got '6'"),
        ("(4, 0) + (4, 1)", (4, 1), r"is not \(4, 1\)"),
        ("(7, 1, 5) + (7, 5)", (7, 1, 5), r"is not \(7, 1, 5\)"),
    ],
)
def test_sums_rejects_a_wrong_shape(name, answer, hint):
    with pytest.raises(AssertionError) as error:
        exercises.check_sums({**SUMS, name: answer})
    assert str(error.value).startswith(f"not yet: {name} ")
    assert error.match(hint)


def test_sums_wants_an_answer_for_each_pair():
    for name in SUMS:
        answers = {other: shape for other, shape in SUMS.items() if other != name}
        with pytest.raises(AssertionError, match="not yet: there is no answer for ") as error:
            exercises.check_sums(answers)
        assert name in str(error.value)


@pytest.mark.parametrize(
    "answer",
    [
        squared_distances,
        lambda x, y: ((x.unsqueeze(1) - y.unsqueeze(0)) ** 2).sum(2),
        lambda x, y: (x**2).sum(1, keepdim=True) - 2 * x @ y.T + (y**2).sum(1),
    ],
    ids=["indexing", "unsqueeze", "binomial"],
)
def test_squared_distances_accepts_the_right_function(answer, capsys):
    exercises.check_squared_distances(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


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


@pytest.mark.parametrize("answers", [BIASES, (0.1, 0.0313, 1.0)], ids=["exact", "rounded"])
def test_bias_gradients_accepts_the_right_numbers(answers, capsys):
    exercises.check_bias_gradients(*answers)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, None, "per_class must be a number, got None"),
        (0, 1 / 320, "per_class is not 0.003125"),
        (0, 32, "per_class is not 32"),
        (1, 1 / 10, "per_example is not 0.1"),
        (1, torch.tensor(1 / 32), "per_example must be a number, got tensor"),
        (2, True, "single must be a number, got True"),
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
