# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The Python package: running the program, its report and its errors, export and load, the penalty, and that it is typed, documented, installable."""

import doctest
import importlib.util
import json
import os
import subprocess
import sys

import pytest
import torch
from torch import nn

import bridge
import program
import small_networks
from bridge import prunec
from small_networks import IMAGES, LABELS, RULES, digits_resnet


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def prune(model, **options):
    return prunec.prune(model, **{"rules": RULES, "strategy": "all", "ratio": 0.5, "example": IMAGES, **options})


def test_a_module_is_pruned_on_paper(work):
    model = digits_resnet().train()
    state = {key: tensor.clone() for key, tensor in model.state_dict().items()}
    report = prune(model)
    assert isinstance(report, prunec.Report) and report.verification.passed and report.output.path == ""
    assert report.totals.parameters.before == sum(parameter.numel() for parameter in model.parameters())
    assert model.training and all(module.training for module in model.modules())
    assert all(torch.equal(tensor, state[key]) for key, tensor in model.state_dict().items())
    assert list(work.iterdir()) == []


@pytest.mark.parametrize("amount", [0.5, "50%"])
@pytest.mark.parametrize("budget", ["macs", "params", "channels"])
def test_budgets(work, budget, amount):
    report = prune(digits_resnet(), ratio=None, **{budget: amount})
    assert (report.request.kind, report.request.value) == (f"budget {budget}", 0.5)
    totals = {"macs": report.totals.macs, "params": report.totals.parameters}.get(budget)
    assert totals is None or 0.4 < totals.after / totals.before <= 0.5


def test_a_budget_of_measured_time(work):
    prunec.export(digits_resnet(), "model.pt")
    program.succeeds(program.prunec("bench", "model.pt", "--table", "times.json", "--input", "1x1x8x8", cwd=work))
    program.without_chance(work / "times.json")
    report = prune(digits_resnet(), ratio=None, latency="60%", latency_table="times.json")
    assert report.request.kind == "budget latency" and report.totals.parameters.removed > 0
    with pytest.raises(prunec.ProgramError):
        prune(digits_resnet(), ratio=None, latency="60%", latency_table="none.json")


def test_the_report_of_a_dry_run_can_be_kept(work):
    report = prune(digits_resnet(), report="r.json")
    assert prunec.Report.read("r.json") == report
    with pytest.raises(prunec.BridgeError, match="exists already"):
        prune(digits_resnet(), report="r.json")
    prune(digits_resnet(), report="r.json", force=True)


def test_a_file_is_pruned_to_a_file(work):
    prunec.export(digits_resnet(), "model.pt")
    report = prune("model.pt", input=(1, 1, 8, 8), example=None)
    assert sorted(path.name for path in work.iterdir()) == ["model.pruned.json", "model.pruned.pt", "model.pt"]
    assert prunec.Report.read("model.pruned.json") == report
    pruned = prunec.load(report)
    assert sum(parameter.numel() for parameter in pruned.parameters()) == report.totals.parameters.after
    assert torch.equal(prunec.load("model.pruned.pt")(IMAGES), pruned(IMAGES))


def test_a_module_is_pruned_to_a_file(work):
    report = prune(digits_resnet(), output="small.pt")
    assert sorted(path.name for path in work.iterdir()) == ["small.json", "small.pt"]
    sliced = prunec.slice_(digits_resnet(), report, example=IMAGES).eval()
    torch.testing.assert_close(sliced(IMAGES), prunec.load(report)(IMAGES))


def test_warnings_of_the_program_come_along(work):
    report = prune(digits_resnet(), ratio=0.0)
    assert [warning.code for warning in report.warnings] == ["P0602"] and report.warnings[0].severity == "warning"


def test_a_refusal_is_an_exception_with_the_diagnostics(work):
    text = RULES.read_text()
    (work / "changed.prune").write_text(text.replace(" carrying down, stem", " carrying down"))
    with pytest.raises(prunec.ProgramError) as caught:
        prune(digits_resnet(), rules="changed.prune")
    error = caught.value
    assert error.exit_code == 1 and set(error.codes) == {"P0506"}
    diagnostic = next(diagnostic for diagnostic in error.diagnostics if diagnostic.severity == "error")
    assert diagnostic.path == "changed.prune" and diagnostic.line is not None and diagnostic.notes and diagnostic.help
    assert "P0506" in str(error) and diagnostic.message in str(error)
    assert [path.name for path in work.iterdir()] == ["changed.prune"]


@pytest.mark.parametrize("options, exit_code, code", [
    ({"strategy": "nonsense"}, 2, "P0807"), ({"rules": "no-such-rules"}, 2, "P0806"), ({"ratio": 1.5}, 2, "P0802"),
    ({"options": ["--no-such-flag"]}, 2, "P0801"), ({"ratio": 0.5, "threshold": 0.1}, 2, "P0802"),
])
def test_bad_arguments(work, options, exit_code, code):
    with pytest.raises(prunec.ProgramError) as caught:
        prune(digits_resnet(), **options)
    # A command line that cannot be read has no `--format` yet: then the text is all there is.
    assert caught.value.exit_code == exit_code and caught.value.codes in ((code,), ()) and code in str(caught.value)


def test_the_program_must_be_there(work, monkeypatch):
    with pytest.raises(prunec.ProgramMissing, match="nowhere"):
        prune(digits_resnet(), program="nowhere")
    monkeypatch.setenv("PRUNEC", "/nowhere/prunec")
    with pytest.raises(prunec.ProgramMissing, match="PRUNEC"):
        prune(digits_resnet())
    monkeypatch.delenv("PRUNEC")
    monkeypatch.setenv("PATH", str(work))
    with pytest.raises(prunec.ProgramMissing, match="PATH"):
        prunec.find_program()


def test_a_program_that_dies_without_a_word(work):
    dying = work / "dying"
    dying.write_text("#!/bin/sh\necho half a word >&2\nkill -9 $$\n")
    dying.chmod(0o755)
    with pytest.raises(prunec.ProgramError, match="half a word") as caught:
        prune(digits_resnet(), program=dying)
    assert caught.value.exit_code == -9 and caught.value.diagnostics == ()


@pytest.mark.parametrize("text, match", [
    ("{", "no JSON"), ("[]", "no report"), ('{"a": 1}', "no report"), ('{"schema": 2}', "schema 2"), ('{"schema": 1}', "incomplete"),
    ('{"schema": 1, "model": 3}', "damaged"),
])
def test_foreign_reports(work, text, match):
    (work / "r.json").write_text(text)
    with pytest.raises(prunec.ReportError, match=match) as caught:
        prunec.Report.read("r.json")
    assert "r.json" in str(caught.value)


def test_a_missing_or_binary_report(work):
    with pytest.raises(prunec.ReportError, match="cannot be read"):
        prunec.Report.read("missing.json")
    (work / "r.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(prunec.ReportError, match="cannot be read"):
        prunec.Report.read("r.json")


class Unscriptable(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Dropout())

    def forward(self, x, *rest, **named):
        return self.inner(x)


def test_export_scripts_or_traces(work):
    model = digits_resnet().train()
    model.layer2.eval()
    modes = [module.training for module in model.modules()]
    prunec.export(model, "scripted.pt", form="script")
    assert [module.training for module in model.modules()] == modes
    prunec.export(model, "traced.pt", IMAGES, form="trace")
    assert [module.training for module in model.modules()] == modes
    torch.testing.assert_close(prunec.load("scripted.pt")(IMAGES), prunec.load("traced.pt")(IMAGES))
    with pytest.warns(UserWarning, match="traced"):
        prunec.export(Unscriptable(), "third.pt", IMAGES)
    assert not torch.jit.load("third.pt").training
    for options, match in (({"form": "script"}, "cannot be scripted"), ({}, "give `example=`"), ({"example": torch.zeros(3)}, "cannot be traced")):
        with pytest.raises(prunec.BridgeError, match=match):
            prunec.export(Unscriptable(), "none.pt", **options)
    assert sorted(path.name for path in work.iterdir()) == ["scripted.pt", "third.pt", "traced.pt"]


def test_load_refuses_what_is_no_model(work):
    (work / "text.pt").write_text("no model")
    for given, match in (("text.pt", "no TorchScript"), ("missing.pt", "no such model"), (prune(digits_resnet()), "dry run")):
        with pytest.raises(prunec.BridgeError, match=match):
            prunec.load(given)


VOTERS = [f"layer{stage}.{block}.{norm}" for stage in (1, 2, 3) for block in (0, 1, 2) for norm in ("bn1", "bn2")]


@pytest.mark.parametrize("strategy, sites", [("inner", [path for path in VOTERS if path.endswith("bn1")]), ("all", VOTERS)])
def test_the_penalty_reaches_what_the_plan_prunes_and_nothing_else(work, strategy, sites):
    model = digits_resnet()
    program.succeeds(program.prunec("compile", RULES, "--strategy", strategy, "-o", "some.plan.toml", cwd=work))
    report = prune(model, strategy=strategy, report="r.json")
    for plan in (report, "r.json", work / "some.plan.toml"):
        model.zero_grad()
        penalty = prunec.sparsity(model, plan, 0.25, example=IMAGES)
        penalty.backward()
        reached = {name for name, parameter in model.named_parameters() if parameter.grad is not None}
        assert reached == {f"{path}.weight" for path in sites}
        expected = 0.25 * sum(model.get_submodule(path).weight.abs().sum() for path in sites)
        torch.testing.assert_close(penalty, expected.detach())
        for path in sites:
            scale = model.get_submodule(path).weight
            assert torch.equal(scale.grad, 0.25 * scale.detach().sign())


def test_the_program_is_asked_once_for_a_plan(work, monkeypatch):
    program.succeeds(program.prunec("compile", RULES, "-o", "some.plan.toml", cwd=work))
    model = digits_resnet()
    first = prunec.sparsity(model, "some.plan.toml", 1.0, example=IMAGES)
    monkeypatch.setenv("PRUNEC", "/nowhere")
    assert torch.equal(prunec.sparsity(model, "some.plan.toml", 1.0, example=IMAGES), first)
    with pytest.raises(prunec.ProgramMissing):
        prunec.sparsity(digits_resnet(), "some.plan.toml", 1.0, example=IMAGES)


def test_the_penalty_refuses_another_network(work):
    report = prune(digits_resnet())
    with pytest.raises(prunec.SliceError, match="layer1.0.bn1"):
        prunec.sparsity(small_networks.Shared(), report, 1.0)


def test_the_docstrings_do_what_they_show(work):
    (work / RULES.name).write_text(RULES.read_text())
    ran = 0
    for name in ("", "._export", "._program", "._slice", "._optimizer", "._sparsity"):
        module = sys.modules["prunec" + name]
        for test in doctest.DocTestFinder(exclude_empty=True).find(module, module.__name__):
            model = digits_resnet()
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
            test.globs.update(prunec=prunec, torch=torch, model=model, optimizer=optimizer, images=IMAGES, labels=LABELS,
                              criterion=nn.functional.cross_entropy)
            result = doctest.DocTestRunner().run(test)
            assert result.failed == 0
            ran += result.attempted
    assert ran > 15


def test_everything_is_typed():
    pytest.importorskip("mypy", reason="mypy is not installed: the types are not checked")
    done = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", os.devnull], cwd=bridge.PACKAGE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_public_name_is_documented():
    undocumented = [name for name in prunec.__all__ if not (getattr(prunec, name).__doc__ or "").strip()]
    assert undocumented == []


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed: the installation is not tried")
def test_pip_installs_it(work):
    source = bridge.PACKAGE.parent.parent
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-cache-dir", "--target", work / "site",
               source / "examples" / "python"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"PYTHONPATH": str(work / "site")}
    code = "import prunec, importlib.metadata as m, json; print(json.dumps([prunec.__file__, m.version('prunec'), sorted(prunec.__all__)]))"
    place, version, names = json.loads(subprocess.run([sys.executable, "-c", code], cwd=work, env=environment, capture_output=True, text=True,
                                                      check=True).stdout)
    assert place.startswith(str(work)) and names == sorted(prunec.__all__)
    assert (work / "site" / "prunec" / "py.typed").exists()
    assert program.prunec("--version").stdout.split() == ["prunec", version]
