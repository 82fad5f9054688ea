"""Scores of detectors and segmenters, checked against the libraries that others report by."""
