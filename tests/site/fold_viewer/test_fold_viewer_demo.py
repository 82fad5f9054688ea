"""The folds as a reader meets them, in Chromium on a blank page."""

import pytest
import torch
from demo_input import tab_order
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done, open_drawer

from utils.widgets.fold_viewer import FoldViewer


@pytest.fixture
def show(page):
    yield from mounting(page, FoldViewer)


def says(page):
    frame(page)
    return read(page, ".book-says")


def percent(share):
    return f"{round(100 * share)} %"


def rows(page):
    return page.locator(".book-rows .book-row-of")


def test_it_opens_on_shuffled_folds_of_which_the_one_with_hardly_a_twin_errs(show):
    page = show()
    assert says(page) == (
        "Fold 2: 5 held out, 1 with a twin in training, 2 wrong. "
        "Mean error 8 % ± 18 %, on new people 30 %."
    )
    assert (
        read(page, ".book-foot")
        == "in training\nheld out\ntwin in training\nmean 8 %\nnew people 30 %"
    )
    demo = FoldViewer()
    twins = [demo.study.has_twin[demo.fold == number].sum().item() for number in range(5)]
    assert twins.index(min(twins)) == demo.shown == demo.study.errors.argmax()
    assert not is_done(page)


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"split": "plain", "folds": 5},
        {"split": "grouped", "folds": 12, "shown": 3},
        {"split": "stratified", "folds": 3, "seed": 2},
    ],
)
def test_blocks_and_bars_show_the_folds_and_their_errors(show, state):
    page, demo = show(**state), FoldViewer(**state)
    frame(page)
    errors = demo.study.errors.tolist()
    assert rows(page).count() == demo.folds
    widths = rows(page).evaluate_all(
        "(list) => list.map((row) => parseFloat(row.querySelector('.book-fill').style.width))"
    )
    assert widths == pytest.approx([100 * error for error in errors])
    assert page.locator(".book-rows .book-error").all_inner_texts() == list(map(percent, errors))
    assert read(page, ".book-head") == "error of this fold"
    held = rows(page).evaluate_all(
        "(list) => list.map((row) => [...row.querySelectorAll('i')]"
        ".map((block) => block.classList.contains('book-held')))"
    )
    assert [row.index(True) for row in map(list, zip(*held, strict=True))] == demo.fold.tolist()
    assert sum(map(sum, held)) == 24
    crosses = page.locator(".book-rows i.book-wrong")
    sizes = torch.bincount(demo.fold).tolist()
    missed = sum(error * size for error, size in zip(errors, sizes, strict=True))
    assert crosses.count() == round(missed)
    assert set(crosses.all_inner_texts()) <= {"×"}
    mean = page.locator(".book-mean").evaluate("(node) => parseFloat(node.style.left)")
    assert mean == pytest.approx(100 * demo.study.mean)
    truth = page.locator(".book-truth").evaluate("(node) => parseFloat(node.style.left)")
    assert truth == pytest.approx(100 * demo.truth)


def test_the_plane_shows_the_fold_that_is_chosen(show):
    page = show(split="grouped", folds=12, shown=0)
    for number in (3, 10):
        rows(page).nth(number).click()
        assert says(page).startswith(f"Fold {number + 1}: 2 held out, none with a twin")
        wrong = rows(page).nth(number).locator("i.book-wrong").count()
        assert (
            page.locator(".book-cloud .book-held, .book-cloud .book-wrong.book-mark-of").count()
            == 2
        )
        assert page.locator(".book-cloud .book-cross").count() == wrong
        assert page.locator(".book-cloud .book-trained").count() == 22
        assert page.locator(".book-cloud .book-asks").count() == 2
        assert page.locator(".book-now .book-number").inner_text() == str(number + 1)


@pytest.mark.parametrize(
    "state", [{}, {"split": "plain"}, {"split": "grouped"}, {"split": "stratified", "folds": 12}]
)
def test_a_brace_ties_each_held_out_recording_to_its_twin_in_training(show, state):
    page, demo = show(**state), FoldViewer(**state)
    frame(page)
    tied = rows(page).evaluate_all(
        "(list) => list.map((row) => [...row.querySelectorAll('i')]"
        ".flatMap((block, at) => (block.classList.contains('book-tied') ? [at] : [])))"
    )
    twins = demo.fold.view(-1, 2)  # the two recordings of a person stand side by side
    wanted = [
        [2 * at for at, pair in enumerate(twins.tolist()) if pair.count(number) == 1]
        for number in range(demo.folds)
    ]
    assert tied == wanted
    assert sum(map(len, tied)) == demo.study.has_twin.sum()
    assert show(**state, cheat=True).locator(".book-rows .book-tied").count() == 0


def test_arrow_keys_choose_a_fold_and_stay_within_them(show):
    page = show(folds=4, shown=2)
    table = page.get_by_role("slider", name="Fold shown")
    for key, number in (("ArrowDown", 4), ("ArrowDown", 4), ("ArrowUp", 3), ("Home", 1)):
        table.press(key)
        frame(page)
        assert table.get_attribute("aria-valuenow") == str(number)
        assert table.get_attribute("aria-valuetext").startswith(f"Fold {number}:")


def test_the_task_asks_for_an_error_of_nothing(show):
    page = show()
    cheat = page.get_by_label("Judge on training data", exact=True)
    cheat.check()
    frame(page)
    assert says(page).startswith("Judged on its training part, each recording")
    assert "Mean error 0 %" in says(page)
    assert not is_done(page)
    cheat.uncheck()
    folds = page.get_by_label("K", exact=True)
    while not is_done(page):
        folds.press("ArrowRight")
        frame(page)
    demo = FoldViewer(folds=int(folds.input_value()))
    assert demo.study.mean == 0
    assert demo.study.has_twin.sum() > 12


def test_grouped_folds_come_near_the_error_on_new_people():
    for folds in range(2, 13):
        assert FoldViewer(split="grouped", folds=folds).study.mean > 0.3


def test_play_walks_through_the_folds_and_ends_by_person(page):
    stop_clock(page)
    for demo in mounting(page, FoldViewer):
        view = demo(folds=4, shown=1)
        split = view.get_by_label("Folds", exact=True)
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(900 + 50)
        assert says(view).startswith("Fold 4:")
        assert split.input_value() == "shuffled"
        view.clock.run_for(4000)
        assert split.input_value() == "grouped"
        mean = FoldViewer(folds=4, split="grouped").study.mean
        assert f"Mean error {percent(mean)} ±" in says(view)
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(50)
        assert says(view).startswith("Fold 1:")
        assert split.input_value() == "shuffled"


def test_play_walks_through_folds_that_a_reader_has_grouped(page):
    stop_clock(page)
    for demo in mounting(page, FoldViewer):
        view = demo(folds=4, shown=2, split="grouped")
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(4000)
        assert says(view).startswith("Fold 4:")
        view.get_by_role("button", name="Play").press("Enter")
        view.clock.run_for(50)
        assert says(view).startswith("Fold 1:")
        assert view.get_by_label("Folds", exact=True).input_value() == "grouped"


def test_another_shuffle_gives_other_folds(show):
    page = show()
    open_drawer(page, "More")
    page.get_by_label("Shuffle", exact=True).press("ArrowRight")
    demo = FoldViewer(seed=4)
    assert f"Mean error {percent(demo.study.mean)} ±" in says(page)
    page.get_by_label("Folds", exact=True).select_option("plain")
    frame(page)
    assert page.get_by_label("Shuffle", exact=True).is_disabled()


@pytest.mark.parametrize("state", [{}, {"split": "grouped", "folds": 7}, {"cheat": True}])
def test_the_shown_lines_give_the_same_errors(show, state):
    page, names = show(**state), {}
    frame(page)
    lines = page.locator("code").text_content()
    exec(lines, names)
    study = FoldViewer(**state).study
    assert names["errors"] == pytest.approx(study.errors.tolist())
    assert float(lines.rpartition("# ")[2]) == pytest.approx(study.mean, abs=1e-4)


def test_tab_reaches_everything_in_order(show):
    names = tab_order(show())
    assert names[:6] == ["Fold shown", "Play", "Reset", "Folds", "K", "Judge on training data"]
