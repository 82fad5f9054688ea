"""Rows of the glossary that were wrong once: what they say, against torch."""

import itertools
import re

import pytest
import torch

from tools.files import ROOT


def entry(term: str) -> list[str]:
    """Return the row of a term: English, Chinese, torch's names, meaning."""
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| {re.escape(term)} \| .* \|$", text, flags=re.MULTILINE)
    return row.strip("| ").split(" | ")


@pytest.mark.parametrize(
    "columns", [[[1, 2], [1, 2]], [[1, 0], [0, 1]], [[0, 0], [0, 0]], [[1, 2, 3], [1, 0, 1]]]
)
def test_rank_is_what_the_glossary_says(columns):
    """In [[1, 2], [1, 2]] each column depends on the other, and the rank is 1."""
    matrix = torch.tensor(columns, dtype=torch.float64)
    meaning = "The largest number of columns of which none is a mixture of the others."
    assert entry("rank")[3] == meaning

    def none_is_a_mixture(chosen: tuple[int, ...]) -> bool:
        for column in chosen:
            others = matrix[:, [other for other in chosen if other != column]]
            rest = matrix[:, column] - others @ (torch.linalg.pinv(others) @ matrix[:, column])
            if rest.norm() < 1e-9:
                return False
        return True

    sizes = range(matrix.shape[1] + 1)
    families = [c for size in sizes for c in itertools.combinations(range(len(sizes) - 1), size)]
    largest = max(len(chosen) for chosen in families if none_is_a_mixture(chosen))
    assert largest == torch.linalg.matrix_rank(matrix).item()


def test_the_norms_of_the_glossary_are_torchs():
    """Called without ``ord``, torch's function is the Frobenius norm and not the operator norm."""
    matrix = torch.tensor([[3.0, 0.0], [0.0, -4.0]])
    assert entry("Frobenius norm")[2] == "`torch.linalg.matrix_norm`"
    assert torch.linalg.matrix_norm(matrix) == 5
    _, chinese, names, meaning = entry("operator norm")
    assert names == "`torch.linalg.matrix_norm`" and "`ord=2`" in meaning
    assert torch.linalg.matrix_norm(matrix, ord=2) == torch.linalg.svdvals(matrix)[0] == 4
    assert "矩阵范数" not in chinese, "any norm of a matrix is called so"


# The usual Chinese term comes first, so that a reader can search for it.
USUAL = {
    "sub-derivative": "次导数",
    "dot product": "点积",
    "forward accumulation": "正向累积",
    "reverse accumulation": "反向累积",
    "margin": "间隔",
    "weight decay": "权重衰减",
    "internal covariate shift": "内部协变量偏移",
    "closed-form solution": "解析解",
    "cross-correlation": "互相关",
    "bias": "偏置",
    "field-programmable gate array": "现场可编程门阵列",
    "operator norm": "算子范数",
    "dtype": "数据类型",
    "cache line": "缓存行",
    "memory locality": "内存局部性",
    "one-hot encoding": "独热编码",
}


@pytest.mark.parametrize("term", USUAL)
def test_the_usual_chinese_term_comes_first(term):
    assert entry(term)[1].split(" (")[0] == USUAL[term]


def test_a_term_has_one_meaning():
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    terms = [term.casefold() for term in re.findall(r"^\| (.+?) \| ", text, flags=re.MULTILINE)]
    terms = [term for term in terms if term != "english"]
    assert len(terms) > 500 and len({*terms}) == len(terms)
