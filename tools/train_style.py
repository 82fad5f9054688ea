"""Paint for the demo of style transfer, and keep the pictures: ``python -m tools.train_style``.

The cup of coffee is moved towards the drawn brush strokes, for each pair of a style weight and a
smoothness weight; the content has weight 1, since Adam's path depends on ratios alone. The
pictures of all stops lie in one WebP, a row a setting; the losses are those of the pictures before
they were compressed.
"""

import argparse
import base64
import io
import json

import torch
from PIL import Image

from utils.data.paintings import painting
from utils.data.photos import photo
from utils.style import Losses, Targets, descend, texture_network
from utils.widgets.style_steps import FILE, SIDE, SMOOTHS, STOPS, STYLES

QUALITY = 62  # of WebP: the marks of compression are smaller than the strokes


def prepared() -> tuple[torch.Tensor, torch.Tensor, Targets]:
    """Return the content, the style, and what the trained network asks for."""
    content = photo("coffee", size=SIDE, gray=False)
    style = painting("strokes", size=SIDE)
    return content, style, Targets(texture_network(), content, style)


def numbers(losses: Losses) -> list[float]:
    """Return the three losses to four digits."""
    return [float(f"{part:.4g}") for part in losses]


def atlas(rows: list[list[torch.Tensor]]) -> str:
    """Return pictures in rows as one WebP, in base64."""
    whole = torch.cat([torch.cat(row, dim=2) for row in rows], dim=1)
    levels = (whole * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()
    file = io.BytesIO()
    Image.fromarray(levels).save(file, format="webp", quality=QUALITY, method=6)
    return base64.b64encode(file.getvalue()).decode("ascii")


def main() -> None:
    """Paint, report, and write the file."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    torch.set_num_threads(1)
    content, style, targets = prepared()
    rows, losses = [], []
    for weight in STYLES:
        for smooth in SMOOTHS:
            pictures = descend(targets, content, (1, weight, smooth), stops=STOPS)
            rows.append(pictures)
            losses.append([numbers(targets.losses(each)) for each in pictures])
            print(weight, smooth, losses[-1][-1], flush=True)
    # The first column is the content in each row: the style takes its place in the second row.
    rows[1] = [style, *rows[1][1:]]
    found = {"losses": losses, "atlas": atlas(rows)}
    FILE.write_text(json.dumps(found) + "\n", encoding="ascii")
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
