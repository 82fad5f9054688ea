import contextlib

import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)
from torch import nn

from utils.exercises import modules_and_hooks as exercises

BY_HAND = [7, 21, 8]
HOOKS = [84, 12, 6]
CLAIMS = {
    "after eval(), backward() finds no gradient": False,
    "a frozen layer passes gradients on to the layers before it": True,
    "net.load_state_dict(net.state_dict()) changes nothing": True,
    "saved = net.state_dict() keeps its numbers when training goes on": False,
    "under no_grad, dropout passes everything on": False,
    "a layer with two names gets the sum of both gradients": True,
}


def test_the_predictions_are_what_torch_finds():
    count, entries, gradients = exercises.predict.questions
    net = nn.Sequential()
    net.first = net.second = nn.Linear(4, 4)
    net.last = nn.Linear(4, 2)
    assert count["right"] == sum(p.numel() for p in net.parameters())
    assert entries["right"] == len(net.state_dict())
    net.eval()(torch.ones(1, 4)).sum().backward()
    assert (gradients["right"] == "yes") == (net.last.weight.grad is not None)


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (number, check, form(answers))
        for number, check, answers in (
            (1, exercises.check_by_hand, BY_HAND),
            (2, exercises.check_hooks, HOOKS),
        )
        for form in (
            list,
            tuple,
            np.array,
            torch.tensor,
            lambda values: [float(v) for v in values],
        )
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_hooks, HOOKS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        for wrong in (None, "6", answer + 1, -answer, [1, 2]):
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


class Evaluating:
    def __init__(self, model):
        self.model = model

    def __enter__(self):
        self.modes = [(part, part.training) for part in self.model.modules()]
        self.model.eval()

    def __exit__(self, kind, error, traceback):
        for part, mode in self.modes:
            part.training = mode


@contextlib.contextmanager
def by_generator(model):
    modes = {name: part.training for name, part in model.named_modules()}
    model.eval()
    try:
        yield model
    finally:
        for name, mode in modes.items():
            model.get_submodule(name).training = mode


@contextlib.contextmanager
def by_single_steps(model):
    modes = [part.training for part in model.modules()]
    for part in model.modules():
        part.training = False
    try:
        yield
    finally:
        for part, mode in zip(model.modules(), modes, strict=True):
            part.training = mode


@pytest.mark.parametrize("answer", [Evaluating, by_generator, by_single_steps])
def test_a_right_context_manager_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_evaluating, answer)


class BackToTraining(Evaluating):
    def __exit__(self, kind, error, traceback):
        self.model.train()


class OfTheWholeAlone(Evaluating):
    def __exit__(self, kind, error, traceback):
        self.model.train(self.modes[0][1])


class TopAlone(Evaluating):
    def __enter__(self):
        super().__enter__()
        for part, mode in self.modes[1:]:
            part.training = mode


class Swallows(Evaluating):
    def __exit__(self, kind, error, traceback):
        super().__exit__(kind, error, traceback)
        return True


class TooEarly(Evaluating):
    def __init__(self, model):
        super().__init__(model)
        self.modes = [(part, part.training) for part in model.modules()]

    def __enter__(self):
        self.model.eval()


class AtOnce(Evaluating):
    def __init__(self, model):
        super().__init__(model)
        super().__enter__()

    def __enter__(self):
        return self


@contextlib.contextmanager
def without_finally(model):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    yield
    for part, mode in modes:
        part.training = mode


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (BackToTraining, "after (the|a) block .* some module is"),
        (OfTheWholeAlone, "after the block some module is not in the mode it had"),
        (TopAlone, "in the block some module is in training"),
        (Swallows, "swallowed"),
        (TooEarly, "read when the block begins"),
        (AtOnce, "before the block began"),
        (without_finally, "after an error"),
    ],
)
def test_a_wrong_context_manager_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_evaluating(wrong)


def output_shapes(model, x):
    found, handles = {}, []
    for name, part in model.named_modules():

        def note(part, inputs, output, name=name):
            found[name] = output.shape

        handles.append(part.register_forward_hook(note))
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return found


def by_stack(model, x):
    found = {}
    with contextlib.ExitStack() as stack:
        for name, part in model.named_modules():
            if name:
                stack.enter_context(
                    part.register_forward_hook(
                        lambda part, inputs, output, name=name: found.update(
                            {name: tuple(output.shape)}
                        )
                    )
                )
        with torch.no_grad():
            model(x)
    return found


def by_object(model, x):
    names = {part: name for name, part in model.named_modules()}
    found = {}

    def note(part, inputs, output):
        found[names[part]] = list(output.shape)

    handles = [part.register_forward_hook(note) for part in names]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return found


@pytest.mark.parametrize("answer", [output_shapes, by_stack, by_object])
def test_right_shapes_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_output_shapes, answer)


def leaves_hooks(model, x):
    found = {}
    for name, part in model.named_modules():
        part.register_forward_hook(
            lambda part, inputs, output, name=name: found.update({name: output.shape})
        )
    model(x)
    return found


def closes_late(model, x):
    found = {}
    for name, part in model.named_modules():
        part.register_forward_hook(
            lambda part, inputs, output: found.update({name: output.shape})  # noqa: B023
        )
    model(x)
    for part in model.modules():
        part._forward_hooks.clear()
    return found


def of_the_inputs(model, x):
    found, handles = {}, []
    for name, part in model.named_modules():

        def note(part, inputs, output, name=name):
            found[name] = inputs[0].shape

        handles.append(part.register_forward_hook(note))
    model(x)
    for handle in handles:
        handle.remove()
    return found


def forgets_errors(model, x):
    found, handles = {}, []
    for name, part in model.named_modules():

        def note(part, inputs, output, name=name):
            found[name] = output.shape

        handles.append(part.register_forward_hook(note))
    model(x)
    for handle in handles:
        handle.remove()
    return found


def swallows(model, x):
    with contextlib.suppress(RuntimeError):
        return output_shapes(model, x)


def evaluates(model, x):
    return output_shapes(model.eval(), x)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda model, x: None, "a dictionary is wanted"),
        (lambda model, x: {}, "the answer is"),
        (leaves_hooks, "hooks are left"),
        (closes_late, "the answer is"),
        (of_the_inputs, "the answer is"),
        (forgets_errors, "hooks are left .* also after an error"),
        (swallows, "swallowed"),
        (evaluates, "in the mode it had"),
    ],
)
def test_wrong_shapes_are_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_output_shapes(wrong)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    with torch.no_grad():
        assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "network")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_by_hand(BY_HAND))
    assert_leaves_the_generator_alone(lambda: exercises.check_evaluating(Evaluating))
    assert_leaves_the_generator_alone(lambda: exercises.check_output_shapes(output_shapes))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
