"""What a test reads off the gradient-descent demo, and where its points are."""

import re

from demo_input import middle
from demo_page import frame


def code(page):
    frame(page)
    return page.text_content("code")


def start(page):
    row = re.search(r"^w = torch.tensor\(\[(.*?)\]", code(page), re.MULTILINE)[1]
    return [float(part) for part in row.split(", ")]


def rate(page):
    return float(re.search(r"lr=([\d.e-]+)", code(page))[1])


def steps(page):
    return int(re.search(r"(?:range\(|steps=)(\d+)", code(page))[1])


def slider(page, name):
    return page.get_by_role("slider", name=name)


def grip(page):
    """The middle of the start, and the pixels of one unit of the bowl's plane, 6.72 units wide."""
    unit = page.locator(".book-plane").bounding_box()["width"] / 6.72
    return *middle(slider(page, "start of the path").locator(".book-grip")), unit


def ball(page):
    """Where the ball is in the picture, in units of the bowl's plane from the minimum."""
    frame(page)
    at = page.locator(".book-plane .book-ball").evaluate(
        "(node) => [node.cx.baseVal.value, node.cy.baseVal.value,"
        "node.ownerSVGElement.viewBox.baseVal.width, node.ownerSVGElement.viewBox.baseVal.height]"
    )
    unit = at[2] / 6.72
    return [(at[0] - at[2] / 2) / unit, (at[3] / 2 - at[1]) / unit]
