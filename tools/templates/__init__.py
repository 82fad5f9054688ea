"""What a new page or a new demo begins with, and how it comes into the book."""

import re
from pathlib import Path

from tools.files import write_atomically

FOLDER = Path(__file__).parent


def filled(template: str, words: dict[str, str]) -> str:
    """Return the text of a template, as in ``page/page.txt``, with its ``@WORDS@`` filled in."""
    text = (FOLDER / template).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda match: words[match[1]], text)


def begin(texts: dict[Path, str]) -> None:
    """Write new files, all or none.

    Raises:
        ValueError: if one of them is there already.
    """
    for path in texts:
        if path.exists():
            raise ValueError(f"{path} is there already: choose another name")
    for path, text in texts.items():
        write_atomically(path, text)
        print(f"{path}: begun")
