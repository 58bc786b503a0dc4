# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""A detector, which takes a list of images and needs operators that LibTorch does not have, through its backbone's rules."""

import warnings

import pytest
import torch

import models
import program

RULES = """prunec 1
architecture faster_rcnn
site bn1 = backbone.body.layer{stage}.{block}.bn1
site bn2 = backbone.body.layer{stage}.{block}.bn2
strategy inner { prune bn1, bn2 }
"""


@pytest.fixture(scope="module")
def pruned(tmp_path_factory):
    from torchvision.models.detection import fasterrcnn_resnet50_fpn

    folder = tmp_path_factory.mktemp("detector")
    torch.manual_seed(0)
    model = fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()
    models.give_distinct_norms(model, seed=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.jit.script(model).save(str(folder / "model.pt"))
    (folder / "detector.prune").write_text(RULES)
    program.succeeds(program.apply("model.pt", "--rules", "detector.prune", "--ratio", "0.4", input_shape="1x3x96x128", cwd=folder))
    return model, folder


def test_every_pyramid_level_equals_the_masked_one_in_python(pruned):
    import json

    model, folder = pruned
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sliced = torch.jit.load(str(folder / "model.pruned.pt")).double().eval()
    report = json.loads((folder / "model.pruned.json").read_text())
    assert report["totals"]["parameters"]["after"] < 0.8 * report["totals"]["parameters"]["before"]
    masked = model.double()
    with torch.no_grad():
        for channel in report["channels"]:
            gone = sorted(set(range(channel["before"])) - set(channel["kept"]))
            norm = masked.get_submodule(channel["path"])
            norm.weight[gone] = 0
            norm.bias[gone] = 0
        image = torch.randn(1, 3, 96, 128, dtype=torch.float64, generator=torch.Generator().manual_seed(3))
        expected, actual = masked.backbone(image), sliced.backbone(image)
    assert list(expected) == list(actual)
    for level, value in expected.items():
        assert (value - actual[level]).abs().max() <= 1e-9 * value.abs().max(), level


def test_the_detector_keeps_its_own_image_size(pruned):
    _, folder = pruned
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert tuple(torch.jit.load(str(folder / "model.pruned.pt")).transform.min_size) == (800,)
