"""Residual depth, as a reader meets it in Chromium."""

import pytest
import torch
import torch.nn.functional as F
from demo_page import frame, mounting, read
from demo_stage import is_done

from utils.widgets.residual_depth import ResidualDepth

FLOOR, TOP = -15, 5  # the powers of ten in sight


@pytest.fixture
def show(page):
    yield from mounting(page, ResidualDepth)


def towers(page, kind):
    """The share of the picture that each tower in sight fills, and the marks that it carries."""
    return page.eval_on_selector_all(
        f".book-{kind} .book-house:not([hidden])",
        """nodes => nodes.map(node => {
          const tower = node.querySelector(".book-tower");
          const arc = getComputedStyle(node.querySelector(".book-arc")).display;
          const share = parseFloat(tower.style.height) / 100;
          const isNone = tower.classList.contains("book-none");
          return [share, node.classList.contains("book-cut"), isNone, arc];
        })""",
    )


@pytest.mark.parametrize(
    "state",
    [{}, {"blocks": 16, "cut": 4}, {"blocks": 6, "normalise": True}, {"blocks": 5, "cut": 9}],
)
def test_towers_are_as_high_as_the_gradients_are_long(show, state):
    page, demo = show(**state), ResidualDepth(**state)
    for kind in ("plain", "residual"):
        norms = getattr(demo, kind)
        found = towers(page, kind)
        assert len(found) == demo.blocks
        wanted = (norms.log10().clamp(FLOOR, TOP) - FLOOR) / (TOP - FLOOR)
        assert [share for share, *_ in found] == pytest.approx(wanted.tolist(), abs=1e-3)
        assert [cut for _, cut, *_ in found] == [b + 1 == demo.cut for b in range(demo.blocks)]
        assert [none for _, _, none, _ in found] == (norms <= 10**FLOOR).tolist()
        arcs = {arc for *_, arc in found}
        assert arcs == {"none" if kind == "plain" else "block"}


def test_rows_are_named_and_say_what_arrives(show):
    page = show()
    heads = page.locator(".book-head").all_inner_texts()
    texts = [" ".join(head.split()) for head in heads]
    assert texts[0].startswith("Plain h ← g(h) gradient at block 1: 7 · 10")
    assert texts[1] == "Residual h ← h + g(h) gradient at block 1: 0.75"
    assert read(page, ".book-says").endswith("and 0.75 (residual).")
    for kind in ("plain", "residual"):
        rules = page.locator(f".book-{kind} .book-rule")
        assert rules.all_inner_texts() == ["10⁻¹²", "10⁻⁶", "1"]
        places = rules.evaluate_all("nodes => nodes.map(node => parseFloat(node.style.bottom))")
        assert places == pytest.approx([100 * (at - FLOOR) / (TOP - FLOOR) for at in (-12, -6, 0)])


def test_a_click_on_either_row_cuts_a_block_and_a_second_one_mends_it(show):
    page = show()
    for kind, block in (("residual", 5), ("plain", 12)):
        house = page.locator(f".book-{kind} .book-house").nth(block - 1)
        house.click()
        frame(page)
        assert read(page, ".book-says").startswith(f"Block {block} is cut.")
        assert [cut for _, cut, *_ in towers(page, "plain")].index(True) == block - 1
        house.click()
        frame(page)
        assert read(page, ".book-says").startswith("Back through 12 blocks")


def test_below_a_cut_the_plain_gradient_is_gone_and_the_residual_one_is_not(show):
    page = show(cut=5)
    assert [none for _, _, none, _ in towers(page, "plain")] == [True] * 5 + [False] * 7
    assert not any(none for _, _, none, _ in towers(page, "residual"))
    assert "becomes 0 (plain) and 0.7" in read(page, ".book-says")


def test_a_block_that_is_not_there_cannot_be_cut(show):
    page = show(blocks=2, cut=2)
    cut = page.get_by_label("Cut", exact=True)
    cut.press("ArrowRight")
    frame(page)
    assert read(page, ".book-says").startswith("Block 2 is cut.")
    cut.press("Home")
    frame(page)
    assert read(page, ".book-says").startswith("Back through 2 blocks")


def test_the_task_is_done_by_batch_normalisation_from_the_opening_state(show):
    page = show()
    assert not is_done(page)
    page.get_by_label("Batch norm").check()
    frame(page)
    assert is_done(page)
    demo = ResidualDepth(normalise=True)
    assert demo.plain[0] > demo.residual[0] > 1


def test_play_tells_of_depth_from_two_blocks_on(show):
    page = show()
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "document.querySelector('.book-says').textContent.includes('through 16 blocks')"
    )


def test_the_code_in_the_drawer_gives_the_number_that_it_says(show):
    for state in ({}, {"cut": 3}, {"blocks": 4, "normalise": True}):
        page = show(**state)
        code = page.locator(".book-drawers pre, .book-drawers code").first.text_content()
        *lines, last = code.strip().splitlines()
        scope = {"torch": torch, "F": F}
        exec("\n".join(lines), scope)
        call, said = last.split("#")
        assert eval(call, scope).item() == pytest.approx(float(said), rel=1e-3)
