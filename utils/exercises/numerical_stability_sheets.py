"""The answer fields of the page on exploding and vanishing gradients."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

LEFT = ("about a hundredth", "about a ten-thousandth", "about three hundred-thousandths")
GROWN = ("about 11", "about 140", "about 14,000")
SIGMOIDS = ("about 0.001", "about a millionth", "about a millionth of a millionth")
CLIPPED = ("a billionth", "1", "0")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "numerical-stability/predict",
        choice(
            "A hundred layers each multiply a gradient by 0.9. How much of it is left?",
            LEFT,
            LEFT[2],
            hint="0.9 · 0.9 is 0.81. Seven factors leave about a half.",
            because="0.9 to the power of 100 is 0.0000266.",
            wrong=[
                (LEFT[0], "That is what about 44 layers leave."),
                (LEFT[1], "That is what about 87 layers leave."),
            ],
        ),
        choice(
            "And if each multiplies it by 1.1: how many times as long is it at the end?",
            GROWN,
            GROWN[2],
            hint="Seven factors make about 2 of 1, and fourteen of them about 4.",
            because="1.1 to the power of 100 is 13,781.",
            wrong=[
                (GROWN[0], "That adds a tenth of the first length each time: 1 + 100 · 0.1."),
                (GROWN[1], "That is what about 52 layers make of it."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "numerical-stability/by-hand",
        number(
            "Three layers of one unit each have the factors 1/2, 4 and 1/4. A gradient of 8 "
            "enters at the top. How large is it at the bottom?",
            4,
            hint="Multiply all of them.",
            because="8 · 1/2 · 4 · 1/4 is 4.",
            wrong=[(38, "The factors are multiplied, not added.")],
        ),
        number(
            "A network has 10 layers. How many Jacobians lie between its output and the output "
            "of layer 4?",
            6,
            hint="Those of the layers above layer 4.",
            because="Layers 5 to 10 are six.",
            wrong=[(7, "The Jacobian of layer 4 itself is not among them.")],
        ),
        numbers(
            "A layer of ReLUs has the weights (1, 2) in its first row and (3, −1) in its second. "
            "Its input is (1, 2). What are the four entries of its Jacobian, row by row?",
            [1, 2, 3, -1],
            hint="Are the two sums above 0?",
            because="The sums are 5 and 1, both slopes are 1, and the Jacobian is the matrix.",
            wrong=[([1, 2, 0, 0], "The second sum is 3 − 2, which is above 0.")],
        ),
        numbers(
            "A gradient is (6, 8). What becomes of it when it is clipped by norm to 5?",
            [3, 4],
            hint="How long is it?",
            because="It is 10 long, so each entry is halved.",
            wrong=[([5, 5], "That is clipping by value.")],
        ),
        check=check,
    )


def factors_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "numerical-stability/factors",
        choice(
            "Twenty sigmoid units stand one behind the other, and all weights are 1. How much of "
            "a gradient comes through at most?",
            SIGMOIDS,
            SIGMOIDS[2],
            hint="The slope of the sigmoid is at most 1/4.",
            because="1/4 to the power of 20 is 9 · 10⁻¹³.",
            wrong=[
                (SIGMOIDS[0], "That is what five layers leave."),
                (SIGMOIDS[1], "That is what ten layers leave."),
            ],
        ),
        number(
            "Two residual layers of one unit each have A = 0.5 and A = −0.5. By which factor do "
            "both together multiply a gradient?",
            0.75,
            hint="A residual layer has the factor 1 + A.",
            because="1.5 · 0.5 is 0.75.",
            wrong=[
                (-0.25, "That is the product without what is handed on."),
                (1, "The sum of the A is 0, but their product −0.25 is left."),
            ],
        ),
        number(
            "All weights of a ReLU network of ten layers without biases are doubled, and the same "
            "gradient enters at the top. How many times as long is it at the input?",
            1024,
            hint="The same units are on. What does each layer's factor become?",
            because="Ten factors are doubled, and 2 to the power of 10 is 1,024.",
            wrong=[(20, "Factors are multiplied: 2 · 2 · … · 2, ten times.")],
        ),
        choice(
            "A gradient has shrunk to a billionth, and is clipped by norm to 1. How long is it?",
            CLIPPED,
            CLIPPED[0],
            hint="When does clipping do something?",
            because="What is shorter than the limit stays as it is.",
            wrong=[
                (CLIPPED[1], "That would be dividing by the norm in each case."),
                (CLIPPED[2], "Clipping multiplies by a factor; it sets nothing to 0."),
            ],
        ),
        check=check,
    )
