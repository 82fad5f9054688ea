"""Helpers that the book's pages share: import each module by its name."""
