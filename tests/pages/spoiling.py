"""Ways to change a page: each returns a function of the page."""

import copy

from sample import find, number_cells


def appended(name, text):
    """Return a change that appends text to a cell."""

    def change(page):
        find(page, name).source += text

    return change


def replaced(name, old, new):
    """Return a change that replaces text in a cell."""

    def change(page):
        cell = find(page, name)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def without(name):
    """Return a change that removes a cell."""

    def change(page):
        page.cells.remove(find(page, name))
        number_cells(page)

    return change


def tagged(name, *tags):
    """Return a change that sets a cell's tags."""

    def change(page):
        find(page, name).metadata["tags"] = list(tags)

    return change


def chained(*changes):
    """Return a change that makes several."""

    def change(page):
        for each in changes:
            each(page)

    return change


def with_output(name, output):
    """Return a change that adds a stored output to a cell."""

    def change(page):
        find(page, name).outputs.append(output)

    return change


def added(after, *cells):
    """Return a change that puts cells behind another one."""

    def change(page):
        place = page.cells.index(find(page, after)) + 1
        page.cells[place:place] = copy.deepcopy(list(cells))
        number_cells(page)

    return change
