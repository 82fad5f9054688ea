"""Training small detectors on scenes, scoring them, and looking at what they find, by module."""
