"""Fetch and verify every real data set once, for offline use afterwards.

Run as ``python -m utils.data``.
"""

import sys

from utils.data import registry
from utils.data.download import fetch
from utils.data.transfer import DownloadError


def main() -> int:
    """Print a line for each data set; return 0 if all are in place, else 1."""
    failures = 0
    for source in registry.downloads().values():
        try:
            folder = fetch(source)
        except (DownloadError, OSError, ValueError) as error:
            failures += 1
            print(f"{source.name}: {error}", file=sys.stderr)
        else:
            size = sum(file.size for file in source.files) / 1e6
            print(f"{source.name}: {len(source.files)} files, {size:.1f} MB, verified in {folder}")
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
