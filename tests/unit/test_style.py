import pytest
import torch
import torch.nn.functional as F

from utils.style import (
    CONTENT_LAYER,
    MEAN,
    PHOTOS,
    SPREAD,
    STYLE_LAYERS,
    Targets,
    away,
    crops,
    descend,
    features,
    gram,
    texture_layers,
    texture_network,
    total_variation,
)


def picture(seed, side=16):
    return torch.rand(3, side, side, generator=torch.Generator().manual_seed(seed))


@pytest.fixture(scope="module")
def layers():
    return texture_layers((4, 6, 8)).requires_grad_(False)


def test_layers_are_three_blocks_that_halve_and_a_seed_fixes_them():
    layers = texture_layers((4, 6, 8), seed=1)
    x = torch.rand(2, 3, 16, 16)
    assert layers(x).shape == (2, 8, 4, 4)
    assert torch.equal(layers(x), texture_layers((4, 6, 8), seed=1)(x))
    assert not torch.equal(layers(x), texture_layers((4, 6, 8), seed=2)(x))
    names = [type(layers[place]).__name__ for place in (*STYLE_LAYERS, CONTENT_LAYER)]
    assert names == ["ReLU"] * 4


def test_features_are_those_of_the_layers_in_the_order_asked_for(layers):
    image = picture(0)
    late, early = features(layers, image, [8, 1])
    x = (image[None] - MEAN) / SPREAD
    assert torch.equal(early, layers[:2](x)[0].flatten(1)) and early.shape == (4, 256)
    assert torch.equal(late, layers[:9](x)[0].flatten(1)) and late.shape == (6, 64)


def test_crops_are_pieces_in_other_colours_and_know_whose_they_are():
    ramps = [torch.full((3, 30, 40), level) for level in (0.2, 0.8)]
    ramps[0] += torch.arange(40) / 100
    x, owners = crops(ramps, 40, size=8, generator=torch.Generator().manual_seed(0))
    assert x.shape == (40, 3, 8, 8) and set(owners.tolist()) == {0, 1}
    steps = x.diff(dim=-1)
    assert steps[owners == 1].abs().max() < 1e-6
    assert steps[owners == 0].min() > 0.0059 and steps[owners == 0].max() < 0.0141
    assert x[owners == 1].mean((1, 2, 3)).std() > 0.03  # shifted


def test_gram_and_variation_are_what_the_definitions_say():
    maps = torch.tensor([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]])
    torch.testing.assert_close(gram(maps), torch.tensor([[5.0, 2.0], [2.0, 10.0]]) / 6)
    image = torch.tensor([[[0.0, 1.0], [3.0, 3.0]]])
    assert total_variation(image).item() == 0.5 + 2.5
    assert away(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 2.0])).item() == 0.25


def test_losses_are_zero_where_they_should_and_gram_forgets_places(layers):
    content, style = picture(1), picture(2)
    losses = Targets(layers, content, style).losses(content)
    assert losses.content == 0 and losses.style > 0.01
    assert losses.smooth == total_variation(content)
    assert Targets(layers, content, style).losses(style).style == 0
    parts = [
        F.mse_loss(gram(a), gram(b)) / gram(b).square().mean()
        for a, b in zip(
            *(features(layers, p, STYLE_LAYERS) for p in (content, style)), strict=True
        )
    ]
    torch.testing.assert_close(losses.style, sum(parts) / 3)


def test_the_descent_goes_down_stays_between_0_and_1_and_leaves_the_start(layers):
    content, style = picture(1), picture(2)
    targets, start = Targets(layers, content, style), content.clone()
    weights = 0.1, 1.0, 0.1
    kept = descend(targets, content, weights, stops=[0, 2, 20])
    assert torch.equal(content, start) and torch.equal(kept[0], start)

    def total(image):
        return sum(w * part for w, part in zip(weights, targets.losses(image), strict=True))

    assert total(kept[0]) > total(kept[1]) > total(kept[2])
    assert kept[2].min() >= 0 and kept[2].max() <= 1 and not kept[2].requires_grad
    torch.testing.assert_close(descend(targets, content, weights, stops=[2])[0], kept[1])
    assert (kept[1] - kept[0]).abs().max() < 2.5 * 0.03


def test_only_the_ratio_of_the_weights_counts_for_adam(layers):
    targets = Targets(layers, picture(1), picture(2))
    one, ten = (
        descend(targets, picture(1), (0.1 * k, k, 0.1 * k), stops=[10])[0] for k in (1.0, 10.0)
    )
    assert (one - ten).abs().mean() < 1e-3


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"stops": [5, 2]}, "ascend"),
        ({"stops": [-1, 2]}, "ascend"),
        ({"stops": [2, 2]}, "ascend"),
        ({"stops": [1], "weights": (1, -1, 0)}, "negative"),
    ],
)
def test_impossible_settings_are_refused(layers, settings, message):
    with pytest.raises(ValueError, match=message):
        descend(
            Targets(layers, picture(1), picture(2)),
            picture(1),
            **{"weights": (1, 1, 1), **settings},
        )


def test_the_trained_network_is_frozen_and_better_than_chance():
    layers = texture_network(steps=2, batch=4)
    assert not any(part.requires_grad for part in layers.parameters())
    untrained = texture_layers()
    assert any(
        not torch.equal(one, other)
        for one, other in zip(layers.parameters(), untrained.parameters(), strict=True)
    )
    assert len(PHOTOS) == len(set(PHOTOS))
