"""The answer fields of the page on visual words."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

RIVALS = ("the pixels", "the counts of patches")
LOWER = ("lower", "the same", "higher")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "visual-words/predict",
        number(
            "A picture is cut into patches, and each is counted as one of sixteen kinds. Then its "
            "patches are dealt out anew. How many of the sixteen counts change?",
            0,
            hint="Does a count know where a patch stood?",
            because="The same patches are there, so the counts are the same.",
            wrong=[(16, "The places change, the patches do not.")],
        ),
        choice(
            "One classifier reads small digits by their pixels, another by counts of patches. All "
            "pictures move by one pixel. Which loses more of its accuracy?",
            RIVALS,
            RIVALS[0],
            hint="What does the weight of one pixel see after the move?",
            because="Each weight now reads the pixel next door. The patches are still there.",
            wrong=[(RIVALS[1], "A patch that moves is still the same patch.")],
        ),
        numbers(
            "Two centres stand at 1 and 2, four points at 1, 2, 4 and 7. Each point joins its "
            "nearest centre, each centre moves to the mean of its points, again and again. Where "
            "do the two centres end?",
            [1.5, 5.5],
            hint="After the first round they stand at 1 and 13/3. Does 2 change sides?",
            because="2 changes sides, and then 1, 2 and 4, 7 are the groups.",
            wrong=[([1, 13 / 3], "That is after one round; 2 is nearer to 1 now.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "visual-words/by-hand",
        numbers(
            "Where are the two centres after the first round?",
            [0, 6],
            hint="0 is alone. Who joins the centre at 2?",
            because="2, 5 and 11 have the mean 6.",
            wrong=[([1, 8], "That is one round later.")],
        ),
        numbers(
            "Where are they when nothing moves any more?",
            [1, 8],
            hint="2 is 2 away from 0, and 4 away from 6.",
            because="The groups are 0, 2 and 5, 11.",
            wrong=[([0, 6], "One number changes sides after that.")],
        ),
        number(
            "What is the sum of the squared distances then?",
            20,
            hint="Each of the four numbers has one distance, to its own centre.",
            because="1 + 1 + 9 + 9.",
            wrong=[(8, "Those are the distances, not their squares.")],
        ),
        choice(
            "Another run begins at 0 and 11. How is its sum at the end, compared with the first?",
            LOWER,
            LOWER[0],
            hint="5 is 5 away from 0, and 6 away from 11.",
            because="0, 2, 5 and 11 alone: the sum is 38/3.",
            wrong=[
                (LOWER[1], "The groups are others: 5 goes with 0 and 2."),
                (LOWER[2], "11 alone costs nothing, but 0, 2 and 5 do."),
            ],
        ),
        check=check,
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "visual-words/sizes",
        number(
            "Patches lie side by side. To what do the counts of the bag sum?",
            256,
            hint="How many patches fit into a row of 64 pixels?",
            because="16 times 16 patches, and each is counted once.",
            wrong=[(16, "That is how many counts there are.")],
        ),
        number(
            "Now there is a patch at each place where one fits. To what do they sum?",
            3721,
            hint="In how many rows can a patch of 4 rows begin?",
            because="61 times 61 places.",
            wrong=[
                (4096, "At the right and lower edge a patch no longer fits."),
                (3600, "Count again: the first row is row 0, the last is row 60."),
            ],
        ),
        number(
            "Each quarter of the picture gets a bag of its own. How many numbers are that?",
            64,
            hint="Four bags, side by side.",
            because="4 times 16 counts.",
            wrong=[(16, "That is one bag.")],
        ),
        number(
            "To what do all the counts of the four bags sum, with patches side by side?",
            256,
            hint="Is a patch in more than one quarter?",
            because="Each patch lies in one quarter, and is counted there.",
            wrong=[(64, "That is one quarter."), (1024, "Each patch is in one bag, not in four.")],
        ),
        check=check,
    )
