"""What the tests of exercises and demos rely on notices a check or a demo that is spoiled."""

import exercise_checks as shared
import pytest
import torch
import traitlets
import widget_checks

from utils.exercises.feedback import expect, verdict
from utils.widgets.kit.base import BookWidget

ANSWERS = {"one": True, "two": False}


def check(answers):
    """Check the two answers as an exercise does."""
    for name, right in ANSWERS.items():
        answer = verdict(answers, name)
        hint = "a random draw refutes it" if answer else "no random draw refutes it"
        expect(answer == right, f"{name!r} is not {answer}: {hint}")
    print("Exercise 2 is right.")


def pleased(answers):
    """Accept everything without a word."""


def narrow(answers):
    """Accept Python's own truth values alone."""
    expect(all(isinstance(answer, bool) for answer in answers.values()), "not True or False")
    check(answers)


def never_pleased(answers):
    raise AssertionError("not yet: no")


def test_a_check_of_answers_that_is_right_passes(capsys):
    shared.assert_right(capsys, 2, check, ANSWERS)
    for name in ANSWERS:
        shared.assert_refuted(check, ANSWERS, name, "draw")
    for answers in shared.no_verdicts(ANSWERS):
        shared.assert_wants_true_or_false(check, answers)


def test_a_check_that_says_nothing_or_something_else_is_noticed(capsys):
    for number, spoiled in ((2, pleased), (2, never_pleased), (2, narrow), (1, check)):
        with pytest.raises(AssertionError):
            shared.assert_right(capsys, number, spoiled, ANSWERS)


def test_a_check_that_rejects_nothing_or_for_another_reason_is_noticed():
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        shared.turned_round(pleased, ANSWERS, "one")
    with pytest.raises(AssertionError, match="not yet: no"):
        shared.assert_refuted(never_pleased, ANSWERS, "one", "draw")
    with pytest.raises(AssertionError, match="a random draw|no random draw"):
        shared.assert_refuted(check, ANSWERS, "one", "regression")


def test_answers_without_a_verdict_are_all_different_and_never_complete():
    given = shared.no_verdicts(ANSWERS)
    assert len({str(answers) for answers in given}) == len(given) == 10
    for answers in given:
        assert not all(isinstance(answers.get(name), bool) for name in ANSWERS)
        with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
            shared.assert_wants_true_or_false(pleased, answers)
        with pytest.raises(AssertionError, match="Regex"):
            shared.assert_wants_true_or_false(never_pleased, answers)


@pytest.mark.parametrize("act", [lambda: torch.rand(1), lambda: torch.manual_seed(2)])
def test_whoever_uses_the_global_generator_is_noticed(act):
    shared.assert_leaves_the_generator_alone(lambda: torch.rand(1, generator=torch.Generator()))
    with pytest.raises(AssertionError):
        shared.assert_leaves_the_generator_alone(act)


class Loose(BookWidget):
    """A demo whose angle is any number, and whose size forgets itself when it is refused."""

    angle = traitlets.Float().tag(sync=True, control=True)
    size = traitlets.Int(3, max=5).tag(sync=True, control=True)

    @traitlets.validate("size")
    def _size(self, proposal):
        if proposal["value"] < 0:
            self.angle = 7
            raise traitlets.TraitError("size must not be negative")
        return proposal["value"]


def test_a_demo_that_takes_anything_is_noticed():
    demo = Loose()
    widget_checks.assert_refused(demo, "size", 6)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        widget_checks.assert_refused(demo, "size", 4)
    with pytest.raises(AssertionError, match="Regex"):
        widget_checks.assert_refused(demo, "size", 6, "another reason")
    with pytest.raises(AssertionError):
        widget_checks.assert_turns(Loose)


def test_a_demo_that_changes_when_it_refuses_is_noticed():
    with pytest.raises(AssertionError):
        widget_checks.assert_refused(Loose(), "size", -1, "negative")
