# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Tests of the tests' own reference: the practice by hand on networks small enough to check with a pencil, and the checks turned on
results that were spoilt on purpose."""

import copy

import pytest
import torch
from torch import nn

import checks
import models
import practice
import resnet_edits


def narrow(architecture, scales):
    """Every norm has these four scales."""
    paths = set(practice.voter_paths(architecture, "all")) | {"bn1"} | {f"layer{stage}.0.downsample.1" for stage in (1, 2, 3, 4)}
    return {path: list(scales) for path in paths}


def test_the_threshold_is_the_score_at_floor_of_pool_times_ratio():
    assert practice.global_threshold([[-0.5, 0.1], [0.3, -0.2, 0.4]], 0.4) == 0.3
    assert practice.global_threshold([[-0.5, 0.1], [0.3, -0.2, 0.4]], 0.39) == 0.2
    assert practice.global_threshold([[-0.5, 0.1]], 0.0) == 0.1


def test_a_free_norm_loses_what_is_strictly_below_the_threshold():
    gammas = narrow("resnet18", [0.4, -0.1, 0.3, 0.2])
    threshold, kept = practice.kept_channels("resnet18", "bn1", gammas, 0.5)
    assert threshold == 0.3
    assert kept["layer3.1.bn1"] == [0, 2]  # 0.3 itself is not below the threshold
    assert "layer3.1.bn2" not in kept and "bn1" not in kept


def test_each_voter_of_a_quota_names_its_weakest_of_what_is_left():
    gammas = narrow("resnet18", [0.9, 0.8, 0.7, 0.6])
    gammas["layer1.0.bn2"] = [0.1, 0.2, 0.9, 0.3]
    gammas["layer1.1.bn2"] = [0.1, 0.9, 0.3, 0.2]
    # 64 voting scales, six below 0.6; the threshold falls on a 0.6. Each voter counts 3, so the quota is 3 // 2 = 1.
    threshold, kept = practice.kept_channels("resnet18", "all", gammas, 0.1)
    assert threshold == 0.6
    assert kept["layer1.0.bn2"] == kept["layer1.1.bn2"] == kept["bn1"] == [1, 2]  # the first takes 0, the second 3, since 0 is gone
    assert kept["layer2.0.downsample.1"] == [0, 1, 2, 3]


def test_the_weakest_voter_count_decides_the_quota():
    gammas = narrow("resnet50", [0.9, 0.8, 0.7, 0.6])
    for block, scales in enumerate([[0.1, 0.2, 0.3, 0.6], [0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.6, 0.7]]):
        gammas[f"layer1.{block}.bn3"] = scales
    _, kept = practice.kept_channels("resnet50", "all", gammas, 0.05)
    assert kept["layer1.0.bn3"] == [0, 1, 2, 3]  # min(3, 4, 2) // 3 is nothing
    assert "bn1" not in kept


def test_ties_are_the_practices_list_entries():
    entries = practice.voter_paths("resnet18", "all")
    by_entry = [[entries[i - 2], entries[i]] for i in range(16) if i % 4 == 3]
    assert by_entry == [voters for voters, _ in practice.ties("resnet18", "all")]


def test_one_channel_always_stays():
    gammas = narrow("resnet18", [0.9, 0.8, 0.7, 0.6])
    gammas["layer1.0.bn1"] = [0.1, 0.2, 0.4, 0.3]
    assert practice.kept_channels("resnet18", "bn1", gammas, 0.5)[1]["layer1.0.bn1"] == [2]


def test_a_mean_judges_a_channel_by_all_that_share_it():
    gammas = {"first": [0.1, 0.9, -0.5, 0.2], "second": [0.6, 0.1, -0.5, 0.3], "follower": [0.0] * 4}
    # Sorted, the fourth of the eight scales is 0.3; the means are 0.35, 0.5, 0.5 and 0.25.
    threshold, kept = practice.kept_of(["first", "second"], gammas, 0.4, means=[(["first", "second"], ["follower"])])
    assert threshold == 0.3
    assert kept == {"first": [0, 1, 2], "second": [0, 1, 2], "follower": [0, 1, 2]}


@pytest.fixture(scope="module", params=[("torchvision", "resnet18", "bn1"), ("timm", "resnet18", "all"),
                                        ("timm", "resnet50", "inner"), ("torchvision", "resnet50", "all")], ids="-".join)
def pruned_by_hand(request):
    """(original, channels of a report, edits of a report, pruned network), made in Python alone."""
    source, architecture, strategy = request.param
    original = models.build(source, architecture)
    gammas = models.scales(original)
    _, kept = practice.kept_channels(architecture, strategy, gammas, 0.4)
    widths = {path: len(scales) for path, scales in gammas.items()}
    channels = [{"path": path, "before": widths[path], "after": len(stay), "kept": stay} for path, stay in kept.items()]
    edits = [{"tensor": tensor, "axis": axis, "kept": stay} for (tensor, axis), stay in resnet_edits.edits(architecture, kept, widths).items()]
    return original, channels, edits, network_with(original, checks.sliced_state(original.state_dict(), edits))


def network_with(original, state):
    network = copy.deepcopy(original)
    for path, module in network.named_modules():
        for name, _ in list(module.named_parameters(recurse=False)):
            setattr(module, name, nn.Parameter(state[f"{path}.{name}"].clone()))
        for name, _ in list(module.named_buffers(recurse=False)):
            setattr(module, name, state[f"{path}.{name}"].clone())
    return network.eval()


def some_inputs(*shapes):
    random = torch.Generator().manual_seed(7)
    return [torch.randn(shape, generator=random) for shape in shapes]


def run(network, inputs):
    with torch.no_grad():
        return [network(given) for given in inputs]


def test_pruning_by_hand_passes_every_check(pruned_by_hand):
    original, channels, edits, network = pruned_by_hand
    inputs = some_inputs(models.SHAPE, (2, 3, 96, 72))
    checks.check_state(original.state_dict(), network.state_dict(), edits)
    checks.check_outputs(original, channels, inputs, run(network, inputs))


def test_one_wrong_kept_channel_is_found(pruned_by_hand):
    original, channels, edits, _ = pruned_by_hand
    spoilt = copy.deepcopy(edits)
    victim = next(edit for edit in spoilt if edit["tensor"] == "layer1.0.bn1.weight")
    gone = next(channel for channel in range(64) if channel not in victim["kept"])
    victim["kept"] = sorted([gone] + victim["kept"][1:])
    network = network_with(original, checks.sliced_state(original.state_dict(), spoilt))
    inputs = some_inputs(models.SHAPE)
    with pytest.raises(AssertionError, match="kept positions.*layer1.0.bn1.weight"):
        checks.check_state(original.state_dict(), network.state_dict(), edits)
    with pytest.raises(AssertionError, match="differ from the masked"):
        checks.check_outputs(original, channels, inputs, run(network, inputs))


def test_a_changed_or_missing_tensor_is_found(pruned_by_hand):
    original, _, edits, network = pruned_by_hand
    state = network.state_dict()
    nudged = {**state, "fc.bias": torch.nextafter(state["fc.bias"], torch.tensor(9.0))}
    with pytest.raises(AssertionError, match="fc.bias"):
        checks.check_state(original.state_dict(), nudged, edits)
    with pytest.raises(AssertionError, match="state_dict keys"):
        checks.check_state(original.state_dict(), {key: tensor for key, tensor in state.items() if key != "fc.bias"}, edits)


def test_masking_that_does_nothing_is_no_proof(pruned_by_hand):
    original, channels, _, _ = pruned_by_hand
    whole = [{**site, "kept": list(range(site["before"]))} for site in channels]
    inputs = some_inputs(models.SHAPE)
    with pytest.raises(AssertionError, match="proves nothing"):
        checks.check_outputs(original, whole, inputs, run(original, inputs))
