"""Live demos: one Python class here and one ES module in js/ each."""
