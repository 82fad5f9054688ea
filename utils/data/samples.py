"""Pictures with their objects: one sample, and many of one size in a few tensors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch


@dataclass(frozen=True, eq=False)
class Sample:
    """One picture and what is known of its objects.

    Attributes:
        image: float32, ``(channels, height, width)``, values in [0, 1].
        boxes: float32, ``(objects, 4)``: left, top, right, bottom in pixels, where a box
            around the first pixel alone is 0, 0, 1, 1.
        classes: int64, ``(objects,)``, counted from 0 (background is none of them).
        mask: int64, ``(height, width)``: the class of each pixel plus 1, 0 for background;
            None where the data set has no masks.
        instances: int64, ``(height, width)``: for each pixel 1 plus the row of its object in
            ``boxes``, 0 for background; None where the data set has no masks.
        ignored: bool, ``(objects,)``: regions that an evaluation neither rewards nor punishes;
            None where all objects count.
    """

    image: torch.Tensor
    boxes: torch.Tensor
    classes: torch.Tensor
    mask: torch.Tensor | None = None
    instances: torch.Tensor | None = None
    ignored: torch.Tensor | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Scenes:
    """Pictures of one size with their objects.

    Attributes:
        images: float32, ``(scenes, channels, height, width)``, values in [0, 1].
        boxes: one tensor a scene, as :attr:`Sample.boxes`.
        classes: one tensor a scene, as :attr:`Sample.classes`.
        masks: int64, ``(scenes, height, width)``, as :attr:`Sample.mask`, or None.
        instances: int64, ``(scenes, height, width)``, as :attr:`Sample.instances`, or None.
        class_names: one name for each class, if known.
    """

    images: torch.Tensor
    boxes: list[torch.Tensor]
    classes: list[torch.Tensor]
    masks: torch.Tensor | None = None
    instances: torch.Tensor | None = None
    class_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int | slice | Sequence[int] | torch.Tensor) -> "Sample | Scenes":
        """Return one :class:`Sample` for an integer, else the chosen scenes as ``Scenes``."""
        if isinstance(index, int):
            if not -len(self) <= index < len(self):
                raise IndexError(f"there is no scene {index}: there are {len(self)} scenes")
            parts = (self.masks, self.instances)
            mask, instances = (None if part is None else part[index] for part in parts)
            return Sample(
                self.images[index], self.boxes[index], self.classes[index], mask, instances
            )
        rows = torch.arange(len(self))[index.cpu() if isinstance(index, torch.Tensor) else index]
        if rows.ndim != 1:
            raise IndexError(f"scenes lie along one axis, got an index of {rows.ndim} axes")
        chosen = index if isinstance(index, slice) else rows.to(self.images.device)
        return replace(
            self,
            images=self.images[chosen],
            boxes=[self.boxes[row] for row in rows.tolist()],
            classes=[self.classes[row] for row in rows.tolist()],
            masks=None if self.masks is None else self.masks[chosen],
            instances=None if self.instances is None else self.instances[chosen],
        )

    def __iter__(self) -> Iterator[Sample]:
        return (self[index] for index in range(len(self)))

    def to(self, device: torch.device | str) -> "Scenes":
        """Return the same scenes with all tensors on ``device``."""
        return replace(
            self,
            images=self.images.to(device),
            boxes=[boxes.to(device) for boxes in self.boxes],
            classes=[classes.to(device) for classes in self.classes],
            masks=None if self.masks is None else self.masks.to(device),
            instances=None if self.instances is None else self.instances.to(device),
        )

    def padded(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return all boxes in one tensor, and all classes in another.

        Both have room for as many objects as the fullest scene has. They and ``images`` go
        through :func:`utils.data.batches.minibatches` together.

        Returns:
            Boxes ``(scenes, most, 4)`` with rows of 0 where a scene has fewer objects, and
            classes ``(scenes, most)`` with −1 there.
        """
        pad = torch.nn.utils.rnn.pad_sequence
        return pad(self.boxes, batch_first=True), pad(self.classes, True, -1)

    def __repr__(self) -> str:
        objects = sum(map(len, self.classes))
        return f"Scenes({len(self)} of shape {tuple(self.images.shape[1:])}, {objects} objects)"


def collate(samples: Sequence[Sample]) -> Scenes:
    """Put samples of one size together: the ``collate_fn`` of a ``DataLoader``.

    A loader's own way stacks everything, which fails where pictures have different numbers
    of objects; here boxes and classes stay lists.

    Raises:
        ValueError: if there is no sample, the pictures differ in shape, only some have masks, or
            some mark ignored regions.
    """
    if not samples:
        raise ValueError("collate needs at least one sample")
    if any(sample.ignored is not None for sample in samples):
        raise ValueError(
            "a batch would mix ignored regions with objects: read the set without keep_ignored"
        )
    shapes = sorted({tuple(sample.image.shape) for sample in samples})
    if len(shapes) > 1:
        raise ValueError(f"pictures of a batch must have one shape, got {shapes}: resize them")
    return Scenes(
        torch.stack([sample.image for sample in samples]),
        [sample.boxes for sample in samples],
        [sample.classes for sample in samples],
        _stacked([sample.mask for sample in samples]),
        _stacked([sample.instances for sample in samples]),
    )


def _stacked(masks: list[torch.Tensor | None]) -> torch.Tensor | None:
    missing = sum(mask is None for mask in masks)
    if missing == len(masks):
        return None
    if missing:
        raise ValueError(f"{missing} of {len(masks)} samples have no mask: give all or none")
    return torch.stack(masks)
