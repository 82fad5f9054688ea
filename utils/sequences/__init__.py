"""Sequences of tokens: recurrence, attention, character language models and sampling, by module."""
