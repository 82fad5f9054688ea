"""Changes that the rules about reading, exercises and solutions must reject."""

from sample import DEMO, WORDS, code, find, markdown, solution
from spoiling import added, appended, chained, replaced, tagged, without

READING = {
    ("exercise-headings", "no kind"): replaced("exercise-3", "(code)", ""),
    ("exercise-headings", "unknown kind"): replaced("exercise-3", "(code)", "(hard)"),
    ("exercise-headings", "a number left out"): replaced("exercise-5", "Exercise 5", "Exercise 6"),
    ("exercise-set", "a warm-up too few"): replaced("exercise-2", "(predict)", "(code)"),
    ("exercise-set", "a warm-up too late"): replaced("exercise-5", "(explain)", "(by hand)"),
    ("exercise-set", "one to explain too many"): replaced("exercise-4", "(code)", "(project)"),
    ("exercise-set", "four"): chained(without("exercise-3"), without("start-3")),
    ("exercise-set", "six"): added("start-5", markdown("six", "### Exercise 6 (code)\n\nMore.")),
    ("exercise-starters", "no starter"): without("start-3"),
    ("exercise-starters", "not tagged"): tagged("start-3"),
    ("exercise-starters", "no check"): replaced("start-3", "# checks.check_mean", "# mean"),
    ("exercise-starters", "a check that is not last"): appended("start-3", "\nmean(1)"),
    ("solutions-match", "one is missing"): without("solution-3"),
    ("solutions-match", "another number"): replaced("solution-3", "Solution 3", "Solution 6"),
    ("solutions-match", "another order"): added(
        "solution-1", solution("early", 3, "checks.check_mean(torch.mean)")
    ),
    ("solutions-checked", "no check"): replaced("solution-3", "checks.check_mean", "print"),
    ("solutions-checked", "commented out"): replaced("solution-3", "checks.", "# checks."),
    ("solutions-checked", "no check of the fields"): replaced("solution-2", "check_sums", "sum"),
    ("solutions-checked", "no code"): replaced("solution-4", "```python", "```text"),
    ("solution-form", "not folded"): replaced("solution-3", "<details>", "Open."),
    ("solution-form", "never closed"): replaced("solution-3", "\n\n</details>", ""),
    ("solution-form", "code that GitHub shows"): added(
        "solution-3", code("open", "check_mean(1)")
    ),
    ("solution-form", "prose that is not folded"): added(
        "solutions", markdown("open", "It is 3.")
    ),
    ("solution-form", "output alone"): replaced("solution-4", "```python", "```text"),
    ("solution-form", "another language"): replaced("solution-4", "```python", "```py"),
    ("solution-form", "not Python"): replaced("solution-4", "checks.", "check this:"),
    ("solution-form", "elsewhere"): added("look", solution("early", 6, "check_answer(1)")),
    ("folded-cells", "visible"): tagged("proof"),
    ("folded-cells", "output hidden with its code"): tagged("total", "hide-cell"),
    ("folded-cells", "nothing is proved"): replaced("proof", "assert total([]) == 0", "total([])"),
    ("folded-cells", "an answer in sight"): added("look", code("answer", "# Answer: 6\n6")),
    ("folded-cells", "it does not say what"): replaced(
        "proof", "# Proof: no number, no sum.", "#"
    ),
    ("visible-lines", "181"): lambda page: [
        added("total", markdown(f"m{n}", "Then."), code(f"c{n}", "x = 1\n" * 12))(page)
        for n in range(15)
    ],
    ("visible-cell-lines", "13"): appended("total", "\nx = 1" * 8),
    ("median-cell-lines", "7"): lambda page: [
        added("total", markdown(f"m{n}", "Then."), code(f"c{n}", "x = 1\n" * 7))(page)
        for n in range(12)
    ],
    ("words-a-line", "too few"): chained(
        replaced("idea", WORDS, ""), replaced("again", WORDS, "")
    ),
    ("first-picture", "too late"): added(
        "predict", *(markdown(f"m{n}", "Then.") for n in range(3))
    ),
    ("first-picture", "none"): chained(*map(without, ("figure", "figure-2", "figure-3", "demo"))),
    ("picture-number", "one in a folded cell"): tagged("figure", "hide-cell"),
    ("picture-number", "three"): without("demo"),
    ("picture-number", "answer fields are no picture"): lambda page: (
        find(page, "demo").outputs[0].data.update({"text/html": DEMO.replace("sums.", "answers.")})
    ),
    ("cell-number", "61"): lambda page: [
        added("total", markdown(f"m{n}", "Then."))(page) for n in range(61 - len(page.cells))
    ],
    ("strong-words", "unconfirmed"): appended("idea", "\n\nIt never fails."),
    ("strong-words", "in a heading"): appended("idea", "\n\n### Exactly once"),
    ("strong-words", "in a solution"): replaced("solution-1", "Count", "Always count"),
}
