"""Train the transformer of the demo "next token", and store it: minutes on one core.

Run by ``python -m tools.train_next_token``. The page reads what it stores.
"""

import json

from utils.data.texts import load_text, split_by_place
from utils.repro import seeded
from utils.sequences.language_model import bits, mean_loss, train_language_model
from utils.sequences.writer import Writer
from utils.widgets.next_token import network

EPOCHS, BATCH, RATE, DROPOUT = 45, 32, 0.005, 0.05


def main() -> None:
    """Train on all but the last tenth of the text, store, and print the loss on that tenth."""
    known = network.vocabulary()
    ids, held_out = split_by_place(known.encode(load_text()))
    generator = seeded(0)
    writer = Writer(
        len(known),
        width=network.WIDTH,
        heads=network.HEADS,
        blocks=network.BLOCKS,
        ratio=network.RATIO,
        dropout=DROPOUT,
    )
    how = {"epochs": EPOCHS, "length": network.CONTEXT, "batch": BATCH, "lr": RATE}
    train_language_model(writer, ids, **how, generator=generator)
    text = json.dumps(network.pack(writer), separators=(",", ":"))
    network.FILE.write_text(text + "\n", encoding="ascii")
    loss = mean_loss(network.stored_writer(), held_out, length=network.CONTEXT, carry=False)
    print(f"{len(text) / 1000:.0f} kB, {bits(loss):.2f} bits a character on the held-out tenth")


if __name__ == "__main__":
    main()
