# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Input that prunec cannot use. Every time: the documented exit code, one diagnostic, no output, and the input as it was."""

import copy
import ctypes
import os
import pickle
import resource
import shutil
import signal
import subprocess

import pytest
import torch
from torch import nn

import checks
import models
import program

JUDGED_BAD, USAGE = 1, 2


@pytest.fixture
def work(tmp_path):
    yield tmp_path
    shutil.rmtree(tmp_path)


@pytest.fixture(scope="session")
def model(model_file):
    return model_file("torchvision", "resnet18", "scripted")


@pytest.fixture
def own_model(model, work):
    """A copy of the model in the work folder."""
    return shutil.copy(model, work / "model.pt")


def prune(model, *arguments, rules="resnet18", strategy="all", **options):
    return program.apply(model, "--rules", rules, "--strategy", strategy, "--ratio", 0.4, *arguments, **options)


def contents(folder):
    return {path.name: checks.sha256(path) for path in folder.iterdir() if path.is_file()}


def refused(model, exit_code, code, *arguments, cwd, **options):
    """prunec refuses the model, and the folder is as it was before, the model included."""
    before = contents(cwd)
    result = program.fails(prune(model, *arguments, cwd=cwd, **options), exit_code, code)
    assert contents(cwd) == before, "files were written, changed or left behind"
    return result


# --- the model file ---


def test_missing_model(work):
    assert "absent.pt" in refused("absent.pt", USAGE, "P0854", cwd=work).stderr


def test_a_folder_in_place_of_a_model(work):
    (work / "model.pt").mkdir()
    refused("model.pt", USAGE, "P0854", cwd=work)


def give_up_roots_rights():
    """Runs in the child: root may read everything, unless these capabilities are taken from what it is about to start."""
    drop_from_bounding_set, override_permissions, read_and_search = 24, 1, 2
    for capability in (override_permissions, read_and_search):
        if ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0) != 0:
            raise OSError("the capability cannot be dropped")


def test_model_without_permission_to_read(own_model, work):
    os.chmod(own_model, 0)
    options = {"preexec_fn": give_up_roots_rights} if os.geteuid() == 0 else {}
    result = program.fails(prune(own_model, cwd="/", **options), USAGE, "P0854")
    os.chmod(own_model, 0o600)
    assert [path.name for path in work.iterdir()] == ["model.pt"], result.stderr


@pytest.mark.parametrize("text", ["", "just some text\n", "PK", "\x80\x04not really a pickle"], ids=["empty", "text", "two-letters", "pickle-like"])
def test_not_torchscript(text, work):
    (work / "model.pt").write_bytes(text.encode("latin-1"))
    refused("model.pt", JUDGED_BAD, {"P0501", "P0502"}, cwd=work)


def test_another_pickle(work):
    (work / "model.pt").write_bytes(pickle.dumps({"weights": [1, 2, 3]}))
    refused("model.pt", JUDGED_BAD, {"P0501", "P0503"}, cwd=work)


def test_another_zip_file(work):
    shutil.make_archive(str(work / "model"), "zip", program.HERE, "pytest.ini")
    os.rename(work / "model.zip", work / "model.pt")
    refused("model.pt", JUDGED_BAD, "P0501", cwd=work)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_truncated(share, own_model, work):
    os.truncate(own_model, int(os.path.getsize(own_model) * share))
    refused("model.pt", JUDGED_BAD, "P0502", cwd=work)


def test_damaged_in_the_middle(own_model, work):
    with open(own_model, "r+b") as file:
        file.seek(os.path.getsize(own_model) // 2)
        file.write(bytes(range(256)) * 8)
    result = prune("model.pt", cwd=work)
    # The records carry checksums that LibTorch does not hold them against: damage in the weights may go through, or be found.
    assert result.returncode in (0, JUDGED_BAD), result.stderr
    assert not [mark for mark in program.CRASH_MARKS if mark in result.stderr], result.stderr


@pytest.mark.parametrize("old_format", [False, True], ids=["zip", "before-zip"])
def test_state_dict(old_format, work):
    torch.save(models.build("torchvision", "resnet18").state_dict(), work / "model.pt", _use_new_zipfile_serialization=not old_format)
    assert "torch.jit" in refused("model.pt", JUDGED_BAD, {"P0503", "P0501"} if old_format else "P0503", cwd=work).stderr


# --- rules and plan against the model ---


def test_rules_that_match_nothing(own_model, work):
    (work / "other.prune").write_text("prunec 1\narchitecture other\nsite norm = features.{block}.norm\nstrategy all { prune norm }\n")
    assert "norm" in refused("model.pt", JUDGED_BAD, "P0505", rules="other.prune", cwd=work).stderr


class Small(nn.Module):
    """Has the names of a ResNet's first block and no more."""

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8)
        self.layer1 = nn.Sequential(nn.Sequential())
        self.layer1[0].add_module("conv1", nn.Conv2d(8, 8, 3, padding=1, bias=False))
        self.layer1[0].add_module("bn1", nn.BatchNorm2d(8))
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        x = self.layer1(torch.relu(self.bn1(self.conv1(x))))
        return self.fc(x.mean((2, 3)))


def test_model_that_lacks_a_site(work):
    torch.manual_seed(0)
    models.export(Small().eval(), "scripted", work / "model.pt")
    found = program.codes(prune("model.pt", cwd=work))
    assert found and set(found) == {"P0505"}
    result = prune("model.pt", cwd=work)
    assert result.returncode == JUDGED_BAD and "bn2" in result.stderr
    assert [path.name for path in work.iterdir()] == ["model.pt"]


def test_input_that_the_model_does_not_take(own_model, work):
    result = program.prunec("apply", "model.pt", "--rules", "resnet18", "--strategy", "all", "--ratio", 0.4, "--input", "1x5x64x64", cwd=work)
    program.fails(result, JUDGED_BAD, "P0504")
    assert [path.name for path in work.iterdir()] == ["model.pt"]


def test_plan_of_another_version(own_model, work):
    program.succeeds(program.prunec("compile", program.RULES / "resnet18.prune", "--strategy", "all", "-o", "some.plan.toml", cwd=work))
    text = (work / "some.plan.toml").read_text()
    old = next(line for line in text.splitlines() if line.replace(" ", "") in ("version=1", "plan=1", "prunec_plan=1", "plan_version=1"))
    (work / "some.plan.toml").write_text(text.replace(old, old.replace("1", "999"), 1))
    before = contents(work)
    result = program.fails(program.apply("model.pt", "--plan", "some.plan.toml", "--ratio", 0.4, cwd=work), JUDGED_BAD, "P0402")
    assert "999" in result.stderr and contents(work) == before


@pytest.mark.parametrize("text", ["", "version = [\n", "this is no plan\n"], ids=["empty", "broken", "text"])
def test_damaged_plan(text, own_model, work):
    (work / "some.plan.toml").write_text(text)
    before = contents(work)
    program.fails(program.apply("model.pt", "--plan", "some.plan.toml", "--ratio", 0.4, cwd=work), JUDGED_BAD, {"P0401", "P0402", "P0404"})
    assert contents(work) == before


def test_scale_that_is_no_number(work):
    model = copy.deepcopy(models.build("torchvision", "resnet18"))
    with torch.no_grad():
        models.norms(model)["layer3.0.bn1"].weight[5] = float("nan")
    models.export(model, "scripted", work / "model.pt")
    assert "layer3.0.bn1" in refused("model.pt", JUDGED_BAD, "P0601", cwd=work).stderr


# --- the command line ---


@pytest.mark.parametrize("ratio", ["1", "1.5", "-0.1", "nan", "many"])
def test_ratio_out_of_range(ratio, own_model, work):
    before = contents(work)
    program.fails(program.apply("model.pt", "--rules", "resnet18", "--strategy", "all", f"--ratio={ratio}", cwd=work), USAGE)
    assert contents(work) == before


@pytest.mark.parametrize("arguments", [("--rules", "resnet18", "--strategy", "everything"), ("--rules", "resnet19"), ("--plan", "absent.plan.toml"),
                                       ("--rules", "resnet18", "--device", "abacus"), ("--rules", "resnet18", "--input", "1x3xbig"),
                                       ("--rules", "resnet18", "--colour", "always")], ids=lambda arguments: arguments[-1])
def test_other_wrong_arguments(arguments, own_model, work):
    before = contents(work)
    result = program.apply("model.pt", *arguments, "--ratio", 0.4, cwd=work)
    assert result.returncode in (JUDGED_BAD, USAGE) and "error" in result.stderr, result.stderr
    assert not [mark for mark in program.CRASH_MARKS if mark in result.stderr], result.stderr
    assert contents(work) == before


# --- the outputs ---


@pytest.mark.parametrize("existing", ["model.pruned.pt", "model.pruned.json"])
def test_existing_output(existing, own_model, work):
    (work / existing).write_text("dear to somebody")
    assert existing in refused("model.pt", USAGE, "P0851", cwd=work).stderr
    assert (work / existing).read_text() == "dear to somebody"


@pytest.mark.parametrize("output", ["model.pt", "./model.pt", "link.pt", "hard.pt"])
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
def test_output_is_input(output, force, own_model, work):
    (work / "link.pt").symlink_to("model.pt")
    (work / "hard.pt").hardlink_to(work / "model.pt")
    refused("model.pt", USAGE, "P0855", "-o", output, *force, cwd=work)


def test_report_is_input(own_model, work):
    refused("model.pt", USAGE, "P0855", "--report", "model.pt", "--force", cwd=work)


def test_output_in_a_folder_that_is_not_there(own_model, work):
    refused("model.pt", USAGE, "P0852", "-o", "absent/pruned.pt", cwd=work)


def limit_files():
    """Writing past one megabyte fails as on a full disk. Ignoring the signal makes it an error of the write."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))


def test_file_size_limit(own_model, work):
    refused("model.pt", USAGE, "P0852", cwd=work, preexec_fn=limit_files, restore_signals=False)


def test_existing_output_survives_a_failed_write(own_model, work):
    (work / "model.pruned.pt").write_text("dear to somebody")
    refused("model.pt", USAGE, "P0852", "--force", cwd=work, preexec_fn=limit_files, restore_signals=False)


def test_existing_output_survives_a_report_that_cannot_be_written(own_model, work):
    (work / "model.pruned.pt").write_text("dear to somebody")
    (work / "reports").mkdir()
    refused("model.pt", USAGE, {"P0851", "P0852"}, "--force", "--report", "reports", cwd=work)


def test_full_disk(model, work):
    """A real one: a file system of one megabyte, in a mount namespace of its own so that nothing stays behind."""
    disk = work / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=1m tmpfs {disk}"
    if subprocess.run(["unshare", "--mount", "sh", "-c", mount], capture_output=True).returncode != 0:
        pytest.skip("mounting is not permitted here")
    arguments = f"apply {model} --rules resnet18 --strategy all --ratio 0.4 --input 1x3x64x64 -o {disk}/pruned.pt --report {disk}/pruned.json"
    script = f"{mount} && {{ {os.environ['PRUNEC']} {arguments}; code=$?; ls -A {disk} >{work}/left; exit $code; }}"
    result = subprocess.run(["unshare", "--mount", "sh", "-c", script], capture_output=True, text=True, env={**os.environ, "OMP_WAIT_POLICY": "passive"})
    program.fails(result, USAGE, "P0852")
    assert (work / "left").read_text() == "", "a part of the output was left on the full disk"
