"""The files of a tiny Pascal VOC."""

import numpy as np
from PIL import Image

SIZE = 10, 8  # width and height of its pictures


def thing(name="dog", box=(1, 1, 10, 8), difficult=None, more=""):
    corners = "".join(
        f"<{corner}>{value}</{corner}>"
        for corner, value in zip(("xmin", "ymin", "xmax", "ymax"), box, strict=True)
    )
    flag = "" if difficult is None else f"<difficult>{difficult}</difficult>"
    return f"<object><name>{name}</name>{flag}<bndbox>{corners}</bndbox>{more}</object>"


def xml(*things, size=SIZE):
    width, height = size
    return (
        f"<annotation><filename>a.jpg</filename><size><width>{width}</width>"
        f"<height>{height}</height><depth>3</depth></size>{''.join(things)}</annotation>"
    )


def palette_png(numbers):
    png = Image.fromarray(np.asarray(numbers, dtype=np.uint8))
    png.putpalette([(7 * i + shade) % 256 for i in range(256) for shade in (0, 90, 180)])
    assert png.mode == "P"
    return png
