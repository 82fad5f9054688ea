"""Whether a demo ends in the same picture with and without motion."""

from playwright.sync_api import Page

from tools.demo_page import blank, mount
from utils.widgets.kit.base import BookWidget

# Time goes on only when it is asked to: `windOn(until)` runs what waits for a frame or for its
# time, in order, until nothing waits any more or a time in milliseconds has come.
_CLOCK = """() => {
    document.documentElement.style.overflowY = "scroll"; // views next to each other are as wide
    const paint = requestAnimationFrame.bind(window);
    window.painted = () => new Promise((done) => paint(() => paint(done)));
    const FRAME = 200; // milliseconds: three frames for the usual way
    const waiting = new Map();
    let [now, last] = [0, 0];
    const wait = (call, time, every = 0) => {
        waiting.set(++last, { call, time, every });
        return last;
    };
    const forget = (id) => void waiting.delete(id);
    Object.assign(window, {
        requestAnimationFrame: (call) => wait(call, FRAME * (Math.floor(now / FRAME) + 1)),
        setTimeout: (call, time = 0, ...given) => wait(() => call(...given), now + time),
        setInterval: (call, time) => wait(call, now + time, time),
        cancelAnimationFrame: forget,
        clearTimeout: forget,
        clearInterval: forget,
    });
    window.windOn = (much = Infinity) => {
        const end = now + much;
        for (let left = 5000; waiting.size; left--) {
            if (!left) throw new Error("it does not come to rest");
            const [id, next] = [...waiting].reduce((a, b) => (b[1].time < a[1].time ? b : a));
            if (next.time > end) break;
            now = Math.max(now, next.time);
            if (next.every) next.time = now + next.every;
            else forget(id);
            next.call(now);
        }
        if (much < Infinity) now = end;
    };
}"""

# What a view shows at rest: when it begins, when controls and keys have changed something, when
# all has changed while it moved, and when its story has been told for a while.
_PICTURES = """([place, most]) => {
    const PARTS = 2;
    const A_WHILE = 2500; // milliseconds of the story
    const HIDDEN = '[hidden], [visibility="hidden"], [style*="display: none"]';
    const root = document.querySelectorAll(".book-demo-view")[place];
    const all = (selector) => [...root.querySelectorAll(selector)]
        .filter((node) => node.checkVisibility() && !node.matches(":disabled"));
    const button = (name) => root.querySelector(`.book-deck > .book-${name}`);
    const nameOf = (node) => node.ariaLabel ?? node.labels?.[0]?.textContent ?? node.textContent;
    const fire = (node, kind) => node.dispatchEvent(new Event(kind, { bubbles: true }));
    const set = (node, share = 0.3) => {
        if (node.matches("[type=range]")) {
            const [min, max] = [Number(node.min), Number(node.max)];
            node.value = min + share * (max - min);
            fire(node, "input");
        } else if (node.matches("select")) {
            node.selectedIndex = (node.selectedIndex + 1) % node.length;
            fire(node, "change");
        } else node.click();
    };
    const copied = document.createElement("canvas");
    const pen = copied.getContext("2d", { willReadFrequently: true });
    const dots = (sheet) => {
        [copied.width, copied.height] = [sheet.width, sheet.height];
        if (!sheet.width || !sheet.height) return 0;
        pen.drawImage(sheet, 0, 0);
        const { data } = pen.getImageData(0, 0, sheet.width, sheet.height);
        return new Uint32Array(data.buffer)
            .reduce((sum, dot) => Math.imul(sum ^ dot, 16777619), 0);
    };
    const seen = () => {
        const copy = root.cloneNode(true);
        for (const node of copy.querySelectorAll(HIDDEN)) node.remove();
        // Each view has ids of its own; an empty attribute says nothing.
        const html = copy.innerHTML.replace(/-[0-9a-z]{8}\\b/g, "-…")
            .replace(/ (class|style)=""/g, "");
        const fields = [...root.querySelectorAll("input:not([type=file]), select")];
        const sheets = [...root.querySelectorAll("canvas")];
        return [
            ...html.split(/(?=<)/),
            ...fields.map((node) => `${nameOf(node)}: ${node.value} ${node.checked}`),
            ...sheets.map((sheet, index) => `canvas ${index}: ${dots(sheet)}`),
        ];
    };
    const pictures = [];
    const rest = (name) => {
        windOn();
        pictures.push([name, seen()]);
    };
    // After a touch nothing plays by itself.
    root.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    for (const drawer of root.querySelectorAll("details")) drawer.open = true;
    rest("at first");
    const controls = "input:is([type=range], [type=checkbox], [type=radio]), select";
    const buttons = ".book-scene button, .book-deck button:not(.book-play, .book-reset)";
    for (const node of all(`${controls}, ${buttons}`).slice(0, most)) {
        if (!node.isConnected) continue;
        set(node);
        rest(nameOf(node));
    }
    for (const node of all("[tabindex]").slice(0, PARTS)) {
        for (const key of ["ArrowRight", "Enter"]) {
            if (!node.isConnected) continue;
            node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            rest(`${key} on ${nameOf(node)}`);
        }
    }
    for (const share of [0.5, 0.2]) {
        for (const node of all(controls)) set(node, share);
        windOn(500); // on the way
    }
    rest("all at once");
    button("reset").click();
    rest("Reset");
    button("play").click();
    windOn(A_WHILE);
    if (button("play").textContent === "Pause") button("play").click();
    rest("Play");
    return pictures;
}"""


def differences(page: Page, demo: type[BookWidget], *, most: int = 6) -> list[str]:
    """Return where a demo shows something else with motion than without it.

    Two views of it stand on the page, and the same is done to both; of its controls ``most`` are
    tried one by one.
    """
    blank(page)
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate(_CLOCK)
    mount(page, demo(), demo())
    # The browser tells a view how wide it is when it paints: both have heard it before they begin.
    page.evaluate("painted()")
    page.emulate_media(reduced_motion="reduce")
    still = page.evaluate(_PICTURES, [0, most])
    page.emulate_media(reduced_motion="no-preference")
    moving = page.evaluate(_PICTURES, [1, most])
    assert [name for name, _ in still] == [name for name, _ in moving]
    found = []
    for (name, wanted), (_, got) in zip(still, moving, strict=True):
        if wanted != got:
            pairs = zip(wanted, got, strict=False)
            first = next((pair for pair in pairs if pair[0] != pair[1]), (len(wanted), len(got)))
            found.append(f"{name}: {first[1]} instead of {first[0]}")
    return found
