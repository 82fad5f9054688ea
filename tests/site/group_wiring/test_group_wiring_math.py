"""The ways, costs and lights of the demo, against torch."""

import itertools

import pytest
import torch

from utils.widgets.group_wiring import GROUPS, LAYERS, GroupWiring

STATES = [
    {"groups": groups, "layers": layers} for groups, layers in itertools.product(GROUPS, LAYERS)
]
POINTED = [
    *({"input": channel, "output": None} for channel in (0, 5, 15)),
    *({"input": None, "output": channel} for channel in (0, 6, 15)),
    {"input": 1, "output": 4},
    {"input": None, "output": None},
]
NAMES = ("routes", "heard", "weights", "multiplyAdds")


@pytest.fixture(scope="module")
def found(open_module):
    """What the module says of each state."""
    calls = [(name, state) for state in STATES for name in NAMES]
    answers = iter(open_module("group_wiring/math").call_each(calls))
    return [{name: next(answers) for name in NAMES} for _ in STATES]


def test_ways_and_costs_are_those_of_torch(found):
    for state, seen in zip(STATES, found, strict=True):
        demo = GroupWiring(**state)
        assert seen["routes"] == demo.routes.tolist()
        assert seen["weights"] == demo.weights
        assert seen["multiplyAdds"] == demo.multiply_adds
        assert {seen["heard"]} == set((demo.routes > 0).sum(1).tolist())


def test_channels_go_where_torch_shuffles_them(open_module):
    calls = [
        ("placeBetween", {"groups": groups, "layers": layers}, channel)
        for groups in GROUPS
        for layers in LAYERS
        for channel in range(16)
    ]
    places = iter(open_module("group_wiring/math").call_each(calls))
    for groups, layers in itertools.product(GROUPS, LAYERS):
        went = torch.tensor([next(places) for _ in range(16)])
        channels = torch.arange(16.0).view(1, 16, 1, 1)
        if layers == "shuffled":
            channels = torch.nn.functional.channel_shuffle(channels, groups)
        assert torch.equal(channels.flatten().long()[went], torch.arange(16))


def test_wires_light_up_along_the_ways_alone(open_module):
    calls = [("lit", state, pointed) for state in STATES for pointed in POINTED]
    answers = iter(open_module("group_wiring/math").call_each(calls))
    for state, pointed in itertools.product(STATES, POINTED):
        demo, light = GroupWiring(**state), next(answers)
        once = GroupWiring(groups=state["groups"]).routes.bool()
        first, second = (torch.tensor(light[name]) for name in ("first", "second"))
        middles = torch.tensor(light["middles"])
        inputs, outputs = torch.zeros(16, dtype=bool), torch.zeros(16, dtype=bool)
        inputs[slice(None) if pointed["input"] is None else pointed["input"]] = True
        outputs[slice(None) if pointed["output"] is None else pointed["output"]] = True
        if state["layers"] == "one":
            assert torch.equal(first, once & inputs[:, None] & outputs)
            assert not second.any() and not middles.any()
            continue
        after = once
        if state["layers"] == "shuffled":
            order = torch.nn.functional.channel_shuffle(
                torch.arange(16.0).view(1, 16, 1, 1), state["groups"]
            )
            after = once[order.flatten().long().argsort()]  # a row for each middle channel
        wanted = once[inputs].any(0) & after[:, outputs].any(1)
        assert torch.equal(middles, wanted)
        assert torch.equal(first, once & inputs[:, None] & after[:, outputs].any(1))
        assert torch.equal(second, after & outputs & once[inputs].any(0)[:, None])
        ways = (first[inputs][:, :, None] & second[:, outputs]).sum(1)
        assert torch.equal(ways, demo.routes[outputs][:, inputs].T)


def test_the_story_leaves_the_task_to_the_reader(open_module):
    module = open_module("group_wiring/math")
    state = {"groups": 1, "layers": "one"}
    told = [state]
    while (state := module.call("nextScene", state)) is not None:
        told.append(state)
    assert [scene["groups"] for scene in told] == [1, 2, 4, 8, 16, 8, 8]
    assert [scene["layers"] for scene in told][-2:] == ["two", "shuffled"]
    assert {"groups": 4, "layers": "shuffled"} not in told
    assert module.call("nextScene", {"groups": 2, "layers": "two"})["layers"] == "two"
