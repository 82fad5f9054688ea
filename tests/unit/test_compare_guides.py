"""The command that hides patches, and what it hides."""

import json

import pytest
import torch

from tools import compare_guides
from utils.checks import assert_same
from utils.sequences import vision_runs as runs
from utils.sequences.vision_transformer import VisionTransformer, cut


def test_the_command_writes_a_score_for_each_guide_and_seed(tmp_path, capsys):
    file = tmp_path / "guides.json"
    compare_guides.main(["--steps", "1", "--file", str(file)])
    found = json.loads(file.read_text())
    assert list(found) == ["whole", *runs.GUIDES] == list(runs.guides_found())
    assert all(len(scores) == 3 for scores in found.values())
    assert "seed 2: whole 0." in capsys.readouterr().out


def test_what_is_stored_is_of_nets_that_have_learned():
    found = runs.guides_found()
    assert found["whole"] == pytest.approx(
        runs.found("digits")["transformer"]["test"][-1], abs=0.01
    )
    for name in runs.GUIDES:
        assert max(found[name]) < min(found["whole"]) - 0.2


def test_the_patches_of_the_highest_guess_are_blank_and_no_others():
    pictures = torch.rand(3, 1, 16, 16) + 0.1
    guess = torch.stack([torch.randperm(16) for _ in range(3)])
    left = cut(runs.blanked(pictures, 4, guess), 4)
    for row, places in enumerate(guess):
        for place, rank in enumerate(places.tolist()):
            wanted = cut(pictures, 4)[row, place]
            assert_same(left[row, place], 0 * wanted if rank >= 12 else wanted)


def test_the_guides_are_rollout_ink_and_chance():
    net, pictures = VisionTransformer(16, 4).double(), torch.rand(2, 1, 16, 16).double()
    found = runs.guides(net, pictures)
    held = torch.eye(17).double()
    for heads in net.weights(pictures)[:, 1]:
        held = (heads.mean(0) + torch.eye(17)) / 2 @ held
    assert_same(found["rollout"][1], held[0, 1:])
    assert_same(found["ink"], pictures.unfold(2, 4, 4).unfold(3, 4, 4).sum((1, 4, 5)).flatten(1))
    assert found["random"].shape == (2, 16) and found["random"].std() > 0.2
    scores = runs.scores_blanked(net, (pictures, torch.tensor([1, 2])))
    assert list(scores) == list(runs.GUIDES) and all(0 <= score <= 1 for score in scores.values())
