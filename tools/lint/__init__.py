"""The rules of ``tools.notebook_lint``, one module for each side of a page."""
