"""Commands that look after the book, run from the repository root as ``python -m tools.name``."""

import sys

# nbformat checks pages by jsonschema, which on import would build 38 parsers of addresses:
# over a second in each of the many processes of `make test`. No schema of notebooks asks for one.
sys.modules.setdefault("rfc3987_syntax", None)
