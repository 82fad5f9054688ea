"""Weights as whole numbers: levels, networks that are rounded to them, and their bytes."""

from utils.quantisation.levels import dequantise, fit_levels, quantise, rounded, whole_range
from utils.quantisation.nets import EPOCHS, folded, make, quantised, trained, weight_bytes

__all__ = [
    "EPOCHS",
    "dequantise",
    "fit_levels",
    "folded",
    "make",
    "quantise",
    "quantised",
    "rounded",
    "trained",
    "weight_bytes",
    "whole_range",
]
