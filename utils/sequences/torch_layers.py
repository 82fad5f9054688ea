"""The weights of a :class:`Block` under the names that torch's own layers give them."""

from collections.abc import Mapping

import torch
from torch import nn

from utils.sequences.transformer import Block

_HEADS = {"attention": "self_attn", "cross": "multihead_attn"}
_NORMS = "attention_norm", "cross_norm", "feed_forward_norm"
_LINEAR = {"feed_forward.0": "linear1", "feed_forward.2": "linear2"}


def torch_state(named: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the weights of a block, by their names, as a state of torch's layer.

    Args:
        named: all parameters of a :class:`Block`, with or without a cross-attention.

    >>> state = torch_state(dict(Block(4, 2).named_parameters()))
    >>> state["self_attn.in_proj_weight"].shape
    torch.Size([12, 4])
    """
    state = {}
    for kind in ("weight", "bias"):
        for ours, theirs in _HEADS.items():
            if f"{ours}.out.{kind}" not in named:
                continue
            three = [named[f"{ours}.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"{theirs}.in_proj_{kind}"] = torch.cat(three)
            state[f"{theirs}.out_proj.{kind}"] = named[f"{ours}.out.{kind}"]
        norms = [norm for norm in _NORMS if f"{norm}.{kind}" in named]
        for number, norm in enumerate(norms, start=1):
            state[f"norm{number}.{kind}"] = named[f"{norm}.{kind}"]
        for ours, theirs in _LINEAR.items():
            state[f"{theirs}.{kind}"] = named[f"{ours}.{kind}"]
    return state


def torch_layer(block: Block) -> nn.TransformerEncoderLayer | nn.TransformerDecoderLayer:
    """Return torch's layer for a block, with copies of its weights and without dropout.

    It is an ``nn.TransformerDecoderLayer`` if the block has a cross-attention.
    """
    kind = nn.TransformerDecoderLayer if block.cross else nn.TransformerEncoderLayer
    first = block.feed_forward[0]
    layer = kind(
        first.in_features,
        block.attention.heads,
        first.out_features,
        dropout=0.0,
        activation="gelu",
        batch_first=True,
        norm_first=block.pre_norm,
        layer_norm_eps=block.attention_norm.eps,
    ).to(first.weight)
    layer.load_state_dict(torch_state(dict(block.named_parameters())))
    return layer
