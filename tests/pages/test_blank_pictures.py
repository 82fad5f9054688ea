"""Pictures that are left out leave nothing else out."""

import io

import matplotlib.pyplot as plt
from PIL import Image

from tools.second_runs import blank_pictures
from utils import plots, progress


def test_a_blank_picture_is_one_and_its_figure_is_closed(monkeypatch, capsys):
    shown = []
    monkeypatch.setattr(blank_pictures, "display", lambda data, raw: shown.append(data))
    monkeypatch.setattr(plots, "show", plots.show)  # put back afterwards
    monkeypatch.setattr(progress, "png", progress.png)
    drawn = plots.png(plots.new_axes())
    monkeypatch.setattr(blank_pictures, "_on", False)
    blank_pictures.switch(True)
    for axes, one in ((plots.new_axes(), lambda a: a), (plots.new_axes(1, 2), lambda a: a[0])):
        figure = one(axes).figure
        assert Image.open(io.BytesIO(progress.png(axes))).size == (1, 1)
        assert not plt.fignum_exists(figure.number)
    figure = (axes := plots.new_axes()).figure
    plots.show(axes, alt="two words")
    assert not plt.fignum_exists(figure.number)
    assert [data["text/plain"] for data in shown] == ["Figure: two words"]
    assert plots.png(plots.new_axes()) == drawn
    taken = plots.show  # as by a page that imports the name
    blank_pictures.switch(False)
    assert progress.png(plots.new_axes()) == drawn
    taken(plots.new_axes(), alt="two words")
    assert (len(shown), capsys.readouterr().out) == (1, "Figure: two words\n")
