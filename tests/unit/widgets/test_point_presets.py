"""Points that are chosen by name, or set one by one."""

import traitlets

from utils.widgets.kit.point_presets import PresetPoints

NAMED = {"near": ((0, 0), (1, 1)), "far": ((5, 5),)}


class Sample(PresetPoints):
    """The least demo that has presets."""

    named = NAMED
    points = traitlets.Tuple(NAMED["near"]).tag(sync=True)
    preset = traitlets.Enum((*NAMED, "custom"), "near").tag(sync=True)


def test_a_preset_fills_the_points():
    assert Sample(preset="far").points == NAMED["far"]
    demo = Sample()
    demo.preset = "far"
    assert demo.points == NAMED["far"]


def test_points_name_their_preset_and_others_are_custom():
    demo = Sample()
    demo.points = NAMED["far"]
    assert demo.preset == "far"
    demo.points = ((2, 2),)
    assert demo.preset == "custom"


def test_custom_leaves_the_points_as_they_are():
    demo = Sample(points=((2, 2),))
    demo.preset = "custom"
    assert demo.points == ((2, 2),)
    demo.points = NAMED["near"]
    demo.preset = "custom"
    assert demo.points == NAMED["near"]


def test_given_together_the_points_have_the_last_word():
    for state in ({"preset": "far", "points": ()}, {"points": (), "preset": "far"}):
        demo = Sample(**state)
        assert (demo.points, demo.preset) == ((), "custom")
    assert Sample(preset="far", points=NAMED["near"]).preset == "near"


def test_the_presets_travel_beside_the_page_and_are_no_control():
    assert Sample().asset_values() == {"presets": NAMED}
    assert set(Sample.controls()) == {"points", "preset"}
