"""Every page computes on the device that BOOK_DEVICE names, wherever that is."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from warm_pages import warm

from tools import varying

__all__ = ["warm"]  # a fixture of all tests in this file

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "chapters").rglob("*.ipynb"))

SWITCH_ON = f"""import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import pretend_gpu
from tools.second_runs import blank_pictures
blank_pictures.switch(True)
pretend_gpu.switch_on()"""
USED = "assert pretend_gpu.PretendGpu.used > 0, 'nothing was computed on the chosen device'"


def run(notebook: nbformat.NotebookNode, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a notebook on the pretended device; raise if a cell fails."""
    monkeypatch.setenv("BOOK_DEVICE", "meta:0")
    new_cell = nbformat.v4.new_code_cell
    notebook.cells = [new_cell(SWITCH_ON), *notebook.cells, new_cell(USED)]
    client = NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(folder)}})
    client.execute()


def printed(cell: nbformat.NotebookNode, tags: list[str]) -> list[str]:
    """Return what is compared of what a code cell printed, and of what it showed."""
    kinds = ("display_data", "execute_result")
    streams = [output.text for output in cell.outputs if output.output_type == "stream"]
    shown = [output.data["text/plain"] for output in cell.outputs if output.output_type in kinds]
    return [varying.words(text, tags) for text in ("".join(streams), *shown)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_honours_the_chosen_device(path, monkeypatch):
    stored = nbformat.read(path, as_version=4)
    page = nbformat.read(path, as_version=4)
    run(page, path.parent, monkeypatch)
    for cell, there in zip(stored.cells, page.cells[1:-1], strict=True):
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and "nbval-ignore-output" not in tags:
            assert printed(there, tags) == printed(cell, tags), cell.source


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "import torch\nfrom utils.repro import device\n"
            "torch.ones(3, device=device()) + torch.ones(3)",
            "same device",
        ),
        ("import torch\ntorch.ones(3) + torch.ones(3)", "nothing was computed"),
        (
            "import torch\nfrom utils.repro import device\ntorch.ones(3) + device().index",
            "nothing was computed",
        ),
        (
            "import torch\nfrom utils.repro import device\ntorch.ones(3, device=device()).numpy()",
            "numpy",
        ),
    ],
    ids=["mixes devices", "ignores the device", "only asks for it", "takes values without .cpu()"],
)
def test_a_page_that_does_not_is_found(source, message, tmp_path, monkeypatch):
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    with pytest.raises(CellExecutionError, match=message):
        run(page, tmp_path, monkeypatch)


def test_the_pretended_device_computes_as_others_do(tmp_path, monkeypatch):
    source = """import torch
from utils.repro import device
x = torch.arange(6.0, device=device()).reshape(2, 1, 3)
x.squeeze_(1)
assert x.shape == (2, 3) and x.cpu().shape == (2, 3)
x.t_().add_(1)
assert (x.shape, x.stride(), x.tolist()) == ((3, 2), (1, 3), [[1, 4], [2, 5], [3, 6]])
w = torch.tensor([1.0, 2.0], device=device(), requires_grad=True)
(x @ w).sum().backward()
assert w.device == device() and w.grad.tolist() == [6, 15]
a, b = x.split(1, dim=1)
assert torch.cat([b, a]).flatten().tolist() == [4, 5, 6, 1, 2, 3]
layer = torch.nn.Linear(2, 1).to(device())
torch.optim.SGD(layer.parameters(), lr=0.1).step()
assert layer(x).device == device()
z = torch.tensor([1 + 2j, 3 - 1j], device=device())
assert (z * z.conj()).tolist() == [5, 10]
bits = torch.arange(4, device=device())
assert ((bits << 1).tolist(), (bits >> 1).tolist()) == ([0, 2, 4, 6], [0, 0, 1, 1])
assert bits[[0, 2]].tolist() == bits[torch.tensor([0, 2])].tolist() == [0, 2]
bits <<= 1
assert bits.tolist() == [0, 2, 4, 6]
with torch.device("meta"):
    shapes = torch.nn.Linear(10**6, 10**6)
assert shapes.weight.device == torch.device("meta") != device()
assert shapes(torch.empty(2, 10**6, device="meta")).shape == (2, 10**6)"""
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    run(page, tmp_path, monkeypatch)
