"""What the demos share: their base class and the modules of their views."""
