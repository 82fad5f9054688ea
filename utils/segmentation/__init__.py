"""Pictures in which each pixel has a class."""
