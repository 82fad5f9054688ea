"""Measurements of the book beside Dive into Deep Learning, for ``make bench``."""
