"""The Python side of the demo on secants, tangents and rounding errors."""

import math

import numpy as np
import pytest
from widget_checks import assert_refused

from utils.widgets.tangent import CORNERS, FUNCTIONS, Tangent

SLOPES = {
    "square": lambda x: 2 * x,
    "cube": lambda x: 3 * x * x,
    "sin": math.cos,
    "exp": math.exp,
    "log": lambda x: 1 / x,
    "abs": lambda x: math.copysign(1, x),
    "relu": lambda x: float(x > 0),
}
VALUES = {
    "square": lambda x: x * x,
    "cube": lambda x: x * x * x,
    "sin": np.sin,
    "exp": np.exp,
    "log": np.log,
    "abs": np.abs,
    "relu": lambda x: np.maximum(x, x.dtype.type(0)),
}


def quotient(demo):
    """The difference quotient in NumPy, in the demo's own floats."""
    kind = getattr(np, demo.dtype)
    x, h, f = kind(demo.x), kind(demo.step), VALUES[demo.function]
    if demo.difference == "central":
        return (f(x + h) - f(x - h)) / (2 * h)
    return (f(x + h) - f(x)) / h


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("difference", ["forward", "central"])
@pytest.mark.parametrize(("dtype", "bits"), [("float64", 52), ("float32", 23)])
def test_the_estimate_is_the_quotient_of_these_floats(function, difference, dtype, bits):
    demo = Tangent(function=function, difference=difference, dtype=dtype)
    for x in (0.05, 0.6, 1.0, 1.95):
        for step in (1e-16, 3e-9, 2e-7, 1e-3, 0.04):
            demo.x, demo.step = x, step
            size = abs(float(VALUES[function](np.float64(x)))) + step * 8
            exact = function in ("square", "cube", "abs", "relu")
            # Two libraries may round a sine, an exponential or a logarithm differently.
            room = 0 if exact else 2 * size * 2.0**-bits / step
            assert demo.estimate == pytest.approx(float(quotient(demo)), rel=1e-6, abs=room)
            if exact:
                assert demo.estimate == float(quotient(demo))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_derivative_is_torchs_and_the_error_is_counted_from_it(function):
    for x in (0.3, 1.7):
        demo = Tangent(function=function, x=x, step=1e-3)
        assert demo.derivative == pytest.approx(SLOPES[function](x), rel=1e-12)
        assert demo.torch_answer == demo.derivative
        assert demo.one_sided == (demo.derivative, demo.derivative)
        assert demo.error == demo.estimate - demo.derivative


def test_in_float32_the_point_itself_is_rounded():
    demo = Tangent(function="square", x=0.1, dtype="float32")
    assert demo.derivative == 2 * float(np.float32(0.1)) != 0.2
    assert demo.torch_answer == demo.derivative


@pytest.mark.parametrize(("function", "central"), [("abs", 0.0), ("relu", 0.5)])
def test_a_corner_has_two_slopes_and_no_derivative(function, central):
    for step in (1.0, 1e-3, 1e-16):
        demo = Tangent(function=function, x=0, step=step)
        assert demo.estimate == 1
        demo.difference = "central"
        assert demo.estimate == central
    assert demo.one_sided == CORNERS[function]
    assert demo.derivative is None
    assert demo.error is None
    assert demo.torch_answer == 0
    demo.x = -0.5
    assert demo.derivative == CORNERS[function][0]


def test_where_log_has_no_value_every_question_is_refused():
    demo = Tangent(function="log", x=0.3, step=0.5)
    assert demo.estimate == pytest.approx(math.log(0.8 / 0.3) / 0.5)
    demo.difference = "central"
    for name in ("estimate", "error"):
        with pytest.raises(ValueError, match="log has no value at -0.2, which is not positive"):
            getattr(demo, name)
    assert demo.derivative == pytest.approx(1 / 0.3)
    demo.difference, demo.x = "forward", 0
    for name in ("estimate", "error", "derivative", "one_sided", "torch_answer"):
        with pytest.raises(ValueError, match="log has no value at 0, which"):
            getattr(demo, name)


@pytest.mark.parametrize(
    ("name", "bad"),
    [("x", 2.01), ("x", -2.01), ("step", 0), ("step", 9e-17), ("step", 1.1), ("step", -0.1)]
    + [(name, bad) for name in ("x", "step") for bad in (math.nan, math.inf, "1", None)]
    + [("function", "cos"), ("difference", "backward"), ("dtype", "float16")],
)
def test_a_setting_beyond_its_bounds_is_refused(name, bad):
    assert_refused(Tangent(), name, bad, name)


def test_its_repr_and_its_controls_are_its_settings():
    assert Tangent.controls() == ["difference", "dtype", "function", "step", "x"]
    assert repr(Tangent(x=1, step=1e-8)) == (
        "Tangent(difference='forward', dtype='float64', function='sin', step=1e-08, x=1.0)"
    )
