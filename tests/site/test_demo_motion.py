"""The check of motion notices a demo that shows an old picture."""

from demo_motion import differences

from tools import demo_page
from utils.widgets.region_pooling import RegionPooling


def test_a_picture_that_is_an_old_one_with_motion_is_noticed(page, monkeypatch):
    def spoiled(name, text=demo_page.module_text):
        return text(name).replace("if (!frame) draw(now);", "")

    assert differences(page, RegionPooling) == []
    monkeypatch.setattr(demo_page, "module_text", spoiled)
    assert any("Method" in found for found in differences(page, RegionPooling))
