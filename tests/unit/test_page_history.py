"""What pages say about history is in the order of the sources that they name."""

import re

import pytest

from tools.files import ROOT
from tools.pages import Page

IMAGE_FEATURES = ROOT / "chapters" / "03-linear-models" / "image-features.ipynb"
TERMS = ("block world", "by *parts*", "image segmentation", "local features")


def order_faults(text: str, sources: str) -> list[str]:
    """Return what is wrong with the years of a paragraph, one sentence a fault."""
    flat = " ".join(text.replace("**", "").split())
    found = {}
    for term in TERMS:
        near = re.search(rf"{re.escape(term)}\*? \([^)\d]*(\d{{4}})\)", flat)
        found[term] = int(near[1]) if near else 0
    faults = [f"{term} has no year" for term, year in found.items() if not year]
    years = list(found.values())
    if years != sorted(years):
        faults.append(f"not in the order of time: {found}")
    faults += [f"no source of {year}" for year in years if f", {year}" not in sources]
    return faults


def test_vision_before_networks_is_told_in_the_order_of_its_sources():
    cells = [cell.source for cell in Page.load(IMAGE_FEATURES).text]
    (told,) = (cell for cell in cells if cell.startswith("## Pictures before networks"))
    (sources,) = (cell for cell in cells if cell.startswith("## Sources"))
    assert order_faults(told, sources) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("block world (1963), image segmentation (2000), by *parts* (1973)", "local features has"),
        ("block world (1963), by *parts* (2000), image segmentation (1973), "
         "*local features* (2004)", "not in the order"),
        ("block world (1962), by *parts* (1973), image segmentation (2000), "
         "*local features* (2004)", "no source of 1962"),
    ],
)  # fmt: skip
def test_a_wrong_order_is_found(text, fault):
    sources = "solids, 1963: x, structures, 1973, images, 2000. y, 2004"
    assert any(found.startswith(fault) for found in order_faults(text, sources))
