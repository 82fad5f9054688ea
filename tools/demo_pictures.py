"""Draw the demos for the landing page and for README: ``python -m tools.demo_pictures [NAME …]``.

Each demo is drawn as it opens, by Chromium. Without a name, pictures of demos that are no more
are removed, and README's film is made again.
"""

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.chromium import find_or_install
from tools.demo_page import demos, mount
from tools.files import ROOT, run_command
from utils.widgets.image_kernel import ImageKernel
from utils.widgets.kit.base import BookWidget

FOLDER, FILM = Path("_static/demos"), Path("_static/demo.webp")
SIZE = 320, 180  # pixels of a picture
LARGEST = 5_000  # bytes of a picture
FILM_BYTES = 400_000
STAGE = {"width": 640, "height": 900}  # of the window, in which the demo takes all the width
QUALITIES = (80, 70, 60, 50, 40, 30, 20, 10, 5, 1)
PATIENCE = 120_000  # milliseconds for a demo to come to life, on a busy machine too
SETTLE = 200  # milliseconds, for what is drawn a frame later
FRAMES, PACE = 40, 125  # of the film; milliseconds for each


def fitted(drawing: Image.Image, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return all of a drawing in a frame of a given size, on the ground that its edges have.

    Raises:
        ValueError: if the drawing has no pixels.
    """
    drawing = drawing.convert("RGB")
    width, height = drawing.size
    if not width or not height:
        raise ValueError("the demo draws nothing: look at its .book-scene")
    scale = min(size[0] / width, size[1] / height)
    small = drawing.resize(
        (max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.LANCZOS
    )
    left, top = (size[0] - small.width) // 2, (size[1] - small.height) // 2
    picture = Image.new("RGB", size, drawing.getpixel((2, 2)))
    # The ground runs from one colour to another: what is below goes on as it ended.
    below = Image.new("RGB", (size[0], size[1] - top), drawing.getpixel((2, height - 3)))
    if small.height < size[1]:
        picture.paste(below, (0, top + small.height // 2))
    picture.paste(small, (left, top))
    return picture


def webp(picture: Image.Image, largest: int = LARGEST) -> bytes:
    """Return a picture as WebP, as good as ``largest`` bytes allow.

    Raises:
        ValueError: if it needs more at the least quality.
    """
    for quality in QUALITIES:
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= largest:
            return file.getvalue()
    raise ValueError(f"the picture needs {file.tell()} bytes, more than {largest}")


def drawing_of(page: Page, demo: BookWidget) -> Image.Image:
    """Return what a demo draws when it opens, without its controls and words."""
    mount(page, demo, patience=PATIENCE)
    page.wait_for_timeout(SETTLE)
    return _picture(page)


def film_of(page: Page, demo: BookWidget) -> bytes:
    """Return a demo that plays, as a moving WebP.

    Args:
        page: a page whose reader does not mind motion.
        demo: one that plays by itself when it is seen.

    Raises:
        ValueError: if it stands still, or is too large a file.
    """
    page.clock.install(time=0)
    mount(page, demo, patience=PATIENCE)
    page.wait_for_timeout(SETTLE)  # it learns that it is in sight
    page.clock.pause_at(1000)
    frames = []
    for _ in range(FRAMES):
        page.clock.run_for(PACE)
        frames.append(_picture(page))
    if all(frame.tobytes() == frames[0].tobytes() for frame in frames):
        raise ValueError(f"{type(demo).__name__} does not play by itself: nothing moves")
    file = io.BytesIO()
    frames[0].save(
        file, "WEBP", save_all=True, append_images=frames[1:], duration=PACE, loop=0,
        quality=60, method=6, minimize_size=True,
    )  # fmt: skip
    if file.tell() > FILM_BYTES:
        raise ValueError(f"the film needs {file.tell()} bytes, more than {FILM_BYTES}")
    return file.getvalue()


def _picture(page: Page) -> Image.Image:
    shot = page.locator(".book-scene").first.screenshot()
    return Image.open(io.BytesIO(shot)).convert("RGB")


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Draw the named demos, or all of them and the film."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.demo_pictures", description=__doc__.splitlines()[0]
    )
    parser.add_argument("names", nargs="*", help="folders in utils/widgets; default: all demos")
    names = parser.parse_args(arguments).names
    classes = demos()
    if unknown := sorted(set(names) - set(classes)):
        raise ValueError(f"there is no demo {unknown[0]!r} in utils/widgets")
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_or_install(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=STAGE, reduced_motion="reduce")
        for name in names or classes:
            picture = webp(fitted(drawing_of(page, classes[name]())))
            (folder / f"{name}.webp").write_bytes(picture)
            print(f"{name}: {len(picture):,} bytes", flush=True)
        if not names:
            film = film_of(browser.new_page(viewport=STAGE), ImageKernel())
            (root / FILM).write_bytes(film)
            print(f"{FILM}: {len(film):,} bytes")
            for old in {path.stem for path in folder.glob("*.webp")} - set(classes):
                (folder / f"{old}.webp").unlink()
                print(f"{old}: no demo any more, removed")
        browser.close()
    return 0


if __name__ == "__main__":
    run_command(main)
