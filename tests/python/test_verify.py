# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""`verify` from files alone: what it proves on real models, and that each way of spoiling the files is found."""

import json
import shutil
import warnings

import pytest
import torch

import checks
import program

RUNS = {
    "resnet18": ("resnet18", "all", "0.4"),
    "mobilenet_v2": ("mobilenet_v2", "all", "0.3"),
    "densenet121": ("densenet121", "bn2", "0.4"),
}


@pytest.fixture(scope="module")
def pruned_files(model_file, tmp_path_factory):
    """pruned_files(network, form): a folder with model.pt, model.pruned.pt and model.pruned.json. Tests must not write to it."""
    made = {}

    def make(network, form):
        if (network, form) not in made:
            folder = tmp_path_factory.mktemp(network)
            shutil.copy(model_file("torchvision", network, form), folder / "model.pt")
            rules, strategy, ratio = RUNS[network]
            program.succeeds(program.apply("model.pt", "--rules", rules, "--strategy", strategy, "--ratio", ratio, cwd=folder))
            made[network, form] = folder
        return made[network, form]

    return make


@pytest.fixture
def work(pruned_files, tmp_path):
    """A copy of the files of resnet18 that a test may spoil."""
    for file in pruned_files("resnet18", "scripted").iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path


def verify(folder, *arguments, original="model.pt"):
    return program.prunec("verify", original, "model.pruned.pt", "model.pruned.json", *arguments, cwd=folder)


def change_report(folder, change):
    path = folder / "model.pruned.json"
    report = json.loads(path.read_text())
    change(report)
    path.write_text(json.dumps(report))


def name_the_files_as_they_are(folder):
    """Lets the report's hashes be those of the files, so that only the outputs can show that something is wrong."""
    def change(report):
        report["model"]["sha256"] = checks.sha256(folder / "model.pt")
        report["output"]["sha256"] = checks.sha256(folder / "model.pruned.pt")

    change_report(folder, change)


def kept_positions(folder, key, axis, width):
    edits = json.loads((folder / "model.pruned.json").read_text())["edits"]
    return next((edit["kept"] for edit in edits if (edit["tensor"], edit["axis"]) == (key, axis)), list(range(width)))


def change_weight(path, key, rows=None):
    """Makes the largest of the weights half as large again: of all, or of those in some rows and in the columns that pruning keeps."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = torch.jit.load(str(path))
        with torch.no_grad():
            weight = dict(model.named_parameters())[key]
            part = weight.clone()
            if rows is not None:
                part.zero_()
                part[rows] = weight[rows]
                if weight.dim() > 1:
                    columns = kept_positions(path.parent, key, 1, weight.shape[1])
                    part[:, sorted(set(range(weight.shape[1])) - set(columns))] = 0
            weight.view(-1)[part.abs().argmax()] *= 1.5
        model.save(str(path))


@pytest.mark.parametrize("form", ("scripted", "traced"))
@pytest.mark.parametrize("network", RUNS)
def test_what_apply_wrote_passes(network, form, pruned_files):
    folder = pruned_files(network, form)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    found = json.loads(program.succeeds(verify(folder, "--format", "json")).stdout)["verification"]
    assert found["performed"] and found["passed"] and found["max_rel_diff"] <= 1e-4
    assert found["inputs"].split(", ").count("1x3x64x64") == 3, "three draws of the input that the report names"
    assert program.succeeds(verify(folder, "--input", "2x3x96x96")).stdout.startswith("verified: max difference")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before, "verify wrote something"


def test_a_changed_file_is_another(work):
    change_weight(work / "model.pruned.pt", "layer2.0.conv1.weight")
    result = program.fails(verify(work), 1, "P0751")
    assert "model.pruned.pt" in result.stderr and result.stdout == ""


KEYS = {"layer2.0.conv1.weight": 128, "layer4.1.bn2.weight": 512, "fc.bias": 1000}


@pytest.mark.parametrize("key", KEYS)
def test_one_changed_weight_of_the_pruned_model_shows_in_the_outputs(key, work):
    change_weight(work / "model.pruned.pt", key)
    name_the_files_as_they_are(work)
    result = program.fails(verify(work), 1, "P0701")
    assert "nothing was written" not in result.stderr, "verify writes nothing in any case"


@pytest.mark.parametrize("key, width", KEYS.items())
def test_one_changed_weight_of_the_original_shows_in_the_outputs(key, width, work):
    change_weight(work / "model.pt", key, kept_positions(work, key, 0, width))
    name_the_files_as_they_are(work)
    program.fails(verify(work), 1, "P0701")


def test_a_weight_of_a_removed_channel_does_not_matter(work):
    removed = sorted(set(range(128)) - set(kept_positions(work, "layer2.0.conv1.weight", 0, 128)))
    change_weight(work / "model.pt", "layer2.0.conv1.weight", removed)
    name_the_files_as_they_are(work)
    program.succeeds(verify(work))


@pytest.mark.parametrize("path", ("layer1.0.bn1", "layer4.0.bn2"))
def test_one_changed_position_shows_in_the_outputs(path, work):
    def change(report):
        site = next(site for site in report["channels"] if site["path"] == path)
        gone = sorted(set(range(site["before"])) - set(site["kept"]))
        site["kept"] = sorted(site["kept"][1:] + gone[:1])

    change_report(work, change)
    program.fails(verify(work), 1, "P0701")


def test_another_model_is_found(work, pruned_files, model_file):
    other = model_file("torchvision", "mobilenet_v2", "scripted")
    program.fails(verify(work, original=other), 1, "P0751")
    shutil.copy(other, work / "model.pt")
    name_the_files_as_they_are(work)
    program.fails(verify(work), 1, "P0752")


def test_another_pruned_model_is_found(work, pruned_files):
    program.succeeds(program.apply("model.pt", "--rules", "resnet18", "--strategy", "all", "--ratio", "0.3", "-o", "other.pt", cwd=work))
    shutil.move(work / "other.pt", work / "model.pruned.pt")
    program.fails(verify(work), 1, "P0751")
    name_the_files_as_they_are(work)
    program.fails(verify(work), 1, "P0752")


def test_the_report_of_another_run_is_found(work, pruned_files):
    shutil.copy(pruned_files("mobilenet_v2", "scripted") / "model.pruned.json", work)
    result = verify(work)
    assert result.returncode == 1 and program.codes(result) == ["P0751", "P0751"], result.stderr
    name_the_files_as_they_are(work)
    program.fails(verify(work), 1, "P0752")


def test_reports_that_cannot_be_read(work):
    text = (work / "model.pruned.json").read_text()
    for damaged in (text[: len(text) // 2], "", "[]", '{"schema": 1}', text.replace('"schema": 1', '"schema": 2'), text.replace('"after": ', '"after": 1')):
        (work / "model.pruned.json").write_text(damaged)
        program.fails(verify(work), 1, "P0753")
    (work / "model.pruned.json").unlink()
    program.fails(verify(work), 2, "P0803")


def test_files_that_cannot_be_read(work):
    program.fails(program.prunec("verify", "absent.pt", "model.pruned.pt", "model.pruned.json", cwd=work), 2, "P0854")
    program.fails(program.prunec("verify", "model.pt", "absent.pt", "model.pruned.json", cwd=work), 2, "P0854")
    (work / "model.pruned.pt").write_bytes((work / "model.pruned.pt").read_bytes()[:1000])
    name_the_files_as_they_are(work)
    program.fails(verify(work), 1, "P0502")
