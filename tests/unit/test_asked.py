"""Every check says what it needs to whoever gives it something else."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
import torch

import utils.exercises
from utils.exercises.asked import exercise


def checks():
    """The public checks of all modules of exercises, by module and name."""
    names = [module.name for module in pkgutil.iter_modules(utils.exercises.__path__)]
    modules = [importlib.import_module(f"utils.exercises.{name}") for name in names]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": check
        for module in modules
        for name, check in vars(module).items()
        if name.startswith("check_") and check.__module__ == module.__name__
    }


CHECKS = checks()


def test_the_checks_are_found():
    assert len(CHECKS) > 80


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("given", [None, 3, "word", object()], ids=["None", "3", "word", "object"])
def test_what_is_no_answer_is_refused_with_a_hint(name, given):
    needed = inspect.signature(CHECKS[name]).parameters
    with pytest.raises(AssertionError, match="^not yet: "):
        CHECKS[name](*[given] * len(needed))


@exercise
def sample(act: Callable[[int], int], claims: Mapping[str, bool], parts: Sequence, number: int):
    """Print what came through."""
    print(number)


RIGHT = {"act": abs, "claims": {}, "parts": [], "number": None}


@pytest.mark.parametrize("parts", [[], (1,), range(2), np.ones(2), torch.ones(1, 2)])
def test_what_may_be_an_answer_goes_through(parts, capsys):
    sample(abs, {}, parts, number=7)
    assert capsys.readouterr().out == "7\n"


@pytest.mark.parametrize(
    ("name", "given", "hint"),
    [
        ("act", 3, "act needs a function, got 3"),
        ("claims", [True], r"claims needs a dictionary, got \[True\]"),
        ("parts", None, "parts needs a list, got None"),
        ("parts", torch.tensor(1.0), r"parts needs a list, got tensor\(1.\)"),
        ("parts", "ab", "parts needs a list, got 'ab'"),
    ],
)
def test_the_hint_names_the_argument_and_what_it_needs(name, given, hint):
    with pytest.raises(AssertionError, match=f"^not yet: {hint}$"):
        sample(**{**RIGHT, name: given})


def test_a_check_keeps_its_name_and_words():
    assert (sample.__name__, sample.__doc__) == ("sample", "Print what came through.")
