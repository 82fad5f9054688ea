"""Digit finder: a trained detector looks on while the reader composes a scene."""
