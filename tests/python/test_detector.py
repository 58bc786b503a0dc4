# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""A detector, which takes a list of images and needs operators that LibTorch does not have, through its backbone's rules."""

import copy
import json
import warnings

import pytest
import torch

import bridge
import checks
import models
import program


def frozen_detector():
    """With the norms that torchvision's pretrained detectors have."""
    from torchvision.models.detection import FasterRCNN
    from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
    from torchvision.ops.misc import FrozenBatchNorm2d

    backbone = resnet_fpn_backbone(backbone_name="resnet50", weights=None, norm_layer=FrozenBatchNorm2d, trainable_layers=3)
    model = FasterRCNN(backbone, 91).eval()
    random = torch.Generator().manual_seed(1)
    for norm in (module for module in model.modules() if isinstance(module, FrozenBatchNorm2d)):
        width = len(norm.weight)
        norm.weight.copy_(torch.randn(width, generator=random))
        norm.bias.copy_(torch.randn(width, generator=random) * 0.2)
        norm.running_mean.copy_(torch.randn(width, generator=random) * 0.2)
        norm.running_var.copy_(torch.rand(width, generator=random) + 0.5)
    return model


def plain_detector():
    from torchvision.models.detection import fasterrcnn_resnet50_fpn

    model = fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()
    models.give_distinct_norms(model, seed=1)
    return model


@pytest.fixture(scope="module", params=[(plain_detector, "backbone-inner"), (frozen_detector, "backbone-all"), (frozen_detector, "fpn")],
                ids=["plain", "frozen", "frozen-fpn"])
def pruned(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("detector")
    torch.manual_seed(0)
    make, strategy = request.param
    model = make()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.jit.script(model).save(str(folder / "model.pt"))
    program.succeeds(program.apply("model.pt", "--rules", "faster_rcnn_resnet50_fpn", "--strategy", strategy, "--ratio", "0.4",
                                   input_shape="1x3x96x128", cwd=folder))
    return model, folder


def test_the_module_in_memory_is_cut_alike_and_trains_on(pruned):
    model, folder = pruned
    report = bridge.prunec.Report.read(folder / "model.pruned.json")
    sliced = copy.deepcopy(model)
    optimizer = bridge.trained_optimizer(sliced)
    bridge.prunec.slice_(sliced, report)
    bridge.prunec.slice_optimizer_(optimizer, sliced, report)
    written = bridge.prunec.load(folder / "model.pruned.pt")
    state = written.state_dict()
    assert list(sliced.state_dict()) == list(state)
    wrong = [key for key, tensor in sliced.state_dict().items() if not checks.same_bits(tensor, state[key])]
    assert not wrong, f"not what the pruned model holds: {wrong}"
    bridge.check_numbers(sliced)
    image = torch.rand(1, 3, 96, 128, generator=torch.Generator().manual_seed(4))
    with torch.no_grad():
        one, other = sliced.backbone(image), written.eval().backbone(image)
    assert all(checks.relative_difference(other[level], value) <= bridge.SAME for level, value in one.items())

    torch.manual_seed(5)
    target = {"boxes": torch.tensor([[8.0, 8.0, 60.0, 50.0]]), "labels": torch.tensor([1])}
    losses = sliced.train()([torch.rand(3, 96, 128)], [target])
    sum(losses.values()).backward()
    trained = sliced.backbone.body.layer4[0].conv1.weight  # the first layers of the frozen one stay as they are
    before = trained.detach().clone()
    optimizer.step()
    assert not torch.equal(before, trained)


def test_every_pyramid_level_equals_the_masked_one_in_python(pruned):
    model, folder = pruned
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sliced = torch.jit.load(str(folder / "model.pruned.pt")).double().eval()
    report = json.loads((folder / "model.pruned.json").read_text())
    assert report["totals"]["parameters"]["after"] < 0.9 * report["totals"]["parameters"]["before"]
    streams = [channel for channel in report["channels"] if channel["path"].endswith("bn3")]
    assert all(channel["after"] < channel["before"] for channel in streams) and bool(streams) == (report["plan"]["strategy"] == "backbone-all")
    masked = model.double()
    with torch.no_grad():
        assert {channel["kind"] for channel in report["channels"]} <= {"batch_norm", "frozen_batch_norm", "layer"}
        for channel in report["channels"]:
            gone = sorted(set(range(channel["before"])) - set(channel["kept"]))
            norm = masked.get_submodule(channel["path"])
            norm.weight[gone] = 0
            norm.bias[gone] = 0
        kept = {channel["path"]: channel["kept"] for channel in report["channels"]}.get("backbone.fpn.layer_blocks.0.0", range(256))
        image = torch.randn(1, 3, 96, 128, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
        expected, actual = masked.backbone(image), sliced.backbone(image)
    assert list(expected) == list(actual)
    for level, value in expected.items():
        assert value.shape[1] == 256 and value.abs().max() > 0
        value = value[:, list(kept)]
        assert (value - actual[level]).abs().max() <= 1e-9 * value.abs().max(), level


def test_the_detector_keeps_its_own_image_size(pruned):
    _, folder = pruned
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert tuple(torch.jit.load(str(folder / "model.pruned.pt")).transform.min_size) == (800,)


OTHERS = {"retinanet_resnet50_fpn": "faster_rcnn_resnet50_fpn", "fasterrcnn_resnet50_fpn_v2": "faster_rcnn_resnet50_fpn",
          "fasterrcnn_mobilenet_v3_large_fpn": None}


@pytest.mark.parametrize("name", OTHERS)
def test_other_detectors_are_proven_too(name, tmp_path):
    """The proof compares every layer of unchanged width and all detections, in double precision."""
    from torchvision.models import detection

    torch.manual_seed(0)
    model = getattr(detection, name)(weights=None, weights_backbone=None).eval()
    models.give_distinct_norms(model, seed=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.jit.script(model).save(str(tmp_path / "model.pt"))
    (tmp_path / "all.prune").write_text("prunec 1\narchitecture any\n\nsite norm = **\n\nstrategy backbone-all {\n  prune norm\n  tie from graph\n}\n")
    result = program.succeeds(program.apply("model.pt", "--rules", OTHERS[name] or "all.prune", "--strategy", "backbone-all", "--ratio", 0.4, "--dry-run",
                                            "--format", "json", input_shape="1x3x96x128", cwd=tmp_path))
    report = json.loads(result.stdout)
    assert report["verification"]["passed"] and report["verification"]["max_rel_diff"] < 1e-9
    assert report["totals"]["macs"]["after"] < 0.9 * report["totals"]["macs"]["before"]
