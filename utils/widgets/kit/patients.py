"""A small regression that several demos draw: 64 patients, two measurements, one target."""

import functools

import torch

PATIENTS = 64


@functools.cache
def _columns() -> torch.Tensor:
    from sklearn.datasets import load_diabetes

    inputs, targets = map(torch.from_numpy, load_diabetes(return_X_y=True))
    columns = torch.column_stack([inputs[:, 2:4], targets])[:PATIENTS]
    return (columns - columns.mean(0)) / columns.std(0, correction=0)


def regression_data() -> tuple[torch.Tensor, torch.Tensor]:
    """Return 64 patients of scikit-learn's diabetes data, standardised.

    Returns:
        Inputs ``(64, 2)``, body-mass index and blood pressure, and targets ``(64,)``, the
        progress of the disease; float64, each column with mean 0 and standard deviation 1.
    """
    columns = _columns().clone()
    return columns[:, :2], columns[:, 2]
