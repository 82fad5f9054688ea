"""Folded cells say what they hold: a proof what it proves, a set-up that it is one."""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

PROOF, ANSWER = "# Proof: ", "# Answer: "
# MyST-NB gives all folds the same name for screen readers, over the one in sight.
LABEL = ' aria-label="Toggle hidden content"'


# A cell that only shows fields for answers, or makes a demo: on the website the code is no use.
SHEET = re.compile(r"exercises\.\w+(\n# exercises\.\w+\.check\(\))?")
DEMO = re.compile(r"(\w+ = )?[A-Z]\w+\((?:[^()]|\([^()]*\))*\)(\ndemo\.\w+ = .*)*(\n\w+)?")


def title(source: str) -> str:
    r"""Return the first sentence of the comment that a source opens with.

    >>> title("# Proof: the sum is even,\n# for any list. Try it.\nassert total % 2 == 0")
    'Proof: the sum is even, for any list.'
    """
    comment = re.match(r"(?:# .*(?:\n|$))+", source)[0]
    words = " ".join(line.removeprefix("# ") for line in comment.splitlines())
    return re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]


def name_of(source: str, mode: str) -> str:
    r"""Return what stands on the closed fold of a cell.

    >>> name_of("# Proof: the sum is even.\nassert total % 2 == 0", "all")
    'Proof: the sum is even.'
    """
    if source.startswith(PROOF):
        return title(source)
    if source.startswith(ANSWER):  # its words would give it away
        return "Answer"
    if mode == "input" and source.startswith(("import ", "from ")):
        return "Set-up"
    return "Code"


def code_of(cell: nodes.container) -> tuple[nodes.container | None, str]:
    """Return the part of a cell that shows its code, and the code."""
    source = next(iter(cell.findall(nodes.literal_block)), None)
    return (source.parent, source.astext().strip()) if source else (None, "")


class FoldNames(SphinxPostTransform):
    """Name the folds before MyST-NB makes them, and put away code that only shows something."""

    default_priority = 3

    def run(self, **kwargs: object) -> None:
        """Walk over the code cells."""
        cells = self.document.findall(nodes.container)
        for cell in [each for each in cells if each.get("nb_element") == "cell_code"]:
            part, code = code_of(cell)
            if SHEET.fullmatch(code) and len(cell.children) > 1:
                cell.remove(part)
            elif DEMO.fullmatch(code) and len(cell.children) > 1:
                cell["hide_mode"] = "input"
            if cell.get("hide_mode"):
                cell["prompt_show"] = cell["prompt_hide"] = name_of(code, cell["hide_mode"])


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Let screen readers hear what stands on a fold."""
    context["body"] = context.get("body", "").replace(LABEL, "")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(FoldNames)
    app.connect("html-page-context", on_page)
