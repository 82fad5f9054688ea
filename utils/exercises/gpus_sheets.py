"""The answer fields of the page on GPUs."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "gpus/predict",
        number(
            "How many steps pass until all 32 are done?",
            10,
            hint="What do the 31 do while the one takes its steps?",
            because="They share one instruction: while one side runs, the other stands still.",
            wrong=[
                (8, "The one takes the other side, and the 31 cannot go on meanwhile."),
                (250, "All 31 take their 8 steps at the same time."),
            ],
        ),
        number(
            "After how many µs is the last job done?",
            1005,
            hint="Does the device ever wait?",
            because="The last job is handed over at 1000 µs, and takes 5 more.",
            wrong=[
                (500, "The device would need the jobs all at once."),
                (1000, "Then the last job has been handed over, but not done."),
                (1500, "The device works while the next job is prepared."),
            ],
        ),
    )


def warps_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "gpus/warps",
        number(
            "A thread needs 64 of the 65,536 registers. How many warps of 32 threads fit?",
            32,
            hint="How many registers does a whole warp need?",
            because="A warp needs 64 · 32 = 2048 registers, and 65,536 / 2048 = 32.",
            wrong=[
                (1024, "These are threads. A warp has 32 of them."),
                (64, "That is the limit for threads that need fewer registers."),
            ],
        ),
        number(
            "Each waits 40 cycles after an instruction. In how many of 100 cycles is one given?",
            80,
            hint="Little's law: what is in flight, and for how long?",
            because="32 warps in 40 cycles are 0.8 instructions a cycle.",
            wrong=[
                (100, "32 warps do not fill 40 cycles."),
                (2.5, "That would be a single warp."),
            ],
        ),
        number(
            "A number takes 500 ns, at 2000 GB/s. How many kilobytes must be on their way?",
            1000,
            hint="Bandwidth times latency; a kilobyte is 1000 bytes here.",
            because="2 · 10¹² bytes a second times 5 · 10⁻⁷ seconds are 10⁶ bytes.",
            wrong=[
                (1, "That is the answer in megabytes."),
                (4, "Multiply the two, do not divide."),
            ],
        ),
        check=check,
    )


def queue_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "gpus/queue",
        number(
            "What does a clock say, in µs, that is stopped after the last hand-over?",
            200,
            hint="The program does not wait for the device.",
            because="50 · 4 µs: what was measured is the handing over.",
            wrong=[(500, "That is the work of the device, which nobody has waited for.")],
        ),
        number(
            "After how many µs is the device done?",
            504,
            hint="When does it begin, and does it pause?",
            because="It begins at 4 µs and has work from then on: 4 + 50 · 10.",
            wrong=[
                (500, "The first job has to be handed over first."),
                (700, "The next jobs are handed over while it works."),
            ],
        ),
        number(
            "And if the program waits after each job?",
            700,
            hint="Then nothing overlaps.",
            because="50 · (4 + 10).",
            wrong=[(504, "Now the device pauses while the next job is handed over.")],
        ),
        number(
            "10 batches: 6 ms to copy one, 9 ms to use it, on two streams. How many ms in all?",
            96,
            hint="Which of the two sets the pace, and what comes before it?",
            because="After the first copy the computing has no pause: 6 + 10 · 9.",
            wrong=[
                (150, "That would be one stream."),
                (90, "The first batch must be copied before it is used."),
            ],
        ),
        check=check,
    )
