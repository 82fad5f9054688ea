"""What the service counts, in the text format that Prometheus reads."""

from collections import Counter

BOUNDS = 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0  # seconds


class Metrics:
    """Counts of answers by status, their latencies, and the sizes of batches.

    They live in one process: several workers have one each, and whoever asks hears one of them.

    >>> metrics = Metrics()
    >>> metrics.answered(200, 0.002)
    >>> metrics.statuses[200]
    1
    """

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.buckets = [0] * len(BOUNDS)
        self.seconds = 0.0
        self.batches = self.rows = 0

    def answered(self, status: int, seconds: float) -> None:
        """Count one answer."""
        self.statuses[status] += 1
        self.seconds += seconds
        for index, bound in enumerate(BOUNDS):
            self.buckets[index] += seconds <= bound

    def ran(self, rows: int) -> None:
        """Count one batch."""
        self.batches += 1
        self.rows += rows

    def text(self) -> str:
        """Return all counts, a line each.

        Source: https://prometheus.io/docs/instrumenting/exposition_formats/
        """
        count = sum(self.statuses.values())
        lines = ["# TYPE predictions_total counter"]
        lines += [
            f'predictions_total{{status="{status}"}} {n}'
            for status, n in sorted(self.statuses.items())
        ]
        lines.append("# TYPE prediction_seconds histogram")
        lines += [
            f'prediction_seconds_bucket{{le="{bound:g}"}} {n}'
            for bound, n in zip(BOUNDS, self.buckets, strict=True)
        ]
        lines.append(f'prediction_seconds_bucket{{le="+Inf"}} {count}')
        lines.append(f"prediction_seconds_sum {self.seconds:.6f}")
        lines.append(f"prediction_seconds_count {count}")
        lines.append("# TYPE batch_rows summary")
        lines += [f"batch_rows_sum {self.rows}", f"batch_rows_count {self.batches}"]
        return "\n".join(lines) + "\n"
