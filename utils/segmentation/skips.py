"""What a sweep found about skips: ``python -m tools.train_fcn`` writes the file."""

import functools
import json
from pathlib import Path

FILE = Path(__file__).with_name("skips.json")
SKIPS, SEEDS, RATES = (0, 1, 2), (0, 1, 2), (0.01, 0.03, 0.1)
HELD_OUT = 300  # scenes for validation, and as many for the test


@functools.cache
def found() -> dict[int, dict]:
    """Return what was found on the embedded digits, by the number of skips.

    Each has its best ``lr``, and for each of the ``rates`` one row a seed: the mean IoU on the
    scenes for ``validation`` and on those for the ``test``, and on pixels of the latter next to a
    ``border`` and ``inside``, on all others.
    """
    found = json.loads(FILE.read_text(encoding="ascii"))
    return {
        int(skips): {**run, "rates": {float(lr): rows for lr, rows in run["rates"].items()}}
        for skips, run in found.items()
    }
