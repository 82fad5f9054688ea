"""Measure, and write the table: ``python -m benchmarks``."""

import datetime
import os
import platform
import sys
from pathlib import Path

import torch

from benchmarks import book, convolutions, kernels, peers, redraws, training

RESULTS = Path(__file__).parent / "results.md"


def machine() -> str:
    """Return the processor, the cores in use and the versions, in one line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    return (
        f"{model}, {os.cpu_count()} cores, {gpu}; Python {platform.python_version()}, "
        f"torch {torch.__version__}"
    )


def table(
    races: list[training.Result],
    beside: list[str],
    verified: float,
    timings: book.Timings,
    compared: kernels.Comparison,
    drawn: list[redraws.Redraws],
    passes: list[convolutions.Pass],
) -> str:
    """Return the results as Markdown."""
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.datetime.now(datetime.UTC).date().isoformat()}.",
        "",
        f"Machine: {machine()}.",
        "",
        "## Fashion-MNIST: seconds until the test accuracy that d2l's loop ends with",
        "",
        f"d2l trains {training.EPOCHS} epochs with its own loader and loop. The book's `fit`",
        "stops after the first epoch that reaches d2l's final accuracy. Both times include",
        "loading the data.",
        "",
        "| model | d2l, s | d2l accuracy | ours, s | our accuracy | times faster |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {race.name} | {race.d2l_seconds:.1f} | {race.d2l_accuracy:.3f} | "
        f"{race.our_seconds:.1f} | {race.our_accuracy:.3f} | "
        f"{race.d2l_seconds / race.our_seconds:.1f} |"
        for race in races
    ]
    lines += [
        "",
        f"Verifying the files of Fashion-MNIST by their SHA-256 takes {verified:.2f} s.",
        "",
        "## Seconds an epoch beside other libraries",
        "",
        *beside,
        "",
        "## Convolution from scratch",
        "",
        *convolutions.table(passes),
        "",
        "## Building the book",
        "",
        "| what | seconds |",
        "|---|---|",
        f"| `make book`, nothing cached, environment in place | {timings.cold:.1f} |",
        f"| `make book`, nothing changed | {timings.warm:.1f} |",
    ]
    lines += [f"| execute `{page}` | {seconds:.1f} |" for page, seconds in timings.pages.items()]
    lines += ["", "## Warm kernels", "", *kernels.table(compared)]
    lines += ["", "## Redrawing the demos", "", *redraws.table(drawn)]
    return "\n".join(lines) + "\n"


def beside() -> list[str]:
    """Return the table of other libraries, or why there is none."""
    rates = peers.peaks()
    try:
        return peers.table(peers.run(), rates)
    except OSError as problem:
        return [f"Not measured: {problem}."]


def main() -> int:
    """Run all measurements and write the table."""
    torch.set_num_threads(os.cpu_count() or 1)
    text = table(
        training.run(),
        beside(),
        training.verify(),
        book.run(),
        kernels.run(),
        redraws.run(),
        convolutions.run(),
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
