"""Counting as a language model: how often did a character follow the last few ones?"""

from collections.abc import Sequence

import torch

STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)


class _Counts:
    """How often each whole number was met: a sorted list of those that were, and their counts."""

    def __init__(self, met: torch.Tensor) -> None:
        self._met, self._times = met.unique(return_counts=True)

    def __getitem__(self, asked: torch.Tensor) -> torch.Tensor:
        """Return the counts of these numbers, 0 for those not met, float64."""
        place = torch.searchsorted(self._met, asked).clamp(max=len(self._met) - 1)
        return torch.where(self._met[place] == asked, self._times[place], 0).double()


class NGram:
    """The next character by counts, mixed with the model that looks at one character less.

    With ``k`` characters of context, seen ``n`` times and ``n_c`` times before character c,

        p_k(c) = (n_c + a p_{k-1}(c)) / (n + a),

    and below ``k = 0`` all characters are alike. So a context that was hardly seen is left to
    the shorter one. The strength ``a`` says how many times count as hardly.

    Attributes:
        vocabulary_size: how many characters there are.
        strengths: ``a`` for contexts of 0, 1, … characters.

    >>> model = NGram(torch.tensor([0, 1, 0, 1, 0, 1]), 2, strengths=[1.0, 1.0])
    >>> [round(x, 3) for x in model.probabilities(torch.tensor([[0]]))[0].tolist()]
    [0.125, 0.875]
    """

    def __init__(self, ids: torch.Tensor, vocabulary_size: int, strengths: Sequence[float]):
        """Count in ``ids``, int64 ``(characters,)``; a context has ``len(strengths) - 1``."""
        order = len(strengths)
        if order < 1 or min(strengths) <= 0:
            raise ValueError(f"strengths must be positive, one a context, got {strengths}")
        if len(ids) < order:
            raise ValueError(f"{order} characters in a row need a longer text than {len(ids)}")
        if vocabulary_size**order >= 2**63:  # they are numbered by int64
            raise ValueError(f"{vocabulary_size}^{order} counts are too many: look back less far")
        self.vocabulary_size, self.strengths = vocabulary_size, tuple(strengths)
        ids = ids.cpu()
        met = [ids.unfold(0, size + 1, 1) for size in range(order)]
        self._counts = [_Counts(self._place(rows)) for rows in met]
        self._totals = [_Counts(self._place(rows[:, :-1])) for rows in met]

    def _place(self, rows: torch.Tensor) -> torch.Tensor:
        """The number that a row of ids writes in a system with one digit a character."""
        place = rows.new_zeros(len(rows))
        for column in rows.T:
            place = place * self.vocabulary_size + column
        return place

    def probabilities(self, contexts: torch.Tensor) -> torch.Tensor:
        """Return the probability of each next character, float64 ``(contexts, vocabulary)``.

        Args:
            contexts: ids, ``(contexts, characters)``; those next to what follows stand last.
                A row that is shorter than what the model can use is read as far as it goes.
        """
        contexts = contexts.cpu()
        p = torch.full((len(contexts), self.vocabulary_size), 1 / self.vocabulary_size).double()
        for size, strength in enumerate(self.strengths[: contexts.shape[1] + 1]):
            place = self._place(contexts[:, contexts.shape[1] - size :])[:, None]
            following = place * self.vocabulary_size + torch.arange(self.vocabulary_size)
            p = (self._counts[size][following] + strength * p) / (
                self._totals[size][place] + strength
            )
        return p

    def loss(self, ids: torch.Tensor) -> float:
        """Return the mean cross-entropy in nats of a text, int64 ``(characters,)``.

        The first characters, which have no full context, are not asked for.
        """
        order, ids = len(self.strengths), ids.cpu()
        if len(ids) < order:
            raise ValueError(f"the text has {len(ids)} characters, fewer than {order}")
        rows = ids.unfold(0, order, 1)
        # As in `probabilities`, for the character that did follow alone.
        p = torch.full((len(rows),), 1 / self.vocabulary_size).double()
        for size, strength in enumerate(self.strengths):
            counts = self._counts[size][self._place(rows[:, order - 1 - size :])]
            totals = self._totals[size][self._place(rows[:, order - 1 - size : -1])]
            p = (counts + strength * p) / (totals + strength)
        return -p.log().mean().item()


def tuned(
    ids: torch.Tensor, vocabulary_size: int, order: int, strengths: Sequence[float] = STRENGTHS
) -> NGram:
    """Return an n-gram model whose strengths are chosen on the last tenth of the text it counts.

    The strength of each context length is chosen in turn, the shortest first. Then all of the
    text is counted.

    Args:
        ids: the training text, int64 ``(characters,)``.
        vocabulary_size: how many characters there are.
        order: 1 for single characters, 2 for pairs, 3 for triples, …
        strengths: the candidates.
    """
    cut = len(ids) - len(ids) // 10
    counted = NGram(ids[:cut], vocabulary_size, [1.0] * order)
    chosen: list[float] = []
    for _ in range(order):
        losses = []
        for strength in strengths:
            counted.strengths = (*chosen, strength)
            losses.append(counted.loss(ids[cut:]))
        chosen.append(strengths[losses.index(min(losses))])
    return NGram(ids, vocabulary_size, chosen)
