# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
"""Budgets on real networks: what the pruned model uses, counted by PyTorch, and what is said when a budget cannot be met."""

import csv
import json

import pytest

from models import build, export
from program import RULES, apply, fails, prunec, succeeds, without_chance

SHAPE = "1x3x64x64"


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("networks")
    paths = {}
    for architecture in ("resnet18", "mobilenet_v2"):
        paths[architecture] = folder / f"{architecture}.pt"
        export(build("torchvision", architecture), "scripted", paths[architecture])
    return paths


def pruned(model, architecture, folder, *arguments):
    report = folder / "report.json"
    out = folder / "pruned.pt"
    result = succeeds(apply(model, "--rules", architecture, "--strategy", "all", "-o", out, "--report", report, "--force", *arguments))
    return json.loads(report.read_text()), result.stdout


def used(report, resource):
    if resource == "channels":
        return {side: sum(site[side] for site in report["channels"]) for side in ("before", "after")}
    return report["totals"][{"params": "parameters", "macs": "macs"}[resource]]


@pytest.mark.parametrize("architecture", ["resnet18", "mobilenet_v2"])
@pytest.mark.parametrize("resource, share", [("macs", 0.5), ("params", 0.3), ("channels", 0.7)])
def test_is_met_by_what_the_pruned_model_uses(networks, tmp_path, architecture, resource, share):
    report, said = pruned(networks[architecture], architecture, tmp_path, f"--{resource}", f"{100 * share:g}%")
    assert report["verification"]["passed"]
    assert report["request"] == {"kind": f"budget {resource}", "value": share}
    spent = used(report, resource)
    assert report["budget"]["used"] == spent, "the solver counted otherwise than the model was cut"
    assert spent["after"] <= report["budget"]["limit"] <= share * spent["before"]
    assert spent["after"] > 0.99 * share * spent["before"], "much of the budget is left over"
    assert 0 <= report["budget"]["gap"] < 0.2  # the bound is weak on scores that are nearly alike
    assert f"budget {resource}" in said


def test_a_sweep_is_what_apply_does(networks, tmp_path):
    succeeds(prunec("sweep", networks["resnet18"], "--rules", "resnet18", "-s", "all", "--input", SHAPE, "--macs", "90%,70%,50%,30%",
                    "-o", tmp_path / "curve"))
    curve = json.loads((tmp_path / "curve.json").read_text())
    rows = list(csv.DictReader((tmp_path / "curve.csv").open()))
    assert [float(row["asked"]) for row in rows] == [1, 0.9, 0.7, 0.5, 0.3]
    kept = [float(row["kept_score"]) for row in rows]
    assert kept == sorted(kept, reverse=True)
    report, _ = pruned(networks["resnet18"], "resnet18", tmp_path, "--macs", "50%")
    point = curve["points"][2]
    assert point["usage"]["macs"] == report["totals"]["macs"]["after"]
    assert point["usage"]["parameters"] == report["totals"]["parameters"]["after"]
    assert dict(zip(curve["layers"], point["widths"])) == {site["path"]: site["after"] for site in report["channels"]}
    assert (tmp_path / "curve.svg").read_text().endswith("</svg>\n")


def test_latency_goes_by_the_measured_table(networks, tmp_path):
    table = tmp_path / "table.json"
    succeeds(prunec("bench", networks["resnet18"], "--input", SHAPE, "--device", "cpu", "--table", table))
    measured = json.loads(table.read_text())
    assert len(measured["layers"]) == 21, "20 convolutions and the classifier"
    assert all(time > 0 for layer in measured["layers"] for time in layer["picoseconds"])
    without_chance(table)
    report, _ = pruned(networks["resnet18"], "resnet18", tmp_path, "--latency", "60%", "--latency-table", table)
    budget = report["budget"]
    assert 0 < budget["used"]["after"] <= budget["limit"] <= 0.6 * budget["used"]["before"]
    assert report["verification"]["passed"]
    fails(apply(networks["mobilenet_v2"], "--rules", "mobilenet_v2", "--latency", "60%", "--latency-table", table, "-o", tmp_path / "x.pt"),
          1, "P0554")
    fails(apply(networks["resnet18"], "--rules", "resnet18", "--latency", "60%", "-o", tmp_path / "x.pt"), 2, "P0802")


def test_out_of_reach_names_the_statements_in_conflict(networks, tmp_path):
    rules = tmp_path / "wide.prune"
    rules.write_text((RULES / "resnet18.prune").read_text() +
                     "\nstrategy wide extends all {\n  keep at least 90% of bn1, bn2\n  divisible 4 of stem\n  budget macs 40%\n}\n")
    result = fails(apply(networks["resnet18"], "--rules", rules, "--strategy", "wide", "-o", tmp_path / "x.pt"), 1, "P0606")
    assert "`keep at least` holds" in result.stderr and "`divisible`" not in result.stderr
    assert "ask for `budget macs " in result.stderr
    least = result.stderr.split("ask for `budget macs ")[1].split("`")[0]
    report, _ = pruned(networks["resnet18"], "resnet18", tmp_path, "--macs", "40%")
    assert report["budget"]["used"]["after"] <= 0.4 * report["budget"]["used"]["before"]
    succeeds(apply(networks["resnet18"], "--rules", rules, "--strategy", "wide", "--macs", least, "-o", tmp_path / "x.pt"))


def test_why_speaks_of_the_budget(networks):
    result = succeeds(prunec("why", networks["resnet18"], "layer1.0.bn1:0", "--rules", "resnet18", "-s", "all", "--macs", "50%",
                             "--input", SHAPE))
    assert "`budget macs` keeps the" in result.stdout and "threshold" not in result.stdout
