"""Boxes around objects: formats, drawing, overlap, anchors and suppression, by module."""
