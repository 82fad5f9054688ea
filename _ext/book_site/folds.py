"""Folded cells say what they hold: a proof what it proves, a set-up that it is one."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

PROOF, ANSWER = "# Proof: ", "# Answer: "
# MyST-NB gives all folds the same name for screen readers, over the one in sight.
LABEL = ' aria-label="Toggle hidden content"'


def name_of(source: str, mode: str) -> str:
    r"""Return what stands on the closed fold of a cell.

    >>> name_of("# Proof: the sum is even.\nassert total % 2 == 0", "all")
    'Proof: the sum is even.'
    """
    first = source.split("\n", 1)[0]
    if first.startswith(PROOF):
        return first.removeprefix("# ")
    if first.startswith(ANSWER):  # its words would give it away
        return "Answer"
    if mode == "input" and first.startswith(("import ", "from ")):
        return "Set-up"
    return "Code"


class FoldNames(SphinxPostTransform):
    """Name the folds before MyST-NB makes them."""

    default_priority = 3

    def run(self, **kwargs: object) -> None:
        """Walk over the cells that are folded."""
        for cell in self.document.findall(nodes.container):
            if cell.get("nb_element") == "cell_code" and cell.get("hide_mode"):
                source = next(iter(cell.findall(nodes.literal_block)), None)
                name = name_of(source.astext() if source else "", cell["hide_mode"])
                cell["prompt_show"] = cell["prompt_hide"] = name


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Let screen readers hear what stands on a fold."""
    context["body"] = context.get("body", "").replace(LABEL, "")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(FoldNames)
    app.connect("html-page-context", on_page)
