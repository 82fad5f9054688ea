import contextlib
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.verdicts import OPPOSITE, RELATIONS, Verdict, read_verdicts, verdict

numbers = st.floats(allow_nan=False)
close = st.builds(lambda x, k: (x, x + k * math.ulp(x)), st.floats(-1e3, 1e3), st.integers(-2, 2))


@given(st.one_of(st.tuples(numbers, numbers), close), st.sampled_from(sorted(RELATIONS)))
def test_what_is_printed_is_what_the_numbers_say(pair, relation):
    left, right = pair
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        verdict("a: claim", left, relation, right)
    holds = RELATIONS[relation](left, right)
    (seen,) = read_verdicts(f"before\n{out.getvalue()}after: yes, or no\n")
    assert (seen.claim, seen.word) == ("a: claim", "yes" if holds else "no")
    assert seen.relation == (relation if holds else OPPOSITE[relation])
    assert RELATIONS[seen.relation](seen.left, seen.right)


def test_few_digits_where_few_suffice(capsys):
    verdict("HOG is better", 0.9512, ">", 0.9348)
    verdict("HOG is much better", 0.9512, ">", 0.9509)
    assert capsys.readouterr().out.splitlines() == [
        "HOG is better: yes, 0.95 > 0.93",
        "HOG is much better: yes, 0.9512 > 0.9509",
    ]


def test_a_line_is_read():
    line = "one: no, -1e-05 <= 2"
    assert list(read_verdicts(line)) == [Verdict("one", "no", -1e-5, "<=", 2.0)]


@pytest.mark.parametrize("relation", ["==", "!=", "", "=>"])
def test_other_relations_are_refused(relation):
    with pytest.raises(ValueError, match="relation must be one of"):
        verdict("claim", 1, relation, 2)


@pytest.mark.parametrize("pair", [(math.nan, 1), (1, math.nan)])
def test_nan_decides_nothing(pair):
    with pytest.raises(ValueError, match="NaN decides nothing"):
        verdict("claim", pair[0], "<", pair[1])
