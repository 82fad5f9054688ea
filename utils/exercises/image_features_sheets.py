"""The answer fields of the page on colour and gradients."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
COLOURS = "its colour histogram"
DIRECTIONS = "the directions of its edges"
NEITHER = "neither"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "image-features/predict",
        choice(
            "All pixels of a photograph are shuffled. What stays as it was?",
            [COLOURS, DIRECTIONS, NEITHER],
            COLOURS,
            hint="What does a histogram know about places?",
            because="It counts values, and the same values are still there.",
            wrong=[
                (DIRECTIONS, "An edge lies between neighbours, and the neighbours are new ones."),
                (NEITHER, "A histogram counts, and no pixel was lost."),
            ],
        ),
        numbers(
            "At a pixel the brightness grows by 3 downwards and by 4 to the right, so fastest "
            "along an arrow 5 long, 37° from the level. All values are halved. How long is the "
            "arrow now, and at how many degrees?",
            [2.5, 37],
            tolerance=0.2,
            hint="Halve both differences, and draw the arrow.",
            because="It goes 1.5 down and 2 across: half as long, in the same direction.",
            wrong=[
                ([5, 37], "The differences are halved, so the arrow is shorter."),
                ([2.5, 18.5], "Both differences are halved, so their ratio stays."),
            ],
        ),
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "image-features/counts",
        numbers(
            "Eight pixels are 0, 0.1, 0.25, 0.4, 0.5, 0.9, 1 and 1. What is their histogram with "
            "four bins from 0 to 1?",
            [2, 2, 1, 3],
            hint="The edges are 0.25, 0.5 and 0.75; an edge belongs to the bin above it.",
            because="Two pixels lie below 0.25, two below 0.5, one below 0.75, and three above.",
            wrong=[([3, 1, 1, 3], "0.25 is an edge, and belongs to the bin above it.")],
        ),
        number(
            "A pixel is red 0.9, green 0.3, blue 0.1. Which number has its triple of bins, with "
            "four bins a channel?",
            52,
            hint="Find the three bins, then read them as digits: sixteens, fours and ones.",
            because="The bins are 3, 1 and 0, and 3 · 16 + 1 · 4 + 0 = 52.",
            wrong=[(7, "Blue has the ones, red the sixteens.")],
        ),
        number(
            "How many counts has the joint histogram with eight bins a channel?",
            512,
            hint="How many triples are there?",
            because="8 · 8 · 8 triples of bins.",
            wrong=[(24, "That is for three separate histograms.")],
        ),
        check=check,
    )


def votes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "image-features/votes",
        number(
            "Around a pixel stand 1 above, 5 below, 2 on the left and 5 on the right. How long is "
            "its arrow?",
            5,
            hint="How far down does it go, and how far across?",
            because="It goes 4 down and 3 across.",
            wrong=[(7, "The sum of the two is longer than the arrow.")],
        ),
        number(
            "The tangent of 53° is about 4/3. For which of nine bins of 20° does it vote, "
            "counted from 0?",
            2,
            hint="The angle is measured from across towards down.",
            because="53° lies between 40° and 60°.",
            wrong=[
                (1, "37° is the angle from down towards across."),
                (3, "The first bin has the number 0."),
            ],
        ),
        number(
            "A window has 128 × 64 pixels, cells have 8 × 8 pixels, blocks 2 × 2 cells, and there "
            "are nine bins. How many numbers is its HOG?",
            3780,
            hint="Blocks overlap: one starts at each cell from which it fits.",
            because="16 × 8 cells give 15 × 7 blocks of 2 · 2 · 9 numbers.",
            wrong=[
                (16 * 8 * 9, "That counts each cell once, and no blocks."),
                (8 * 4 * 36, "The blocks overlap."),
            ],
        ),
        check=check,
    )
