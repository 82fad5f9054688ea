"""Pages that were read are ticked: at their end, in the sidebar, in chapters, on the front."""

import json

import pytest
from website import HTML, ready, served

pytestmark = [pytest.mark.browser, pytest.mark.network]

POOLING, LENET = "chapters/07-cnn/pooling", "chapters/07-cnn/lenet"
KEY = "book-pages-read"
BOX = ".book-read input"


@pytest.fixture(scope="module")
def base():
    with served() as address:
        yield address


@pytest.fixture
def reader(browser):
    """A page of a browser that has kept nothing yet; nothing may go wrong on it."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert not wrong


def kept(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "[]")


def ticked(page, place):
    """Return where the links lead that have a tick, without folder and ending."""
    links = page.locator(f"{place} .book-is-read > a, {place} .book-is-read > p > a:first-child")
    return [link.get_attribute("href").split("/")[-1] for link in links.all()]


def names(chapter):
    folder = HTML / "chapters" / chapter
    return [
        f"chapters/{chapter}/{path.stem}" for path in folder.glob("*.html") if path.stem != "index"
    ]


def test_a_page_is_ticked_by_keyboard_and_stays_so(reader, base):
    reader.goto(f"{base}{POOLING}.html")
    box = reader.get_by_role("checkbox", name="I have read this page")
    assert box.is_visible() and not box.is_checked() and ticked(reader, ".bd-sidebar") == []
    box.focus()
    reader.keyboard.press("Space")
    assert kept(reader) == [POOLING]
    assert ticked(reader, ".bd-sidebar-primary") == ["#"]  # a page's link to itself
    reader.reload()
    assert reader.locator(BOX).is_checked()
    reader.locator(".book-read label").click()
    assert kept(reader) == [] and ticked(reader, ".bd-sidebar-primary") == []


def test_the_sidebar_the_chapter_and_the_front_page_show_ticks(reader, base):
    for name in (POOLING, LENET):
        reader.goto(f"{base}{name}.html")
        reader.locator(BOX).check()
    reader.goto(f"{base}chapters/07-cnn/index.html")
    assert ticked(reader, ".bd-article") == ["pooling.html", "lenet.html"]
    assert set(ticked(reader, ".bd-sidebar-primary")) == {"pooling.html", "lenet.html"}
    assert reader.locator(BOX).count() == 0
    reader.goto(f"{base}index.html")
    cards = reader.locator(".book-done-pages")
    total = len(names("07-cnn"))
    assert cards.nth(6).inner_text() == f"2 of {total} read"
    assert cards.nth(5).inner_text() == ""


def test_a_chapter_is_ticked_when_its_pages_are(reader, base):
    reader.goto(f"{base}index.html")
    *most, last = names("14-deployment")
    for pages, done in ((most, False), ([*most, last], True)):
        reader.evaluate(
            "([key, value]) => localStorage.setItem(key, value)", [KEY, json.dumps(pages)]
        )
        reader.reload()
        chapters = reader.locator(".bd-sidebar-primary .toctree-l1.book-is-read > a")
        assert chapters.count() == done
        card = reader.locator(".book-done-pages").last.inner_text()
        assert card == ("all read ✓" if done else f"{len(most)} of {len(most) + 1} read")
    assert "14-deployment" in chapters.first.get_attribute("href")


def test_ticks_move_nothing(reader, base):
    where = """() => [...document.querySelectorAll(".bd-sidebar-primary a, .bd-article *")]
        .map((node) => node.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width])"""
    for name in ("chapters/07-cnn/index", "index"):
        reader.goto(f"{base}{name}.html")
        reader.evaluate(f"localStorage.removeItem('{KEY}')")
        reader.reload()
        ready(reader)  # a demo that comes alive has other parts than its picture
        before = reader.evaluate(where)
        text = json.dumps([POOLING, LENET, "chapters/07-cnn/convolution"])
        reader.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, text])
        reader.evaluate(f"dispatchEvent(new StorageEvent('storage', {{ key: '{KEY}' }}))")
        assert reader.locator(".book-is-read").count() >= 3
        after = reader.evaluate(where)
        if name == "index":  # the words of a card stand in a room that was kept for them
            assert len(after) == len(before)
        assert after == before


def test_another_window_follows(browser, base):
    context = browser.new_context(reduced_motion="reduce")
    one, other = context.new_page(), context.new_page()
    one.goto(f"{base}{POOLING}.html")
    other.goto(f"{base}chapters/07-cnn/index.html")
    one.locator(BOX).check()
    other.wait_for_selector(".bd-article .book-is-read", timeout=10_000, state="attached")
    context.close()


@pytest.mark.parametrize("text", ["no json", "3", '{"a": 1}', "null", "[1, null]"])
def test_what_others_have_written_there_does_no_harm(reader, base, text):
    reader.goto(f"{base}{POOLING}.html")
    reader.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, text])
    reader.reload()
    box = reader.locator(BOX)
    assert box.is_visible() and not box.is_checked()
    box.check()
    assert kept(reader) == [POOLING]


def test_without_a_storage_there_is_no_box(reader, base):
    reader.add_init_script(
        "const get = Storage.prototype.getItem; Storage.prototype.getItem = function (key) {"
        f" if (key === '{KEY}') throw new DOMException('denied'); return get.call(this, key); }}"
    )
    reader.goto(f"{base}{POOLING}.html")
    reader.wait_for_load_state()
    assert not reader.locator(BOX).is_visible()


def test_a_full_storage_is_silent(reader, base):
    reader.add_init_script(
        "const set = Storage.prototype.setItem; Storage.prototype.setItem = function (key, text) {"
        f" if (key === '{KEY}') throw new DOMException('full'); set.call(this, key, text); }}"
    )
    reader.goto(f"{base}{POOLING}.html")
    reader.locator(BOX).check()
    assert reader.locator(BOX).is_checked()


def test_ticks_work_on_pages_opened_from_disk(reader):
    reader.goto((HTML / f"{POOLING}.html").as_uri())
    reader.locator(BOX).check()
    assert kept(reader) == [POOLING]
    for _ in range(20):  # Chromium hands over what files keep in its own time
        reader.goto((HTML / "chapters/07-cnn/index.html").as_uri())
        if ticked(reader, ".bd-article"):
            break
    assert ticked(reader, ".bd-article") == ["pooling.html"]
