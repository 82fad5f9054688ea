"""What the website needs beyond Jupyter Book: live demos, outputs, icons, a strict policy."""

from sphinx.application import Sphinx

from book_site import (
    demos,
    folds,
    formulas,
    icons,
    landing,
    outputs,
    pictures,
    policy,
    reading,
    search,
    statics,
    theme,
    ticks,
)


def setup(app: Sphinx) -> dict[str, int | bool]:
    """Register every part with Sphinx."""
    statics.setup(app)
    theme.setup(app)
    demos.setup(app)
    outputs.setup(app)
    folds.setup(app)
    reading.setup(app)
    landing.setup(app)  # after demos, whose places it names
    ticks.setup(app)
    search.setup(app)
    pictures.setup(app)
    formulas.setup(app)
    icons.setup(app)
    # Last, because it hashes the scripts of the finished pages.
    policy.setup(app)
    # A new number makes every page be read and written again, for when that is done otherwise.
    return {"env_version": 10, "parallel_read_safe": True, "parallel_write_safe": True}
