"""The Python side of the 2×2 matrix explorer."""

import math

import numpy as np
import pytest
import torch
import traitlets
from widget_checks import assert_turns

from utils.checks import assert_same
from utils.widgets.matrix_explorer import PRESETS, MatrixExplorer


def test_a_preset_fills_the_matrix_and_a_matrix_names_its_preset():
    demo = MatrixExplorer(preset="rotation")
    assert demo.matrix == PRESETS["rotation"]
    demo.matrix = [[1, 1], [0, 1]]
    assert demo.preset == "shear"
    demo.matrix = [[1, 1.5], [0, 1]]
    assert demo.preset == "custom"
    demo.preset = "identity"
    assert demo.matrix == ((1.0, 0.0), (0.0, 1.0))


def test_custom_keeps_the_matrix():
    demo = MatrixExplorer(preset="symmetric")
    demo.preset = "custom"
    assert demo.matrix == PRESETS["symmetric"]


def test_a_matrix_given_with_a_preset_has_the_last_word():
    demo = MatrixExplorer(preset="rotation", matrix=[[0, 1], [1, 0]])
    assert (demo.matrix, demo.preset) == (PRESETS["permutation"], "permutation")


@pytest.mark.parametrize(
    "given",
    [((2, -2), (0, 0.5)), [[2, -2], [0, 0.5]], np.array([[2, -2], [0, 0.5]])]
    + [torch.tensor([[2, -2], [0, 0.5]], dtype=dtype) for dtype in (torch.float32, torch.float64)],
    ids=["tuples", "lists", "array", "float32", "float64"],
)
def test_a_matrix_is_taken_from_sequences_arrays_and_tensors(given):
    assert MatrixExplorer(matrix=given).matrix == ((2.0, -2.0), (0.0, 0.5))


@pytest.mark.parametrize(
    "bad",
    [
        [[1, 0], [0, 2.01]],
        [[1, 0], [0, math.nan]],
        [[1, 0], [0, -math.inf]],
        [[1, 0, 0], [0, 1, 0]],
        [[1, 0], [0]],
        [1, 0],
        [["1", 0], [0, 1]],
        "ab",
        None,
        1,
    ],
)
def test_anything_else_is_refused_with_the_bounds(bad):
    demo = MatrixExplorer()
    with pytest.raises(traitlets.TraitError, match="matrix must be 2×2 numbers from -2 to 2"):
        demo.matrix = bad
    assert demo.matrix == PRESETS["shear"]


def test_an_angle_is_brought_into_one_turn():
    assert_turns(MatrixExplorer)


def test_view_takes_one_of_four_stories():
    for view in ("norms", "box", "area", "eigenvectors"):
        assert MatrixExplorer(view=view).view == view
    with pytest.raises(traitlets.TraitError):
        MatrixExplorer(view="ellipse")


def test_the_presets_are_what_their_names_say():
    matrices = {name: torch.tensor(rows, dtype=torch.float64) for name, rows in PRESETS.items()}
    identity = torch.eye(2).double()
    for name in ("rotation", "reflection", "permutation", "skew-symmetric"):
        assert_same(matrices[name] @ matrices[name].T, identity)
    assert matrices["rotation"].det() > 0 > matrices["reflection"].det()
    assert_same(matrices["projection"] @ matrices["projection"], matrices["projection"])
    assert_same(matrices["symmetric"], matrices["symmetric"].T)
    assert_same(matrices["skew-symmetric"], -matrices["skew-symmetric"].T)
    assert abs(matrices["singular"].det()) < 1e-12
    assert_same(matrices["identity"], identity)


@pytest.mark.parametrize("name", PRESETS)
def test_every_property_is_that_of_the_matrix(name):
    demo = MatrixExplorer(preset=name, angle=30)
    matrix = np.array(PRESETS[name])
    assert demo.operator_norm == pytest.approx(np.linalg.norm(matrix, 2))
    assert demo.frobenius_norm == pytest.approx(np.sqrt((matrix**2).sum()))
    assert demo.determinant == pytest.approx(np.linalg.det(matrix), abs=1e-12)
    found = np.sort_complex(demo.eigenvalues.numpy())
    assert np.allclose(found, np.sort_complex(np.linalg.eigvals(matrix)), atol=1e-7)
    x = np.array([3**0.5 / 2, 0.5])
    assert np.allclose(demo.x, x)
    assert np.allclose(demo.image, matrix @ x)


def test_the_presets_travel_beside_the_module_and_are_no_control():
    demo = MatrixExplorer()
    assert MatrixExplorer.controls() == ["angle", "matrix", "preset", "view"]
    assert demo.asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        demo.presets = {}
