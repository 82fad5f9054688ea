"""Ring steps, as a reader meets it in Chromium."""

import pytest
import torch
from demo_page import frame, mounting, read, stop_clock
from demo_stage import is_done
from module_page import mount

from utils.distributed.ring import chunk_to_send, ring_moments
from utils.widgets.ring_steps import RingSteps, numbers


@pytest.fixture
def show(page):
    yield from mounting(page, RingSteps)


def held(page):
    texts = page.locator(".book-box .book-number").all_text_contents()
    return [int(text) for text in texts]


def chips(page):
    return page.eval_on_selector_all(
        ".book-chip",
        "all => all.map((n) => { const m = n.transform.baseVal[0].matrix; return [m.e, m.f] })",
    )


def boxes(page):
    """The middles of all boxes, and the shares to which they are filled."""
    return page.eval_on_selector_all(
        ".book-box",
        """all => all.map((n) => {
            const [ground, fill] = [...n.querySelectorAll("rect")].map((r) => r.getBBox());
            const x = ground.x + ground.width / 2, y = ground.y + ground.height / 2;
            return [x, y, fill.height / ground.height];
        })""",
    )


def test_the_boxes_show_the_simulation(show):
    for world, step in ((3, 0), (4, 2), (5, 4), (6, 7), (6, 10)):
        page = show(workers=world, step=step)
        moment = ring_moments(numbers(world))[step]
        assert held(page) == torch.tensor(moment.held).flatten().tolist()
        shares = [share for *_, share in boxes(page)]
        wanted = torch.tensor(moment.parts).flatten() / world
        assert shares == pytest.approx(wanted.tolist(), abs=1e-3)
        full = (wanted == 1).sum().item()
        assert page.locator(".book-box.book-whole").count() == full
        assert page.text_content(".book-count") == f"step {step} of {2 * world - 2}"


def test_what_has_just_come_stands_beside_its_way(show):
    for world, step, sign in ((4, 1, "+"), (5, 4, "+"), (6, 7, "=")):
        page = show(workers=world, step=step)
        before = ring_moments(numbers(world))[step - 1]
        chunks = [chunk_to_send(step - 1, worker, world) for worker in range(world)]
        wanted = [f"{sign} {before.held[worker][chunk]}" for worker, chunk in enumerate(chunks)]
        assert page.locator(".book-passed").all_text_contents() == wanted
        arrived = page.locator(".book-box.book-arrived").evaluate_all(
            "all => all.map(n => n.dataset.about)"
        )
        assert sorted(arrived) == sorted(f"chunk-{chunk}" for chunk in chunks)
    page = show(workers=4, step=0)
    assert page.locator(".book-passed, .book-arrived, .book-taken").count() == 0


def test_sentence_and_middle_name_the_phase(show):
    for step, phase, words in (
        (0, "start", "Each box is a chunk"),
        (1, "adding", "In step 1 each worker added a chunk"),
        (3, "adding", "Adding is over: each worker holds one finished sum"),
        (4, "copying", "After step 4 each worker holds 2 finished sums"),
        (6, "done", "Done: each worker holds all 4 sums, and has sent 6 chunks of 4."),
        (50, "done", "Done"),
    ):
        page = show(workers=4, step=step)
        assert page.text_content(".book-phase") == phase
        assert read(page, ".book-says").startswith(words)


def heights(page, look):
    return page.eval_on_selector_all(
        f".book-bars .{look}", "all => all.map((n) => n.getBBox().height)"
    )


def test_the_bars_compare_ring_and_star(show):
    page = show(workers=5, step=4)
    unit = heights(page, "book-of-star")[0] / 2  # the star of three sends two gradients
    star = [height / unit for height in heights(page, "book-of-star")]
    plan = [height / unit for height in heights(page, "book-plan")]
    assert star == pytest.approx([2, 3, 4, 5])
    assert plan == pytest.approx([4 / 3, 6 / 4, 8 / 5, 10 / 6], abs=1e-3)
    assert [h / unit for h in heights(page, "book-sent")] == pytest.approx([4 / 5], abs=1e-3)
    assert page.locator(".book-amount").all_text_contents() == ["1.6", "4"]
    label = page.locator(".book-bars").get_attribute("aria-label")
    assert "Of 5 workers each sends 1.6 gradients in the ring, 0.8 so far" in label
    low, floor = (
        page.locator(f".book-bars .{name}").evaluate("n => n.getBBox().y")
        for name in ("book-limit", "book-floor")
    )
    assert floor - low == pytest.approx(2 * unit)  # the dashed line stands at two gradients


def test_the_sliders_work_by_keyboard(show):
    page = show()
    page.get_by_role("slider", name="Step").press("End")
    frame(page)
    assert held(page) == torch.tensor(numbers(4)).sum(0).tolist() * 4
    page.get_by_role("slider", name="Workers").press("ArrowRight")
    frame(page)
    assert len(held(page)) == 25
    assert page.get_by_role("slider", name="Step").get_attribute("max") == "8"
    assert page.text_content(".book-count") == "step 6 of 8"


def test_the_task_is_done_with_six_workers(show):
    page = show(workers=5)
    assert not is_done(page)
    page.get_by_role("slider", name="Workers").press("ArrowRight")
    frame(page)
    assert is_done(page)
    assert "n/2 times as much" in read(page, ".book-task")


def test_pointing_at_a_box_lights_up_its_chunk(show):
    page = show(workers=4, step=3)
    page.locator("[data-about='chunk-2']").first.hover()
    lit = page.locator(".book-pointed").evaluate_all("all => all.map(n => n.dataset.about)")
    assert lit == ["chunk-2"] * 4


def test_chunks_move_to_the_right_and_are_added_on_arrival(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, RingSteps(workers=4, step=0))
    frame(page)
    page.get_by_role("slider", name="Step").press("Home")  # a touch: it plays no longer by itself
    page.clock.run_for(1000)
    assert chips(page) == [] and held(page) == torch.tensor(numbers(4)).flatten().tolist()
    places = [place[:2] for place in boxes(page)]
    page.get_by_role("slider", name="Step").press("ArrowRight")
    page.clock.run_for(400)
    for worker, (x, y) in enumerate(chips(page)):
        one, two = places[4 * worker + worker], places[4 * ((worker + 1) % 4) + worker]
        for now, start, end in zip((x, y), one, two, strict=True):
            share = (now - start) / (end - start) if abs(end - start) > 1 else 0.5
            assert 0.2 < share < 0.8
    texts = page.locator(".book-chip .book-number").all_text_contents()
    assert texts == [f"+ {numbers(4)[worker][worker]}" for worker in range(4)]
    assert held(page) == torch.tensor(numbers(4)).flatten().tolist()
    page.clock.run_for(800)
    assert chips(page) == []
    assert held(page) == torch.tensor(ring_moments(numbers(4))[1].held).flatten().tolist()


def test_copies_carry_an_equals_sign(fresh_page):
    page = fresh_page
    page.emulate_media(reduced_motion="no-preference")
    stop_clock(page)
    mount(page, RingSteps(workers=3, step=2))
    frame(page)
    page.get_by_role("slider", name="Step").press("ArrowRight")
    page.clock.run_for(400)
    texts = page.locator(".book-chip .book-number").all_text_contents()
    assert len(texts) == 3 and all(text.startswith("= ") for text in texts)


def test_play_goes_to_the_end_and_reset_back(fresh_page):
    page = fresh_page
    stop_clock(page)
    mount(page, RingSteps())
    frame(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1200 * 6)
    assert "Done" in read(page, ".book-says") and not is_done(page)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1300)
    assert "In step 1 " in read(page, ".book-says")
    page.get_by_role("button", name="Reset").click()
    page.clock.run_for(1000)
    assert "In step 1 " in read(page, ".book-says")


def test_the_lines_of_torch_give_the_sums(show):
    page = show(workers=3, step=4)
    names = {}
    exec(page.locator("pre code").text_content(), names)
    assert torch.stack(names["totals"]).flatten().tolist() == held(page)
