import functools

import pytest
import torch
import torch.nn.functional as F

from utils import cases
from utils.checks import agree


def softmax(logits, dim=1):
    shifted = logits - logits.amax(dim=dim, keepdim=True)
    return shifted.exp() / shifted.exp().sum(dim=dim, keepdim=True)


def theirs(logits, dim=1):
    return F.softmax(logits, dim=dim)


BATCHES = cases.logits(device="cpu")


def test_one_line_says_what_was_compared(capsys):
    agree(softmax, theirs, BATCHES, name="F.softmax")
    assert capsys.readouterr().out == (
        "softmax agrees with F.softmax: 18 cases, outputs and gradients, float32 and float64\n"
    )


def test_a_generator_of_cases_outputs_alone_and_tolerances_are_named(capsys):
    given = (case for case in cases.logits(dtype=torch.float64, device="cpu")[:1])
    agree(softmax, torch.softmax, ((x, 1) for (x,) in given), gradients=False, rtol=1e-6, atol=0)
    assert capsys.readouterr().out == (
        "softmax agrees with torch.softmax: 1 case, outputs, float64, "
        "relative tolerance 1e-06, absolute tolerance 0\n"
    )


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (F.conv2d, "torch.nn.functional.conv2d"),
        (torch.sigmoid, "torch.sigmoid"),
        (torch.special.xlogy, "torch.special.xlogy"),
        (torch.linalg.norm, "torch.linalg.norm"),
        (torch.einsum, "torch.einsum"),
        (theirs, "theirs"),
    ],
)
def test_functions_of_torch_have_their_public_names(function, name):
    from utils.checks import agreement

    assert agreement._name(function) == name


def test_a_module_has_its_class_name_and_a_lambda_needs_one(capsys):
    agree(lambda x: softmax(x, 1), torch.nn.Softmax(dim=1), BATCHES)
    assert capsys.readouterr().out.startswith("ours agrees with Softmax: 18 cases")
    with pytest.raises(ValueError, match="pass name="):
        agree(softmax, lambda x: F.softmax(x, dim=1), BATCHES)


def naive(logits):
    return logits.exp() / logits.exp().sum(dim=1, keepdim=True)


WRONG = {
    "sign": lambda x: softmax(-x),
    "axis": lambda x: softmax(x, dim=0),
    "overflow": naive,
    "gradient lost": lambda x: x * 0 + softmax(x).detach(),
    "gradient halved": lambda x: (softmax(x) + softmax(x).detach()) / 2,
    "dtype": lambda x: softmax(x.float()),
    "one entry": lambda x: torch.cat([softmax(x)[:, :-1], softmax(x)[:, -1:] * 1.001], dim=1),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_variants_are_caught(wrong):
    with pytest.raises(AssertionError, match=r"^case \d+ of 18, tensor \(\d"):
        agree(WRONG[wrong], theirs, BATCHES)


def off_by_one(x, kernel, padding, stride, dilation):
    """The last window is left out wherever the stride divides."""
    y = torch_conv2d(x, kernel, padding, stride, dilation)
    rest = (x.shape[0] + 2 * padding - dilation * (kernel.shape[0] - 1) - 1) % stride
    return y if rest or len(y) == 1 else y[:-1]


def torch_conv2d(x, kernel, padding, stride, dilation):
    return F.conv2d(x[None, None], kernel[None, None], None, stride, padding, dilation)[0, 0]


CONV_WRONG = {
    "off by one": off_by_one,
    "flipped": lambda x, k, **s: torch_conv2d(x, k.flip(0, 1), **s),
    "transposed": lambda x, k, **s: torch_conv2d(x.T, k.T, **s),
    "padding": lambda x, k, padding, **s: torch_conv2d(x, k, padding=min(padding, 2), **s),
    "stride": lambda x, k, stride, **s: torch_conv2d(x, k, stride=min(stride, 2), **s),
    "dilation": lambda x, k, dilation, **s: torch_conv2d(x, k, dilation=1, **s),
}


@pytest.mark.parametrize("wrong", CONV_WRONG)
def test_the_error_names_the_case_with_its_keywords(wrong):
    with pytest.raises(AssertionError, match=r"case \d+ of 22, .*padding=\d, stride=\d, dil.*: "):
        agree(CONV_WRONG[wrong], torch_conv2d, cases.convolutions(device="cpu"))


def test_the_first_case_that_differs_is_named_from_one():
    given = [(torch.ones(2),), (torch.arange(3.0),), (torch.ones(4),)]
    with pytest.raises(AssertionError, match=r"^case 2 of 3, tensor \(3,\) float32: 1 of 3 val"):
        agree(lambda x: x.clamp(max=1.5), torch.clone, given)


def test_a_case_that_raises_is_named_in_a_note():
    with pytest.raises(RuntimeError) as error:
        agree(lambda x, y: x @ y, torch.matmul, [(torch.ones(2, 3), torch.ones(2, 3))])
    assert error.value.__notes__ == [
        "This happened in case 1 of 1, tensor (2, 3) float32, tensor (2, 3) float32."
    ]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ([], ValueError, "cases is empty"),
        (iter([]), ValueError, "cases is empty"),
        (torch.ones(2, 3), TypeError, "must be a tuple of arguments, got Tensor"),
        ([[torch.ones(2)]], TypeError, "got list"),
        ([(torch.arange(3),)], ValueError, "floating-point tensor to differentiate"),
        ([(torch.ones(0),)], ValueError, "all outputs are empty"),
    ],
)
def test_what_proves_nothing_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        agree(torch.abs, torch.abs, given)


def test_numbers_below_the_absolute_tolerance_are_compared_relatively_or_not_at_all(capsys):
    tail = [(torch.tensor([-20.0, -15.0]),)]
    with pytest.raises(ValueError, match="all outputs are so small .* pass atol=0"):
        agree(torch.sigmoid, torch.sigmoid, tail)
    agree(torch.exp, torch.exp, tail, atol=0)
    with pytest.raises(AssertionError, match="1 of 2 values differ"):  # 1 - 1 is nothing
        agree(
            lambda x: 1 - 1 / (1 + x.exp()), torch.sigmoid, [(torch.tensor([1.0, -20]),)], atol=0
        )


def test_small_gradients_are_refused_and_zero_ones_are_not(capsys):
    def mean(x):
        return x.detach().sum() + 1e-7 * x.sum()

    with pytest.raises(ValueError, match="all gradients are so small"):
        agree(mean, mean, [(torch.ones(3),)])
    agree(torch.sign, torch.sign, [(torch.ones(3),)])


def test_numbers_and_shapes_are_results_too(capsys):
    def shape(x):
        return x.shape

    def size(x):
        return tuple(x.size())

    agree(shape, size, [(torch.ones(2, 3),)], gradients=False)
    assert capsys.readouterr().out.endswith("size: 1 case, outputs, int64\n")
    with pytest.raises(AssertionError, match="2 results on our side, 1"):
        agree(shape, lambda x: [2], [(torch.ones(2, 3),)], gradients=False, name="two")
    with pytest.raises(AssertionError, match="dtype differs"):
        agree(torch.numel, lambda x: 6.0, [(torch.ones(2, 3),)], gradients=False, name="six")


def test_several_outputs_are_compared_with_all_their_gradients():
    def sorted_both(x):
        return x.sort()

    agree(sorted_both, torch.sort, [(torch.tensor([3.0, 1.0, 2.0]),)])
    with pytest.raises(AssertionError, match="gradient of input 0"):
        agree(
            lambda x: (x + 0, x * x.detach()),
            lambda x: (x + 0, x * x),
            [(torch.tensor([3.0, 1.0]),)],
            name="square",
        )


def test_keywords_reach_both_functions_and_partials_are_functions():
    given = [(x, {"dim": dim}) for (x,) in BATCHES for dim in (0, 1)]
    agree(softmax, theirs, given)
    agree(functools.partial(softmax, dim=0), theirs, [(x, {"dim": 0}) for (x,) in BATCHES])


def test_a_function_that_writes_into_its_input_does_not_spoil_the_other():
    x = torch.ones(3)
    agree(lambda x: x.add_(1), lambda x: x + 1, [(x,)], gradients=False, name="add")
    assert x.tolist() == [1, 1, 1]


def test_booleans_and_exact_zeros_are_compared_exactly(capsys):
    agree(torch.isnan, torch.isnan, [(torch.zeros(3),)], gradients=False)
    agree(torch.sign, torch.sign, [(torch.zeros(3),)], gradients=False, atol=0)
    assert capsys.readouterr().out.splitlines()[0].endswith("torch.isnan: 1 case, outputs, bool")
