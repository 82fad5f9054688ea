"""The transformer of utils, against torch and against itself."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences.attention import MultiHead, causal_mask, padding_mask, sinusoid
from utils.sequences.torch_layers import torch_layer
from utils.sequences.transformer import Block, Cache, look
from utils.sequences.writer import Writer

WIDTH, HEADS = 8, 2


def stirred(module: nn.Module) -> nn.Module:
    """Move all weights away from the ones and zeros that norms and biases begin with."""
    with torch.no_grad():
        for part in module.parameters():
            part.add_(0.3 * torch.randn(part.shape))
    return module.double()


@pytest.mark.parametrize("pre_norm", [True, False])
@pytest.mark.parametrize("cross", [True, False])
@pytest.mark.parametrize("eps", [1e-5, 0.1])
def test_a_block_is_a_layer_of_torch(pre_norm, cross, eps):
    seeded(0)
    block = stirred(Block(WIDTH, HEADS, ratio=3, pre_norm=pre_norm, cross=cross, eps=eps))
    layer = torch_layer(block)
    x = torch.randn(2, 5, WIDTH).double().requires_grad_()
    may = causal_mask(5)
    if cross:
        memory = torch.randn(2, 4, WIDTH).double().requires_grad_()
        real = padding_mask(torch.tensor([4, 2]), 4)
        ours = block(x, may, memory=memory, memory_mask=real)
        hidden = {"tgt_mask": ~may, "memory_key_padding_mask": ~real[:, 0]}
        theirs = layer(x, memory, **hidden)
        inputs = (x, memory)
    else:
        ours, theirs, inputs = block(x, may), layer(x, ~may), (x,)
    assert_same(ours, theirs)
    upstream = torch.randn_like(ours)
    pairs = (torch.autograd.grad(out, inputs, upstream) for out in (ours, theirs))
    assert_same(*pairs)


@pytest.mark.parametrize("mask", [None, causal_mask(5)])
def test_looking_is_what_the_heads_do(mask):
    seeded(1)
    heads = stirred(MultiHead(WIDTH, HEADS))
    x = torch.randn(3, 5, WIDTH).double()
    assert_same(look(heads, x, mask), heads(x, mask=mask)[0])
    real = padding_mask(torch.tensor([5, 1, 3]), 5)
    assert_same(look(heads, x, real), heads(x, mask=real)[0])


def test_a_cache_grows_and_keeps_the_order():
    cache = Cache()
    assert len(cache) == 0
    first, second = torch.randn(1, 2, 3, 4), torch.randn(1, 2, 1, 4)
    K, V = cache.add(first, -first)
    assert torch.equal(K, first) and torch.equal(V, -first) and len(cache) == 3
    K, V = cache.add(second, -second)
    assert torch.equal(K, torch.cat([first, second], 2)) and torch.equal(V, -K)
    assert len(cache) == 4 and torch.equal(cache.keys, K) and torch.equal(cache.values, V)


@pytest.mark.parametrize("pre_norm", [True, False])
@pytest.mark.parametrize("cuts", [[1] * 9, [4, 1, 4], [2, 3, 3, 1], [9]])
def test_reading_in_pieces_is_reading_at_once(pre_norm, cuts):
    seeded(2)
    writer = stirred(Writer(7, width=WIDTH, heads=HEADS, pre_norm=pre_norm))
    ids = torch.randint(7, (2, 9))
    caches, parts = None, []
    for piece in ids.split(cuts, dim=1):
        logits, caches = writer(piece, caches)
        parts.append(logits)
    assert_same(torch.cat(parts, 1), writer(ids)[0])
    assert [len(cache) for cache in caches] == [9, 9]


def test_a_writer_sees_no_later_token_and_each_earlier_one():
    seeded(3)
    writer = stirred(Writer(7, width=WIDTH, heads=HEADS))
    ids = torch.randint(7, (1, 6))
    before = writer(ids)[0]
    for place in range(6):
        other = ids.clone()
        other[0, place] = (ids[0, place] + 1) % 7
        changed = (writer(other)[0] - before).abs().amax(2)[0] > 1e-9
        assert changed.tolist() == [late >= place for late in range(6)]


def test_without_the_mask_it_sees_all():
    seeded(3)
    writer = stirred(Writer(7, width=WIDTH, heads=HEADS, causal=False))
    ids = torch.randint(7, (1, 6))
    other = ids.clone()
    other[0, 5] = (ids[0, 5] + 1) % 7
    assert ((writer(other)[0] - writer(ids)[0]).abs().amax(2) > 1e-9).all()


def test_places_matter():
    seeded(4)
    writer = stirred(Writer(7, width=WIDTH, heads=HEADS, blocks=1))
    logits = writer(torch.full((1, 4), 3))[0]
    assert not torch.isclose(logits[0, 0], logits[0, 1:]).all(1).any()


def test_the_last_norm_belongs_to_pre_norm():
    assert isinstance(Writer(5).norm, nn.LayerNorm)
    assert isinstance(Writer(5, pre_norm=False).norm, nn.Identity)


def test_sizes_are_as_asked():
    writer = Writer(5, width=12, heads=3, blocks=4, ratio=2, dropout=0.25)
    assert len(writer.blocks) == 4
    for block in writer.blocks:
        assert block.attention.heads == 3 and block.dropout.p == 0.25
        assert block.feed_forward[0].out_features == 24
    assert Block(6, 2, ratio=1.5).feed_forward[0].out_features == 9


def test_dropout_is_for_training():
    seeded(5)
    block, x = Block(WIDTH, HEADS, dropout=0.5), torch.randn(1, 4, WIDTH)
    assert not torch.equal(block(x), block(x))
    block.eval()
    assert torch.equal(block(x), block(x))
    everything = Block(WIDTH, HEADS, dropout=1.0)
    assert torch.equal(everything(x), x)
    behind = Block(WIDTH, HEADS, dropout=1.0, pre_norm=False)
    assert_same(behind(x), F.layer_norm(F.layer_norm(x, (WIDTH,)), (WIDTH,)))


def test_bad_input():
    x = torch.zeros(1, 2, WIDTH)
    with pytest.raises(ValueError, match="cross=True"):
        Block(WIDTH, HEADS)(x, memory=x)
    with pytest.raises(ValueError, match="cross=True"):
        Block(WIDTH, HEADS, cross=True)(x)
    with pytest.raises(ValueError, match="3 heads cannot share"):
        Block(WIDTH, 3)


def test_waves_are_those_of_the_book_in_each_dtype():
    writer = Writer(7, width=WIDTH, heads=HEADS)
    ids = torch.randint(7, (1, 9))
    for dtype in (torch.float32, torch.float64):
        writer.to(dtype)
        for length in (3, 9, 2):
            x = writer.lookup(ids[:, :length]) + sinusoid(length, WIDTH, dtype=dtype)
            for block in writer.blocks:
                x = block(x, causal_mask(length))
            assert_same(writer(ids[:, :length])[0], writer.scores(writer.norm(x)))
