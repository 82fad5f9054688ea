"""The file of results: one section a part, so that a part can be measured alone."""

TITLE = "# Benchmarks\n\nMade by `make bench`.\n"


def sections(text: str) -> dict[str, str]:
    """Return the sections of a file of results by heading."""
    found = {}
    for part in text.split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        found[heading] = body.strip()
    return found


def with_section(text: str, heading: str, body: str, order: list[str]) -> str:
    """Return a file of results with one section new, the others as they were, in order.

    A section whose heading is not in ``order`` is of a part that is no more, and goes.
    """
    known = sections(text) | {heading: body}
    return TITLE + "".join(f"\n## {name}\n\n{known[name]}\n" for name in order if name in known)
