# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import hashlib
import os
from pathlib import Path

import pytest

for module in ("bridge", "checks", "network_checks", "resnet_checks", "refusals", "program", "readme"):
    pytest.register_assert_rewrite(module)

import models  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(1)  # the program under test runs beside


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory):
    """Where exported models are kept: exporting one costs seconds. ctest names a folder of the build, so that runs share it."""
    named = os.environ.get("PRUNEC_TEST_MODELS")
    folder = Path(named) if named else tmp_path_factory.mktemp("models")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def model_file(model_folder):
    """model_file(source, architecture, form): the path of the exported model. Tests must not write to it."""
    import timm
    import torchvision

    sources = [Path(models.__file__), *sorted(models.OWN.glob("*.py"))]
    recipe = b"".join(source.read_bytes() for source in sources) + f"{torch.__version__} {torchvision.__version__} {timm.__version__}".encode()
    version = hashlib.sha256(recipe).hexdigest()[:12]

    def make(source, architecture, form):
        path = model_folder / f"{source}-{architecture}-{form}-{version}.pt"
        if not path.exists():
            # Another test may be making the same file: each writes its own and the last rename wins.
            unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
            models.export(models.build(source, architecture), form, unfinished)
            unfinished.replace(path)
        return path

    return make
