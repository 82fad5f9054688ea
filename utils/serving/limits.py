"""What one request may cost the service."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Limits:
    """Upper bounds of a request; each is more than 0.

    Attributes:
        body: bytes of a request that are kept; a longer one is refused.
        drained: bytes that are read and thrown away before a longer request is refused. A client
            that is still sending would not hear the answer.
        pixels: of a picture, by its own header, before a pixel is decoded.
        seconds: in which a request has to arrive.
        waiting: requests that may wait for the network; one more hears that the service is busy.
        connections: that may be open at once.
    """

    body: int = 2**20
    drained: int = 2**26
    pixels: int = 2**20
    seconds: float = 10.0
    waiting: int = 256
    connections: int = 512

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not value > 0:
                raise ValueError(f"{field.name} must be more than 0, got {value!r}")
