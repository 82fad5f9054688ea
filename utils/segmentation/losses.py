"""Losses for masks that count overlap, so that a large background does not outvote an object."""

import torch
import torch.nn.functional as F


def soft_dice(
    shares: torch.Tensor, truth: torch.Tensor, *, smooth: float = 1.0, each: bool = False
) -> torch.Tensor:
    """Return the Dice score of each class, of probabilities instead of hard masks.

    ``(2 Σ p t + smooth) / (Σ p + Σ t + smooth)``, summed over the pixels of all pictures.

    Args:
        shares: probabilities, ``(batch, classes, height, width)``.
        truth: 0 or 1, of the same shape.
        smooth: keeps a class that is in neither at 1 instead of 0/0; 0 gives NaN there.
        each: whether each picture is scored by itself.

    Returns:
        ``(classes,)``, or ``(batch, classes)`` with ``each``.

    Raises:
        ValueError: if the shapes differ, or ``smooth`` is negative.

    >>> p = torch.tensor([0.9, 0.5, 0.2, 0.0]).view(1, 1, 2, 2)
    >>> soft_dice(p, torch.tensor([1.0, 1, 0, 0]).view(1, 1, 2, 2), smooth=0).item()  # 2.8 / 3.6
    0.7777777910232544
    """
    if shares.shape != truth.shape or shares.ndim != 4:
        raise ValueError(
            "shares and truth must be (batch, classes, height, width), got "
            f"{tuple(shares.shape)} and {tuple(truth.shape)}"
        )
    if smooth < 0:
        raise ValueError(f"smooth must not be negative, got {smooth}")
    over = (2, 3) if each else (0, 2, 3)
    shared = (shares * truth).sum(over)
    return (2 * shared + smooth) / (shares.sum(over) + truth.sum(over) + smooth)


def dice_loss(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """Return 1 minus the mean soft Dice score of all classes, background included.

    Args:
        logits: ``(batch, classes, height, width)``.
        masks: class indices, ``(batch, height, width)``.

    Source: F. Milletari, N. Navab, S. Ahmadi, https://arxiv.org/abs/1606.04797, section 3, which
    squares the probabilities in the denominator.
    """
    truth = F.one_hot(masks, logits.shape[1]).movedim(-1, 1).to(logits.dtype)
    return 1 - soft_dice(logits.softmax(1), truth).mean()


def both_losses(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """Return the sum of cross-entropy and Dice loss."""
    return F.cross_entropy(logits, masks) + dice_loss(logits, masks)
