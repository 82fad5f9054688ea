"""The arithmetic and the words of the 2×2 matrix explorer, in Chromium, against torch."""

import re

import numpy as np
import pytest
import torch

from utils.checks import assert_same
from utils.widgets.matrix_explorer import VIEWS

EACH = 40
ZERO = torch.zeros(2, 2, dtype=torch.float64)


def draw(kind, generator):
    def rand(*shape):
        return torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 - 1

    (angle,) = rand(1) * torch.pi
    u = torch.stack([angle.cos(), angle.sin()])
    aside = torch.stack([-angle.sin(), angle.cos()])
    identity = torch.eye(2, dtype=torch.float64)
    return {
        "any": lambda: 2 * rand(2, 2),
        "round": lambda: (20 * rand(2, 2)).round() / 10,
        "symmetric": lambda: (s := rand(2, 2)) + s.T,
        "singular": lambda: torch.outer(rand(2), rand(2)) * 2,
        "defective": lambda: rand(1) * identity + torch.outer(u, aside) * (1 + rand(1) / 2),
        "rotation": lambda: torch.stack([u, aside]).T * (1 + rand(1) / 2),
        "reflection": lambda: identity - 2 * torch.outer(u, u),
        "multiple": lambda: rand(1) * identity,
    }[kind]()


@pytest.fixture(scope="module")
def cases():
    """(kind, matrix): a hundred of every kind, and the zero matrix."""
    generator = torch.Generator().manual_seed(3)
    kinds = ["any", "round", "symmetric", "singular"]
    kinds += ["defective", "rotation", "reflection", "multiple"]
    drawn = [(kind, draw(kind, generator)) for kind in kinds for _ in range(EACH)]
    return [*drawn, ("multiple", ZERO)]


def called(open_module, module, function, given):
    return open_module(module).call_each([(function, *arguments) for arguments in given])


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


def test_norms_singular_values_and_the_axes_of_the_ellipse_are_those_of_torch(open_module, cases):
    matrices = [matrix for _, matrix in cases]
    assert len(matrices) > 200
    given = [(matrix.tolist(),) for matrix in matrices]
    found = called(open_module, "kit/matrix", "singular", given)
    norms = called(open_module, "kit/matrix", "frobeniusNorm", given)
    determinants = called(open_module, "kit/matrix", "determinant", given)
    for matrix, axes, norm, determinant in zip(matrices, found, norms, determinants, strict=True):
        lengths, into, out = (as_tensor(axes[name]) for name in ("lengths", "into", "out"))
        assert_same(lengths, torch.linalg.svdvals(matrix), atol=1e-12)
        assert_same(lengths[0], torch.linalg.matrix_norm(matrix, 2), atol=1e-12)
        for basis in (into, out):
            assert_same(basis @ basis.T, torch.eye(2).double(), atol=1e-12)
        # Rows of `into` and `out` are vectors: A takes each to its length times the other.
        assert_same(matrix @ into.T, out.T * lengths, atol=1e-12)
        assert norm == pytest.approx(torch.linalg.matrix_norm(matrix).item())
        assert determinant == pytest.approx(torch.linalg.det(matrix).item(), abs=1e-12)


KINDS = {"defective": "one", "rotation": "none", "reflection": "two", "multiple": "every"}


def test_eigenvalues_and_eigenvectors_are_those_of_torch(open_module, cases):
    given = [(matrix.tolist(),) for _, matrix in cases]
    found = called(open_module, "kit/matrix", "eigen", given)
    seen = set()
    for (kind, matrix), eigen in zip(cases, found, strict=True):
        theirs, vectors = torch.linalg.eig(matrix)
        ours = np.array([complex(*value) for value in eigen["values"]])
        # A double eigenvalue is only known to the root of the rounding error.
        close = 1e-6 if eigen["kind"] == "one" else 1e-10
        wanted = theirs.numpy()
        pairs = (ours, ours[::-1])
        assert min(abs(pair - wanted).max() for pair in pairs) < close, (matrix, ours, wanted)
        assert eigen["kind"] == KINDS.get(kind, eigen["kind"]), (kind, matrix, eigen)
        isreal = bool((theirs.imag.abs() < 1e-6).all())
        assert (eigen["kind"] == "none") == (not isreal), matrix
        assert len(eigen["lines"]) == {"two": 2, "one": 1, "every": 0, "none": 0}[eigen["kind"]]
        for (value, _), line in zip(eigen["values"], eigen["lines"], strict=False):
            vector = as_tensor(line)
            assert_same(vector.norm(), torch.tensor(1.0).double())
            assert_same(matrix @ vector, value * vector, atol=1e-12)
            cosines = (vectors.real.T @ vector).abs()
            assert cosines.max() > 1 - 1e-6, (matrix, line, vectors)
        seen.add(eigen["kind"])
    assert seen == {"two", "one", "every", "none"}


def test_x_is_kept_exactly_on_the_lines_of_eigenvectors(open_module, cases):
    module = open_module("kit/matrix")
    matrices = [matrix.tolist() for _, matrix in cases]
    lines = [
        found["lines"] for found in module.call_each([("eigen", matrix) for matrix in matrices])
    ]
    on, off = [], []
    for matrix, kept in zip(matrices, lines, strict=True):
        for x, y in kept:
            on.append(("isKept", matrix, [x, y]))
            tilt = np.array([[np.cos(0.01), -np.sin(0.01)], [np.sin(0.01), np.cos(0.01)]])
            off.append(("isKept", matrix, (tilt @ [x, y]).tolist()))
    assert len(on) > 200
    assert all(module.call_each(on))
    assert not any(module.call_each(off))


def test_angles_and_directions_fit_together(open_module):
    module = open_module("kit/matrix")
    degrees = [0, 30, 90, 135, 180, 210, 270, 359.5]
    vectors = module.call_each([("direction", angle) for angle in degrees])
    radians = np.deg2rad(degrees)
    assert np.allclose(vectors, np.stack([np.cos(radians), np.sin(radians)], axis=1))
    lines = module.call_each([("lineAngle", vector) for vector in vectors])
    assert np.allclose(lines, [0, 30, 90, 135, 0, 30, 90, 179.5])
    assert all(0 <= line < 180 for line in lines)


LINES = [[1, 1], [-2, 1]]  # at 45 and at 153.43… degrees
STEPS = [
    ("snapped", (46.9, LINES, 2), 45),
    ("snapped", (223.5, LINES, 2), 225),
    ("snapped", (47.5, LINES, 2), 47.5),
    ("snapped", (359, [[1, 0]], 2), 0),
    ("snapped", (-1, [[1, 0]], 2), 0),
    ("snapped", (-90, [], 2), 270),
    ("stepped", (10, 1, LINES), 11),
    ("stepped", (10.4, 1, []), 11),
    ("stepped", (10.4, -1, []), 10),
    ("stepped", (44.9999999, 1, []), 46),
    ("stepped", (0, -1, []), 359),
    ("stepped", (359, 1, []), 0),
    ("stepped", (153, 1, LINES), 153.434948822922),
    ("stepped", (153.434948822922, 1, LINES), 154),
    ("stepped", (154, -1, LINES), 153.434948822922),
    ("stepped", (153.434948822922, -1, LINES), 153),
    ("stepped", (44, 1, LINES), 45),
    ("nextEnd", (45, 1, LINES), 153.434948822922),
    ("nextEnd", (45, -1, LINES), 333.434948822922),
    ("nextEnd", (340, 1, LINES), 45),
    ("nextEnd", (12, 1, []), 12),
]


def test_x_stops_at_the_lines_on_its_way(open_module):
    calls = [(function, *arguments) for function, arguments, _ in STEPS]
    found = open_module("kit/matrix").call_each(calls)
    for call, angle, (*_, wanted) in zip(calls, found, STEPS, strict=True):
        assert angle == pytest.approx(wanted, abs=1e-9), call


def numbers(text):
    return [float(part.replace("−", "-")) for part in re.findall(r"−?\d+\.\d+", text)]


def test_the_facts_on_norms_are_torchs_numbers(open_module, cases):
    angles = [37 * index % 360 for index in range(len(cases))]
    given = [(matrix.tolist(), angle) for (_, matrix), angle in zip(cases, angles, strict=True)]
    facts = called(open_module, "matrix_explorer/words", "normFacts", given)
    sentences = called(open_module, "matrix_explorer/words", "normSentence", given)
    for (_, matrix), angle, shown, told in zip(cases, angles, facts, sentences, strict=True):
        x = as_tensor([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))])
        long, short = torch.linalg.svdvals(matrix).tolist()
        reached = (matrix @ x).norm().item()
        values = [numbers(value)[0] for _, _, value, *_ in shown]
        assert values == pytest.approx([long, reached, short], abs=0.00501)
        bars = [bar["to"] for *_, bar in shown]
        assert bars == pytest.approx([long, reached, short], abs=1e-6)
        assert not re.search("NaN|undefined|−0.00|Infinity", told + str(shown))
        if long < 1e-6:
            assert told == "A sends every vector to zero."
        elif long - short < 1e-6:
            assert numbers(told) == pytest.approx([long], abs=0.00501)
        else:
            assert numbers(told)[0] == pytest.approx(reached, abs=0.00501)


def test_the_facts_on_eigenvectors_are_torchs_numbers(open_module, cases):
    given = [(matrix.tolist(), 20) for _, matrix in cases]
    facts = called(open_module, "matrix_explorer/words", "eigenFacts", given)
    x = as_tensor([np.cos(np.deg2rad(20)), np.sin(np.deg2rad(20))])
    for (kind, matrix), shown in zip(cases, facts, strict=True):
        (_, _, values, lines), (_, _, along, note, bar), *rest = shown
        trace, product = (value for _, _, value, _ in rest)
        theirs = torch.linalg.eigvals(matrix)
        told = numbers(values)
        if "±" in values:
            assert told == pytest.approx(
                [theirs[0].real.item(), theirs[0].imag.abs().item()], abs=0.0051
            )
        else:
            told = told * 2 if "twice" in values else told
            assert sorted(told) == pytest.approx(theirs.real.sort()[0].tolist(), abs=0.0051)
        real = [] if "±" in values else theirs.real.sort()[0].tolist()
        assert sorted(bar["marks"]) == pytest.approx(real, abs=1e-3)
        assert bar["to"] == pytest.approx((x @ matrix @ x).item())
        assert numbers(trace)[0] == pytest.approx(matrix.trace().item(), abs=0.00501)
        assert numbers(product)[0] == pytest.approx(torch.linalg.det(matrix).item(), abs=0.00501)
        assert numbers(along)[0] == pytest.approx((x @ matrix @ x).item(), abs=0.00501)
        assert note.startswith("A is symmetric") == bool(matrix[0, 1] == matrix[1, 0])
        wanted = {"defective": "only one line is kept", "rotation": "no line is kept"}
        assert lines == wanted.get(kind, lines)
        assert not re.search("NaN|undefined|−0.00|Infinity", str(shown))


SYMMETRIC, SHEAR, ROTATION = [[0.5, 1.5], [1.5, 0.5]], [[1, 1], [0, 1]], [[0.8, -0.6], [0.6, 0.8]]
SENTENCES = [
    ("eigenSentence", SYMMETRIC, 45, "Ax lines up with x: x is an eigenvector, Ax = 2.00 x."),
    (
        "eigenSentence",
        SYMMETRIC,
        135,
        "Ax lines up with x: x is an eigenvector, Ax = −1.00 x. "
        "It points the other way, on the same line.",
    ),
    (
        "eigenSentence",
        SYMMETRIC,
        0,
        "Ax points 71.6° counter-clockwise from x. Two lines are kept, and x is on neither.",
    ),
    (
        "eigenSentence",
        SHEAR,
        90,
        "Ax points 45.0° clockwise from x. Only one line is kept: its eigenvalue counts twice.",
    ),
    (
        "eigenSentence",
        ROTATION,
        350,
        "Ax points 36.9° counter-clockwise from x. The eigenvalues are complex: "
        "no real vector keeps its line.",
    ),
    (
        "eigenSentence",
        ROTATION,
        160,
        "Ax points 36.9° counter-clockwise from x. The eigenvalues are complex: "
        "no real vector keeps its line.",
    ),
    (
        "eigenSentence",
        [[0, 0], [0, 1]],
        0,
        "Ax is zero: x is an eigenvector with the eigenvalue 0.",
    ),
    (
        "eigenSentence",
        [[-1, 0], [0, -1]],
        10,
        "A sends every vector to −1.00 times itself: every vector but zero is an eigenvector.",
    ),
    (
        "eigenSentence",
        [[0, 0], [0, 0]],
        10,
        "A sends every vector to zero: every vector but zero is an eigenvector.",
    ),
    ("normSentence", SHEAR, 0, "x has length 1, Ax has length 1.00, between 0.62 and 1.62."),
    (
        "normSentence",
        SYMMETRIC,
        45,
        "x has length 1, Ax has length 2.00: the most that A can do, its operator norm.",
    ),
    (
        "normSentence",
        SYMMETRIC,
        135,
        "x has length 1, Ax has length 1.00: the least that A can do.",
    ),
    ("normSentence", ROTATION, 10, "A stretches every vector alike, by 1.00."),
    ("normSentence", [[0, 0], [0, 0]], 10, "A sends every vector to zero."),
]


def test_every_case_has_its_sentence(open_module):
    told = open_module("matrix_explorer/words").call_each([case[:3] for case in SENTENCES])
    for text, (*case, wanted) in zip(told, SENTENCES, strict=True):
        assert text.replace("\u00a0", " ") == wanted, case


AREAS = [
    (SHEAR, "all areas are multiplied by 1.00"),
    ([[0, 2], [1, 0]], "all areas are multiplied by 2.00, and the plane is turned over"),
    ([[1, 1], [1, 1]], "all areas become 0: the plane is flattened"),
]


def test_the_facts_on_box_and_areas_are_torchs_numbers(open_module, cases):
    given = [(matrix.tolist(),) for _, matrix in cases]
    boxes, areas = (
        called(open_module, "matrix_explorer/words", name, given)
        for name in ("boxFacts", "areaFacts")
    )
    for (_, matrix), box, area in zip(cases, boxes, areas, strict=True):
        values = [numbers(value)[0] for _, _, value, *_ in (*box, *area)]
        long, short = torch.linalg.svdvals(matrix).tolist()
        det = torch.linalg.det(matrix).item()
        wanted = [torch.linalg.matrix_norm(matrix).item(), long, short, 1, abs(det), det]
        assert values == pytest.approx(wanted, abs=0.00501)


def test_the_determinant_is_told_as_a_factor_of_areas(open_module):
    calls = [("areaFacts", matrix) for matrix, _ in AREAS]
    for facts, (_, meaning) in zip(
        open_module("matrix_explorer/words").call_each(calls), AREAS, strict=True
    ):
        assert [fact[3] for fact in facts if fact[1] == "Determinant"] == [meaning]


def test_the_torch_lines_run_and_give_the_numbers_behind_them(open_module, cases):
    given = [({"matrix": matrix.tolist(), "view": view},) for _, matrix in cases for view in VIEWS]
    for code in called(open_module, "matrix_explorer/words", "torchCode", given[::7]):
        first, *calls = code.splitlines()
        names = {"torch": torch}
        exec(first, names)
        assert len(calls) in (1, 2)
        for line in calls:
            call, comment = line.split("  # ")
            result = torch.atleast_1d(eval(call, names)).to(torch.complex128).numpy()
            wanted = [complex(part) for part in comment.removesuffix(", Frobenius").split(", ")]
            orders = (result, result[::-1])
            # A float32 double eigenvalue is off by the root of its rounding error.
            assert min(abs(np.array(wanted) - order).max() for order in orders) < 2e-3, code


TEXTS = [["1", "-2"], ["0.5", "2"]]
START = "must be a number from −2 to 2."
FAULTS = [
    (TEXTS, ""),
    ([["", "1"], ["1", "1"]], f"Row 1, column 1 {START}"),
    ([["1", "1"], ["2.1", ""]], f"Row 2, column 1 {START}"),
    ([["1", "-3"], ["1", "1"]], f"Row 1, column 2 {START}"),
    ([["1", "1"], ["1", "e"]], f"Row 2, column 2 {START}"),
]


def test_the_first_wrong_entry_is_named(open_module):
    told = open_module("matrix_explorer/entries").call_each(
        [("entryProblem", t, 2) for t, _ in FAULTS]
    )
    rest = " The picture waits with the last matrix that was complete."
    assert told == [problem and problem + rest for _, problem in FAULTS]


def test_the_ellipse_and_the_arrows_are_where_torch_puts_them(open_module, cases):
    given = [
        ({"matrix": matrix.tolist(), "angle": 65, "view": view},)
        for _, matrix in cases[::8]
        for view in VIEWS
    ]
    x = as_tensor([np.cos(np.deg2rad(65)), np.sin(np.deg2rad(65))])
    drawn = called(open_module, "matrix_explorer/scene", "marks", given)
    for (state,), marks in zip(given, drawn, strict=True):
        matrix = as_tensor(state["matrix"])
        areas = {mark["look"]: as_tensor(mark["area"]) for mark in marks if "area" in mark}
        if "circle" in areas:
            assert_same(areas["circle"].norm(dim=1), torch.ones(len(areas["circle"])).double())
        if "ellipse" in areas:
            assert_same(areas["ellipse"], areas["circle"] @ matrix.T, atol=1e-12)
        is_area = state["view"] == "area"
        looks = {
            "norms": {"circle", "ellipse"},
            "box": {"circle", "ellipse", "box"},
            "area": {"square", "parallelogram"},
            "eigenvectors": {"circle"},
        }
        assert set(areas) == looks[state["view"]]
        if is_area:
            assert_same(areas["parallelogram"], areas["square"] @ matrix.T, atol=1e-12)
        long, short = torch.linalg.svdvals(matrix)
        arrows = {}
        for mark in marks:
            if "arrow" in mark:
                arrows.setdefault(mark["look"].split()[0], []).append(as_tensor(mark["arrow"][1]))
        assert ("column" in arrows) == is_area
        if is_area:
            assert_same(torch.stack(arrows["column"]).T, matrix)
        assert_same(arrows["x"][0], x)
        assert_same(arrows["image"][0], matrix @ x, atol=1e-12)
        if state["view"] in ("norms", "box"):
            ends = {m["look"]: as_tensor(m["line"][1]).norm() for m in marks if "line" in m}
            assert_same(ends["long"], long, atol=1e-12)
            assert_same(ends["short"], short, atol=1e-12)
            if state["view"] == "box":
                assert_same(ends["diagonal"], torch.linalg.matrix_norm(matrix), atol=1e-12)
                box = areas["box"]
                assert_same(box.norm(dim=1), ends["diagonal"].expand(4), atol=1e-12)
                sides = (box - box.roll(-1, dims=0)).norm(dim=1)
                assert_same(sides, 2 * torch.stack([short, long, short, long]), atol=1e-12)
            columns = matrix.sum(dim=1)
            for look in ("long", "short"):  # on the side where the columns are not
                (end,) = [
                    as_tensor(m["line"][1]) for m in marks if m["look"] == look and "line" in m
                ]
                assert end @ columns <= 1e-12
        names = {mark["text"]: as_tensor(mark["at"]) for mark in marks if "text" in mark}
        for name, place in (
            ("a₁", matrix[:, 0]),
            ("a₂", matrix[:, 1]),
            ("x", x),
            ("Ax", matrix @ x),
        ):
            told = name
            if name == "Ax" and state["view"] == "norms" and place.norm() > 1e-6:
                told = f"Ax: {place.norm():.2f}"
            assert_same(names[told], place, atol=1e-12)
        if state["view"] in ("norms", "box"):
            for mark in marks:  # what it says is how far out it stands
                if "text" in mark and mark["look"] in ("long", "short", "diagonal"):
                    assert abs(float(mark["text"]) - as_tensor(mark["at"]).norm()) < 0.00501
                    assert ends[mark["look"]] == pytest.approx(as_tensor(mark["at"]).norm())
        for name, place in names.items():
            if name.startswith("λ"):
                wanted = numbers(name)[0] * place
                assert_same(matrix @ place, wanted, atol=0.00501 * place.norm().item())


def test_the_grid_goes_where_torch_puts_its_lines(open_module, cases):
    ends = (
        [[[at, -3], [at, 3]] for at in range(-3, 4)],
        [[[-3, at], [3, at]] for at in range(-3, 4)],
    )
    lines = as_tensor([line for pair in zip(*ends, strict=True) for line in pair])
    for _, matrix in cases[::10]:
        (drawn,) = called(open_module, "matrix_explorer/scene", "lattice", [(matrix.tolist(),)])
        found = as_tensor([mark["line"] for mark in drawn])
        assert_same(found, lines @ matrix.T, atol=1e-12)
