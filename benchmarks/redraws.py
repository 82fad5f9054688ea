"""How long the demos take to redraw: ``python -m benchmarks.redraws``.

Each demo stands alone on a page. Every slider goes over its whole range, and every point and
picture gets arrow keys; what counts is the time from the start of a redraw until the browser has
laid the page out again. A screen with 60 pictures a second leaves 16.7 ms.
"""

import statistics
import sys
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

from tools.chromium import find
from tools.demo_page import demos, mount

_MEASURE = """async () => {
    const wait = window.requestAnimationFrame.bind(window);
    const drawn = () => new Promise((done) => wait(() => wait(done)));
    const times = [];
    window.requestAnimationFrame = (draw) => wait((now) => {
        const start = performance.now();
        draw(now);
        document.body.getBoundingClientRect();
        times.push(performance.now() - start);
    });
    const all = (selector) => [...document.querySelectorAll(`.book-demo-view ${selector}`)]
        .filter((node) => node.checkVisibility() && !node.matches(":disabled"));
    for (const slider of all("input[type=range]")) {
        const [min, max] = [Number(slider.min), Number(slider.max)];
        for (let tenths = 0; tenths <= 10; tenths++) {
            slider.value = min + (tenths / 10) * (max - min);
            slider.dispatchEvent(new Event("input"));
            await drawn();
        }
    }
    for (const node of all("[tabindex]")) {
        for (const key of ["ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"]) {
            if (!node.isConnected) break;
            node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            await drawn();
        }
    }
    return times;
}"""


@dataclass(frozen=True)
class Redraws:
    """Milliseconds of each redraw of one demo."""

    demo: str
    times: list[float]

    @property
    def typical(self) -> float:
        """The median."""
        return statistics.median(self.times)


def measure(page: Page) -> list[Redraws]:
    """Return the redraws of every demo, on a page without motion."""
    found = []
    for name, demo in demos().items():
        mount(page, demo())
        times = page.evaluate(_MEASURE)
        if times:  # some demos have no slider and no point in sight
            found.append(Redraws(name, times))
    return found


def run() -> list[Redraws]:
    """Measure every demo in Chromium, at the width of a desk.

    Raises:
        RuntimeError: if there is no Chromium.
    """
    if not (path := find()):
        raise RuntimeError("no Chromium on this machine: run python -m tools.chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
        found = measure(page)
        browser.close()
    return found


def table(found: list[Redraws]) -> list[str]:
    """Return the lines of a table in Markdown."""
    return [
        "| demo | redraws | median, ms | slowest, ms |",
        "|---|---|---|---|",
        *(
            f"| {one.demo} | {len(one.times)} | {one.typical:.1f} | {max(one.times):.1f} |"
            for one in found
        ),
    ]


def main() -> int:
    """Print the table."""
    print("\n".join(table(run())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
