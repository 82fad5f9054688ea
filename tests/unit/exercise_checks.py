"""What the tests of several exercises ask of a check: natural forms of answers, verdicts."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import torch

Answers = dict[str, bool]
Check = Callable[[Answers], None]
TRUTH_VALUES = (np.bool_, torch.tensor)


def assert_right(capsys: pytest.CaptureFixture[str], number: int, check: Check, answers: Answers):
    """The check says once that the exercise is right, and nothing else.

    Verdicts are tried as NumPy's and as torch's truth values, too.
    """
    forms = [answers]
    if isinstance(answers, dict) and all(isinstance(answer, bool) for answer in answers.values()):
        forms += [{name: form(answers[name]) for name in answers} for form in TRUTH_VALUES]
    for form in forms:
        check(form)
        assert capsys.readouterr().out == f"Exercise {number} is right.\n"


def turned_round(check: Check, answers: Answers, name: str) -> str:
    """Return how the check rejects right answers of which one is turned round."""
    with pytest.raises(AssertionError, match="^not yet: ") as error:
        check({**answers, name: not answers[name]})
    return str(error.value)


def assert_refuted(check: Check, answers: Answers, name: str, example: str) -> None:
    """The check turns a wrong verdict down, and says if a random ``example`` refutes it or none.

    A claim that is false has examples against it; for one that is true no example is found.
    """
    said = turned_round(check, answers, name)
    some = "no random" if answers[name] else "a random"
    wanted = f"not yet: {name!r} is not {not answers[name]}: {some} {example} refutes it"
    assert said == wanted, said


def no_verdicts(answers: Answers) -> list[dict]:
    """Return answers of which one or more are missing, or neither True nor False."""
    first, *_, last = answers
    one_bad = [{**answers, name: bad} for name in (first, last) for bad in (None, 1, "yes")]
    one_missing = {name: answer for name, answer in answers.items() if name != last}
    return [{}, dict.fromkeys(answers), dict.fromkeys(answers, 1), one_missing, *one_bad]


def assert_wants_true_or_false(check: Check, answers: dict) -> None:
    """The check asks for True or False before it judges."""
    with pytest.raises(AssertionError, match="^not yet: .*needs True or False, got"):
        check(answers)


def assert_leaves_the_generator_alone(act: Callable[[], object]) -> None:
    """What is done draws no number from torch's global generator, and does not seed it."""
    torch.manual_seed(1)
    before = torch.get_rng_state()
    act()
    assert torch.equal(torch.get_rng_state(), before)


def _deep(turn: Callable[[float], object], answer: object) -> object:
    """Turn every number in lists and tuples of numbers."""
    if isinstance(answer, (list, tuple)):
        return [_deep(turn, part) for part in answer]
    return turn(answer)


# A right answer written in other ways, all of which mean the same numbers.
FORMS: dict[str, Callable[[object], object]] = {
    "floats": lambda answer: _deep(float, answer),
    "fractions": lambda answer: _deep(lambda x: Fraction(x).limit_denominator(10**6), answer),
    "tuples": lambda answer: tuple(answer) if isinstance(answer, list) else answer,
    "tensors": lambda answer: torch.tensor(answer, dtype=torch.float64),
    "parts are tensors": lambda answer: _deep(torch.tensor, answer),
    "arrays": lambda answer: np.array(answer, dtype=float),
    "parts are NumPy's": lambda answer: _deep(np.float64, answer),
}
in_every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def in_form(form: Callable[[object], object], answers: dict) -> dict:
    """Write every answer in another form; what is no number stays as it is."""
    return {
        name: answer if answer is None or isinstance(answer, str) else form(answer)
        for name, answer in answers.items()
    }
