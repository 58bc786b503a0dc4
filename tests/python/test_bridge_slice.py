# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The Python package: cutting a module in memory and what its optimizer remembers."""

import copy
import json

import pytest
import torch
from torch import nn

import bridge
import checks
import program
import small_networks
from bridge import prunec
from small_networks import IMAGES, LABELS, RULES, digits_resnet, norm_edits, report_of


@pytest.fixture(scope="module")
def report():
    return prunec.prune(digits_resnet(), rules=RULES, strategy="all", ratio=0.5, example=IMAGES)


def random_norms(model):
    random = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point() and tensor.ndim == 1:
                tensor.copy_(torch.rand(tensor.shape, generator=random) + 0.5)
    return model.eval()


def read(document):
    return prunec.Report.parse(json.dumps(document))


def step(model, optimizer):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(IMAGES), LABELS).backward()
    optimizer.step()


def backward(model):
    nn.functional.cross_entropy(model(IMAGES), LABELS).backward()


def snapshot(model):
    """Everything that a failed cut must leave alone."""
    tensors = {key: (tensor.data_ptr(), tensor.shape, tensor.clone()) for key, tensor in model.state_dict(keep_vars=True).items()}
    gradients = {name: None if parameter.grad is None else parameter.grad.clone() for name, parameter in model.named_parameters()}
    return tensors, gradients, str(model)


def must_be_as_before(model, before):
    tensors, gradients, text = snapshot(model)
    assert text == before[2]
    for key, (pointer, shape, content) in before[0].items():
        assert tensors[key][:2] == (pointer, shape) and checks.same_bits(tensors[key][2], content)
    for name, gradient in before[1].items():
        assert gradient is None and gradients[name] is None or torch.equal(gradient, gradients[name])


def test_frozen_parameters_gradients_and_graphs_that_live(report):
    model = digits_resnet()
    model.conv1.weight.requires_grad_(False)
    loss = nn.functional.cross_entropy(model(IMAGES), LABELS)
    loss.backward(retain_graph=True)
    gradient = model.layer1[0].conv1.weight.grad.clone()
    kept = next(site.kept for site in report.channels if site.path == "layer1.0.bn1")
    assert prunec.slice_(model, report) is model
    assert torch.equal(model.layer1[0].conv1.weight.grad, gradient[list(kept)])
    assert not model.conv1.weight.requires_grad and model.fc.weight.requires_grad
    backward(model)  # `loss` and its graph of the old shapes are still there
    assert loss.grad_fn is not None and model.layer1[0].conv1.weight.grad.shape == model.layer1[0].conv1.weight.shape


def test_the_class_and_the_attributes_stay(report):
    model = digits_resnet()
    parameters = list(model.parameters())
    prunec.slice_(model, report)
    assert type(model).__name__ == "DigitsResNet" and all(one is other for one, other in zip(parameters, model.parameters(), strict=True))
    bridge.check_numbers(model)
    assert model.layer1[0].bn1.num_features == 7 and model.layer1[0].conv2.in_channels == 7
    assert list(model.state_dict()) == list(digits_resnet().state_dict())
    copy.deepcopy(model).load_state_dict(model.state_dict())


def test_the_memory_format_stays(report):
    model = digits_resnet().to(memory_format=torch.channels_last)
    prunec.slice_(model, report)
    assert all(parameter.is_contiguous(memory_format=torch.channels_last) for parameter in model.parameters() if parameter.ndim == 4)


def test_a_shared_layer_is_cut_once():
    model = random_norms(small_networks.Shared())
    kept = [0, 2, 5]
    edits = norm_edits("bn", "first", kept) + [{"tensor": "left.weight", "axis": 1, "kept": kept}]
    prunec.slice_(model, read(report_of("bn", 6, kept, edits)), example=IMAGES)
    assert model.left.weight is model.right.weight and model.left.weight.shape == (4, 3, 1, 1) and model.right.in_channels == 3
    twice = edits + [{"tensor": "right.weight", "axis": 1, "kept": kept}]
    prunec.slice_(random_norms(small_networks.Shared()), read(report_of("bn", 6, kept, twice)), example=IMAGES)
    other = edits + [{"tensor": "right.weight", "axis": 1, "kept": [0, 1, 2]}]
    with pytest.raises(prunec.SliceError, match="one tensor"):
        prunec.slice_(random_norms(small_networks.Shared()), read(report_of("bn", 6, kept, other)))


def test_each_group_takes_its_own_columns():
    kept = [0, 2, 3, 4]  # of the inputs 0..2 and 3..5 of the two groups
    model = random_norms(small_networks.Grouped())
    weight = model.grouped.weight.detach().clone()
    optimizer = bridge.trained_optimizer(model)
    momentum = optimizer.state[model.grouped.weight]["momentum_buffer"].clone()
    document = report_of("bn", 6, kept, norm_edits("bn", "first", kept) + [{"tensor": "grouped.weight", "axis": 1, "kept": kept, "groups": 2}])
    report = read(document)
    prunec.slice_(model, report, example=IMAGES)
    prunec.slice_optimizer_(optimizer, model, report)
    expected = lambda whole: torch.cat([whole[:4, [0, 2]], whole[4:, [0, 1]]])  # noqa: E731
    assert torch.equal(model.grouped.weight, expected(weight)) and model.grouped.in_channels == 4 and model.grouped.groups == 2
    assert torch.equal(optimizer.state[model.grouped.weight]["momentum_buffer"], expected(momentum))


@pytest.mark.parametrize("kept, edits, match", [
    ([0, 1, 2, 3], [{"tensor": "grouped.weight", "axis": 1, "kept": [0, 1, 2, 3], "groups": 2}], "keep"),
    ([0, 1, 2, 3], [{"tensor": "grouped.weight", "axis": 0, "kept": [0, 1, 2, 3], "groups": 3}], "groups|positions"),
    ([0, 9], [], "positions"), ([3, 1], [], "positions"), ([], [], "positions"),
    ([0, 1], [{"tensor": "grouped.weight", "axis": 7, "kept": [0]}], "no axis 7"),
    ([0, 1], [{"tensor": "nothing.weight", "axis": 0, "kept": [0]}], "nothing.weight"),
])
def test_edits_that_do_not_fit_change_nothing(kept, edits, match):
    model = random_norms(small_networks.Grouped())
    before = snapshot(model)
    with pytest.raises(prunec.SliceError, match=match):
        prunec.slice_(model, read(report_of("bn", 6, kept, norm_edits("bn", "first", kept) + edits)))
    must_be_as_before(model, before)


def test_a_report_of_another_or_a_sliced_model_changes_nothing(report):
    model = small_networks.Shared()
    before = snapshot(model)
    with pytest.raises(prunec.SliceError, match="another model"):
        prunec.slice_(model, report)
    must_be_as_before(model, before)
    sliced = prunec.slice_(digits_resnet(), report)
    before = snapshot(sliced)
    with pytest.raises(prunec.SliceError, match="sliced already"):
        prunec.slice_(sliced, report)
    must_be_as_before(sliced, before)


def test_a_wrong_kept_channel_is_found_by_the_proof_and_taken_back(report):
    document = copy.deepcopy(dict(report.raw))
    edit = next(edit for edit in document["edits"] if edit["tensor"] == "layer1.0.conv1.weight" and edit["axis"] == 0)
    gone = next(channel for channel in range(16) if channel not in edit["kept"])
    edit["kept"] = sorted([gone] + edit["kept"][1:])
    model = digits_resnet()
    backward(model)
    before = snapshot(model)
    with pytest.raises(prunec.SliceError, match="differ"):
        prunec.slice_(model, read(document), example=IMAGES)
    must_be_as_before(model, before)
    missing = {**document, "edits": [edit for edit in report.raw["edits"] if edit["tensor"] != "layer1.0.conv2.weight"]}
    with pytest.raises(prunec.SliceError, match="does not run"):
        prunec.slice_(model, read(missing), example=IMAGES)
    must_be_as_before(model, before)
    prunec.slice_(model, report, example=IMAGES)


def test_numbers_in_code_must_be_proven(report):
    document = {**report.raw, "code": [{"path": "layer1", "method": "forward", "before": 16, "after": 7}]}
    with pytest.raises(prunec.SliceError, match="layer1.forward.*example="):
        prunec.slice_(digits_resnet(), read(document))
    prunec.slice_(digits_resnet(), read(document), example=IMAGES)


KEPT_OF_HALVES = [0, 1, 2, 4]  # all of the left half, one of the right one


def halves_report():
    edits = norm_edits("bn", "first", KEPT_OF_HALVES) + [{"tensor": "right.weight", "axis": 1, "kept": [1]}]
    place = {"path": "", "method": "forward", "nodes": [9]}
    code = [{**place, "operation": "aten::chunk", "argument": "parts", "before": [3, 3], "after": [3, 1]},
            {**place, "operation": "aten::reshape", "argument": "size", "element": 1, "before": [3], "after": [1], "nodes": [17]}]
    return report_of("bn", 6, KEPT_OF_HALVES, edits, code=code)


def test_numbers_in_the_code_of_a_class_are_led_elsewhere(tmp_path):
    model = random_norms(small_networks.Halves())
    optimizer = bridge.trained_optimizer(model)
    report = read(halves_report())
    prunec.slice_(model, report, example=IMAGES)
    prunec.slice_optimizer_(optimizer, model, report)
    step(model, optimizer)
    twin = copy.deepcopy(model)
    assert twin.forward.module is twin and torch.equal(twin(IMAGES), model(IMAGES))
    with pytest.warns(UserWarning, match="other numbers since it was sliced"):
        prunec.export(model, tmp_path / "sliced.pt", IMAGES)
    torch.testing.assert_close(prunec.load(tmp_path / "sliced.pt")(IMAGES), model(IMAGES))
    with pytest.raises(prunec.BridgeError, match="cannot be scripted"):
        prunec.export(model, tmp_path / "sliced.pt", form="script")


@pytest.mark.parametrize("spoil", [{"after": [1, 3]}, {"after": [2, 2]}, {"argument": "other"}])
def test_wrong_numbers_in_code_are_found_by_the_proof_and_taken_back(spoil):
    model = random_norms(small_networks.Halves())
    before = snapshot(model)
    document = halves_report()
    document["code"][0].update(spoil)
    with pytest.raises(prunec.SliceError, match="does not run|differ"):
        prunec.slice_(model, read(document), example=IMAGES)
    must_be_as_before(model, before)
    assert "forward" not in vars(model)
    prunec.slice_(model, read(halves_report()), example=IMAGES)


def test_a_second_cut_replaces_the_numbers_of_the_first():
    model = random_norms(small_networks.Halves())
    prunec.slice_(model, read(halves_report()), example=IMAGES)
    kept = [0, 2, 3]  # of the four that are left
    edits = norm_edits("bn", "first", kept) + [{"tensor": "left.weight", "axis": 1, "kept": [0, 2]}]
    code = [{"path": "", "method": "forward", "nodes": [3], "operation": "aten::split_with_sizes", "argument": "parts", "before": [3, 1], "after": [2, 1]}]
    prunec.slice_(model, read(report_of("bn", 4, kept, edits, code=code)), example=IMAGES)
    assert [list(edit.after) for edit in model.forward.edits] == [[2, 1], [1]]


def test_a_forward_that_is_not_of_the_class_is_refused():
    model = random_norms(small_networks.Halves())
    model.forward = lambda x: x
    with pytest.raises(prunec.SliceError, match="`forward` of its own"):
        prunec.slice_(model, read(halves_report()), example=IMAGES)


def test_attributes_must_be_there(report):
    for attribute, match in (({"path": "conv1", "name": "groups", "before": 3, "after": 2}, "speaks of 3"),
                             ({"path": "conv9", "name": "groups", "before": 1, "after": 1}, "conv9.groups")):
        model = digits_resnet()
        before = snapshot(model)
        with pytest.raises(prunec.SliceError, match=match):
            prunec.slice_(model, read({**report.raw, "attributes": [attribute]}))
        must_be_as_before(model, before)


def test_a_distributed_wrapper_is_refused(report):
    with pytest.raises(prunec.SliceError, match="DataParallel.*model.module"):
        prunec.slice_(nn.DataParallel(digits_resnet()), report)


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True),
    "sgd-foreach": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, foreach=True),
    "sgd-fused": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, fused=True),
    "adam": lambda p: torch.optim.Adam(p, lr=1e-3, amsgrad=True),
    "adamw-foreach": lambda p: torch.optim.AdamW(p, lr=1e-3, foreach=True),
    "adam-fused": lambda p: torch.optim.Adam(p, lr=1e-3, fused=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=1e-3),
    "adadelta": lambda p: torch.optim.Adadelta(p),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=1e-3, momentum=0.9, centered=True),
    "rprop": lambda p: torch.optim.Rprop(p, lr=1e-3),
    "nadam": lambda p: torch.optim.NAdam(p, lr=1e-3),
    "adafactor": lambda p: torch.optim.Adafactor(p, lr=1e-3),
    "asgd": lambda p: torch.optim.ASGD(p, lr=1e-3),
}


def cut_by_hand(value, shape, edits):
    """A state's tensor at the kept positions; axes of length 1 stand for all positions."""
    if not isinstance(value, torch.Tensor) or value.ndim != len(shape):
        return copy.deepcopy(value)
    channels_last = value.ndim == 4 and value.is_contiguous(memory_format=torch.channels_last) and not value.is_contiguous()
    for edit in edits:
        if value.shape[edit.axis] > 1:
            value = value.index_select(edit.axis, torch.tensor(edit.kept))
    # Fused optimizers take it for granted that parameter and state lie in memory alike.
    return value.clone(memory_format=torch.channels_last if channels_last else torch.contiguous_format)


@pytest.mark.parametrize("memory_format", [torch.contiguous_format, torch.channels_last], ids=["contiguous", "channels-last"])
@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_the_optimizer_goes_on(report, make, memory_format):
    model = digits_resnet().to(memory_format=memory_format)
    groups = [{"params": list(model.fc.parameters()), "lr": 1e-4}, {"params": [p for n, p in model.named_parameters() if not n.startswith("fc")]}]
    optimizer = make(groups)
    for _ in range(3):
        step(model, optimizer)
    edits = {}
    for edit in report.edits:
        edits.setdefault(edit.tensor, []).append(edit)
    by_hand = {name: {key: cut_by_hand(value, parameter.shape, edits.get(name, [])) for key, value in optimizer.state[parameter].items()}
               for name, parameter in model.named_parameters()}

    prunec.slice_(model, report)
    assert prunec.slice_optimizer_(optimizer, model, report) is optimizer

    twin = copy.deepcopy(model)
    names = {name: parameter for name, parameter in twin.named_parameters()}
    fresh = make([{"params": [p for n, p in names.items() if n.startswith("fc")], "lr": 1e-4},
                  {"params": [p for n, p in names.items() if not n.startswith("fc")]}])
    for name, parameter in names.items():
        fresh.state[parameter].update(by_hand[name])
    for _ in range(2):
        step(model, optimizer)
        step(twin, fresh)
    for (name, parameter), other in zip(model.named_parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(parameter, other, rtol=1e-5, atol=1e-7, msg=lambda text, name=name: f"{name}: {text}")
    optimizer.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    prunec.slice_optimizer_(optimizer, model, report)  # what is cut already is left alone
    step(model, optimizer)


def test_uncut_momentum_would_not_go_on(report):
    model = digits_resnet()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    step(model, optimizer)
    prunec.slice_(model, report)
    with pytest.raises(RuntimeError):
        step(model, optimizer)


def test_an_optimizer_without_state_or_before_the_cut(report):
    model = digits_resnet()
    optimizer = torch.optim.Adam(model.parameters())
    prunec.slice_optimizer_(optimizer, model, report)  # nothing is remembered yet
    step(model, optimizer)
    with pytest.raises(prunec.SliceError, match="not sliced yet"):
        prunec.slice_optimizer_(optimizer, model, report)
    step(model, optimizer)


def test_lbfgs_is_refused(report):
    model = digits_resnet()
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=2)

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(IMAGES), LABELS)
        loss.backward()
        return loss

    optimizer.step(closure)
    prunec.slice_(model, report)
    with pytest.raises(prunec.SliceError, match="new optimizer"):
        prunec.slice_optimizer_(optimizer, model, report)


def test_rounds_of_pruning_and_training():
    model = digits_resnet()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)
    sizes = []
    for _ in range(3):
        step(model, optimizer)
        round_report = prunec.prune(model, rules=RULES, strategy="all", ratio=0.2, example=IMAGES)
        prunec.slice_optimizer_(optimizer, prunec.slice_(model, round_report, example=IMAGES), round_report)
        step(model, optimizer)
        sizes.append(sum(parameter.numel() for parameter in model.parameters()))
        assert sizes[-1] == round_report.totals.parameters.after
    assert sizes[0] > sizes[1] > sizes[2]


def test_every_rule_file_has_a_network_that_is_cut_in_memory():
    """Either by the checks that all networks share or by a call of its own."""
    checked = [text for text in (path.read_text() for path in program.HERE.glob("test_*.py"))
               if "from network_checks import *" in text or "from resnet_checks import *" in text or "bridge.check_sliced(" in text or "prunec.slice_(" in text]
    missing = [rules.stem for rules in program.RULES.glob("*.prune") if not any(f'"{rules.stem}"' in text for text in checked)]
    assert not missing
