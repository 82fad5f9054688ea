"""Sequences of tokens: recurrence, attention, language models and sampling, by module."""
