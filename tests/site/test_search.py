"""The search: what it finds, where that leads, and what it shows."""

import sys
from pathlib import Path

import pytest
from website import HTML, served

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

pytestmark = [pytest.mark.browser, pytest.mark.network]

# All results are there, each with its words.
COMPLETE = """() => {
    const items = [...document.querySelectorAll("#search-results ul.search > li")];
    return Search.status.textContent && items.every((item) => item.querySelector("p.context"));
}"""
RESULTS = """() => [...document.querySelectorAll("#search-results ul.search > li")]
.map((item) => ({
    address: item.querySelector("a").href, title: item.querySelector("a").textContent,
    words: item.querySelector("p.context").textContent,
}))"""


@pytest.fixture(scope="module")
def base():
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def find(page_of_file, base):
    """Return a function that types a query and returns the results, kept for the next test."""
    kept = {}

    def results(query):
        if query not in kept:
            page_of_file.goto(f"{base}search.html")
            page_of_file.locator(".bd-search-container input[type=search]").fill(query)
            page_of_file.keyboard.press("Enter")
            page_of_file.wait_for_url("**/search.html?q=*")
            page_of_file.wait_for_function(COMPLETE, timeout=30_000)
            kept[query] = page_of_file.evaluate(RESULTS)
        return kept[query]

    return results


def names(results):
    """The names of the pages that results lead to."""
    return [Path(result["address"].partition("#")[0]).stem for result in results]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("cross_entropy", "softmax-regression"),
        ("torch.nn.functional.cross_entropy", "softmax-regression"),
        ("conv2d", "convolution"),
        ("broadcast_to", "operations-and-broadcasting"),
        ("BatchNorm2d", "batch-normalization"),
        ("ConvTranspose2d", "transposed-convolution"),
        ("backward", "backpropagation"),
        ("roi_align", "rcnn-family"),
        ("scaled_dot_product_attention", "attention"),
        ("clip_grad_norm_", "numerical-stability"),
        ("GradScaler", "number-formats"),
        ("matrix_norm", "matrix-norms"),
    ],
)
def test_a_function_leads_to_the_page_that_teaches_it(find, name, page):
    assert page in names(find(name))[:3]


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("梯度", "gradient-descent"),
        ("梯度下降", "gradient-descent"),
        ("学习率", "learning-rate"),
        ("卷积", "convolution"),
        ("过拟合", "underfitting-overfitting"),
        ("learning rate", "learning-rate"),
        ("non-maximum suppression", "nms"),
    ],
)
def test_a_term_is_found_in_english_and_chinese(find, query, page):
    assert page in names(find(query))[:6]


def test_a_term_leads_to_its_row_of_the_glossary(find, base):
    (row,) = [one for one in find("学习率") if one["address"].endswith("#term-learning-rate")]
    assert row["address"].startswith(f"{base}GLOSSARY.html")
    assert "学习率" in row["words"] and "gradient" in row["words"]


@pytest.mark.parametrize("query", ["cross_entropy", "梯度", "learning rate"])
def test_results_lead_to_sections_and_show_words(find, query):
    results = find(query)
    assert sum("#" in one["address"] for one in results) >= 0.7 * len(results)
    for result in results:
        file, _, anchor = result["address"].partition("#")
        text = (HTML / file.split("/", 3)[3]).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, result
        assert len(result["words"]) > 20, result
        assert "\\" not in result["words"] + result["title"], "raw TeX"


@pytest.mark.parametrize("query", ["cross_entropy", "梯度", "learning rate"])
def test_no_result_comes_twice(find, query):
    addresses = [one["address"] for one in find(query)]
    assert len(addresses) == len(set(addresses))


def test_the_number_of_results_is_said(find, page_of_file):
    found = find("batch normalisation")
    assert page_of_file.locator(".search-summary").inner_text() == f"{len(found)} places found"


def test_what_is_not_there_is_said(page, base):
    page.goto(f"{base}search.html?q=xyzzyx")
    page.wait_for_function(COMPLETE)
    assert "did not match" in page.locator(".search-summary").inner_text()


def test_the_browser_splits_a_query_as_python_splits_the_pages(page, base):
    from book_site.search import BookSearch

    page.goto(f"{base}search.html")
    split = BookSearch({}).split
    for text in (
        "梯度下降 conv2d",
        "F.cross_entropy(x)",
        "N 维数组",
        "卷积x核 轴",
        "ReLU 激活",
        "é_1",
    ):
        assert page.evaluate("(text) => splitQuery(text)", text) == split(text)


@pytest.mark.parametrize("place", ["dialog", "page"])
def test_the_looking_glass_covers_nothing_that_is_typed(page, base, place):
    page.goto(f"{base}{'index' if place == 'dialog' else 'search'}.html")
    if place == "dialog":
        page.keyboard.press("Control+k")
    form = page.locator("form.bd-search").locator("visible=true")
    icon = form.locator(".fa-magnifying-glass").bounding_box()
    text = form.locator("input").evaluate(
        "(input) => input.getBoundingClientRect().left + input.clientLeft"
        " + parseFloat(getComputedStyle(input).paddingLeft)"
    )
    assert icon["x"] + icon["width"] <= text
