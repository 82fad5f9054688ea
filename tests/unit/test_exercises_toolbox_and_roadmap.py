import contextlib

import pytest
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
    turned_round,
)

from utils.exercises import toolbox_and_roadmap as exercises

PICTURE = (921_600, 3_686_400, 3850, 308_483)
FOUND = {
    "self.w = nn.Parameter(torch.ones(2))": True,
    "self.w = torch.ones(2, requires_grad=True)": False,
    "self.w = nn.Parameter(torch.ones(2)) * 0.1": False,
    "self.w = [nn.Parameter(torch.ones(2))]": False,
    "self.w = nn.ParameterList([torch.ones(2)])": True,
    "self.w = nn.Linear(2, 1)": True,
}


class Changed:
    def __init__(self, thing, name, value):
        self.thing, self.name, self.value = thing, name, value

    def __enter__(self):
        self.before = getattr(self.thing, self.name)
        setattr(self.thing, self.name, self.value)

    def __exit__(self, kind, error, traceback):
        setattr(self.thing, self.name, self.before)


class RemembersTooEarly(Changed):
    def __init__(self, thing, name, value):
        super().__init__(thing, name, value)
        self.before = getattr(thing, name)

    def __enter__(self):
        setattr(self.thing, self.name, self.value)


class ChangesTooEarly(RemembersTooEarly):
    def __init__(self, thing, name, value):
        super().__init__(thing, name, value)
        self.__enter__()


class NeverChanges(Changed):
    def __enter__(self):
        self.before = getattr(self.thing, self.name)


class NeverRestores(Changed):
    def __exit__(self, kind, error, traceback):
        pass


class Swallows(Changed):
    def __exit__(self, *error):
        super().__exit__(*error)
        return True


class RestoresWithoutErrorOnly(Changed):
    def __exit__(self, kind, error, traceback):
        if kind is None:
            super().__exit__(kind, error, traceback)


class RemembersOneForAll(Changed):
    def __enter__(self):
        type(self).before = getattr(self.thing, self.name)
        setattr(self.thing, self.name, self.value)


class ChangesEverything(Changed):
    def __enter__(self):
        super().__enter__()
        self.thing.name = self.value


class Half:
    def __init__(self, thing, name, value):
        pass

    def __enter__(self):
        pass


@in_every_form
def test_picture_accepts_the_right_numbers(form, capsys):
    exercises.check_picture(*map(form, PICTURE))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "name"),
    [
        (0, 0, "as_bytes"),
        (0, 480 * 640, "as_bytes"),
        (1, 921_600 * 8, "as_floats"),
        (2, 3851, "place_last"),
        (2, (3 * 640 + 2) * 3 + 1, "place_last"),
        (3, 3850, "place_first"),
        (3, -3850, "place_first"),
    ],
)
def test_picture_rejects_a_wrong_number(position, answer, name):
    answers = list(PICTURE)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {name} is not {answer}"):
        exercises.check_picture(*answers)


@pytest.mark.parametrize("answer", [None, True, "921600", [921_600]])
def test_picture_wants_numbers(answer):
    with pytest.raises(AssertionError, match="not yet: as_bytes needs a number, got "):
        exercises.check_picture(answer, *PICTURE[1:])


class WithStack(Changed):
    """The old value is put back by a stack of callbacks."""

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        before = getattr(self.thing, self.name)
        self.stack.callback(setattr, self.thing, self.name, before)
        setattr(self.thing, self.name, self.value)

    def __exit__(self, *error):
        self.stack.close()


@contextlib.contextmanager
def by_generator(thing, name, value):
    before = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield
    finally:
        setattr(thing, name, before)


@pytest.mark.parametrize("answer", [Changed, WithStack, by_generator])
def test_changed_accepts_the_right_class(answer, capsys):
    exercises.check_changed(answer)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (Half, "changed needs a method __exit__"),
        (ChangesTooEarly, "the value must stay until the block begins"),
        (NeverChanges, "in the block the value is 3, not the new one"),
        (ChangesEverything, "something else has changed, too"),
        (NeverRestores, "the inner block does not restore"),
        (RemembersOneForAll, "the inner block does not restore"),
        (RemembersTooEarly, "after the block the value is 1, not the one before it"),
        (Swallows, "the error of the block was swallowed"),
        (RestoresWithoutErrorOnly, "after an error the value is not restored"),
    ],
)
def test_changed_rejects_a_wrong_class(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_changed(wrong)


def test_found_accepts_the_right_answers(capsys):
    assert_right(capsys, 3, exercises.check_found, FOUND)


@pytest.mark.parametrize("line", FOUND)
def test_found_rejects_each_answer_turned_round(line):
    said = turned_round(exercises.check_found, FOUND, line)
    assert said == f"not yet: {line} is not {not FOUND[line]}"


@pytest.mark.parametrize("found", no_verdicts(FOUND))
def test_found_wants_true_or_false(found):
    assert_wants_true_or_false(exercises.check_found, found)
