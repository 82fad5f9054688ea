"""The rows of the glossary."""

import re
from typing import NamedTuple

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ROW = re.compile(
    r"^\| (?P<english>[^|]+) \| (?P<chinese>[^|]+) \| (?P<torch>[^|]+) \|.*\|$", re.MULTILINE
)
LAST_PART = re.compile(r"(\w+)[`(]")


class Term(NamedTuple):
    """A row of the glossary: its English and its Chinese names, and functions of torch."""

    english: str
    chinese: list[str]
    torch: list[str]


def glossary(text: str) -> list[Term]:
    """Return the terms of the glossary.

    >>> glossary("| dtype | 数据类型 (元素类型) | `torch.dtype` | The type. |")
    [Term(english='dtype', chinese=['数据类型', '元素类型'], torch=['dtype'])]
    """
    rows = (match for match in ROW.finditer(text) if match["english"] != "English")
    return [
        Term(
            row["english"].lower(),
            CHINESE.findall(row["chinese"]),
            LAST_PART.findall(row["torch"].lower()),
        )
        for row in rows
    ]
