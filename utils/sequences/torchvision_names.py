"""Weights of the book's vision transformer under the names that torchvision gives them."""

import torch

from utils.sequences.transformer import Block
from utils.sequences.vision_transformer import VisionTransformer

# Ours, then torchvision's; each has a weight and a bias.
LAYERS = {
    "attention.out": "self_attention.out_proj",
    "attention_norm": "ln_1",
    "feed_forward_norm": "ln_2",
    "feed_forward.0": "mlp.0",
    "feed_forward.2": "mlp.3",
}

State = dict[str, torch.Tensor]


def block_names(state: State) -> State:
    """Return the weights of a block, or their gradients, for torchvision's ``EncoderBlock``.

    Queries, keys and values come in one matrix there, in this order.

    Args:
        state: as ``Block(…).state_dict()`` names them.
    """
    named = {
        f"{there}.{kind}": state[f"{here}.{kind}"]
        for here, there in LAYERS.items()
        for kind in ("weight", "bias")
    }
    for kind in ("weight", "bias"):
        three = [state[f"attention.{part}.{kind}"] for part in ("query", "key", "value")]
        named[f"self_attention.in_proj_{kind}"] = torch.cat(three)
    return named


def block_state(block: Block) -> State:
    """Return the weights of a block for torchvision's ``EncoderBlock``.

    Raises:
        ValueError: if the block is of another kind: norms behind, or a cross-attention.
    """
    if not block.pre_norm or block.cross is not None:
        raise ValueError("torchvision's block has its norms in front and no cross-attention")
    return block_names(block.state_dict())


def net_names(state: State, blocks: int, patch: int) -> State:
    """Return the weights of a net, or their gradients, for torchvision's ``VisionTransformer``.

    Args:
        state: as ``VisionTransformer(…).state_dict()`` of the book names them, with positions.
        blocks: how many blocks there are.
        patch: pixels along either side of a patch.
    """
    kernels = state["embed.weight"].unflatten(1, (-1, patch, patch))
    named = {
        "class_token": state["class_token"],
        "conv_proj.weight": kernels,
        "conv_proj.bias": state["embed.bias"],
        "encoder.pos_embedding": state["positions"],
    }
    for here, there in (("norm", "encoder.ln"), ("head", "heads.head")):
        named |= {f"{there}.{kind}": state[f"{here}.{kind}"] for kind in ("weight", "bias")}
    for index in range(blocks):
        start = f"blocks.{index}."
        own = {n.removeprefix(start): part for n, part in state.items() if n.startswith(start)}
        layer = f"encoder.layers.encoder_layer_{index}"
        named |= {f"{layer}.{n}": part for n, part in block_names(own).items()}
    return named


def net_state(net: VisionTransformer) -> State:
    """Return the weights of a net for torchvision's ``VisionTransformer``.

    Raises:
        ValueError: if the net has no positions: torchvision's always has them.
    """
    if net.positions is None:
        raise ValueError("torchvision's net has positions: make ours with positions=True")
    return net_names(net.state_dict(), len(net.blocks), net.patch)
