from benchmarks.results import TITLE, sections, with_section

ORDER = ["Training", "Building", "Drawing"]


def test_a_part_replaces_its_own_section_alone():
    text = with_section("", "Drawing", "| 1 |\n|---|", ORDER)
    text = with_section(text, "Training", "fast", ORDER)
    assert sections(text) == {"Training": "fast", "Drawing": "| 1 |\n|---|"}
    again = with_section(text, "Training", "faster", ORDER)
    assert again == text.replace("fast", "faster")
    assert again.startswith(TITLE)
    assert again.endswith("\n## Drawing\n\n| 1 |\n|---|\n")


def test_sections_of_parts_that_are_no_more_go():
    text = "# Benchmarks\n\nOld words.\n\n## Gone\n\n1\n\n## Building\n\n2\n"
    assert sections(with_section(text, "Training", "new", ORDER)) == {
        "Training": "new",
        "Building": "2",
    }
