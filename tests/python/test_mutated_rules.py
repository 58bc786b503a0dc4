# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Every single change of a shipped rule file that could change what is coupled: left out, split or widened ties, members that are no longer
carried or pruned, skipped members of a tie, wrong labels. prunec must refuse each, or what it then prunes must be proven equal to the masked
model all the same. One that is accepted and not proven would be a hole."""

import collections
import re
import time
import warnings

import pytest
import torch

import models
import program

# Rules, the network, and the strategies whose statements are changed: those that no other one extends. Behind a slash, the file that is
# changed in place of the rules' own.
NETWORKS = {
    "resnet18": ("torchvision", "resnet18", ["all"]),
    "resnet50": ("torchvision", "resnet50", ["all"]),
    "preact_resnet18": ("preact_resnet", "preact_resnet18", ["all"]),
    "preact_resnet50": ("preact_resnet", "preact_resnet50", ["all"]),
    "se_resnet18": ("se_resnet", "se_resnet18", ["all", "squeeze"]),
    "se_resnet50": ("se_resnet", "se_resnet50", ["all", "squeeze"]),
    "resnext50": ("torchvision", "resnext50_32x4d", ["all", "all-drop"]),
    "resnext50_paths": ("resnext_paths", "resnext50_paths", ["paths", "vanishing"]),
    "mobilenet_v2": ("torchvision", "mobilenet_v2", ["all"]),
    "efficientnet_lite0": ("lite", "efficientnet_lite0", ["all"]),
    "shufflenet_v2": ("torchvision", "shufflenet_v2_x1_0", ["right-branch", "all", "all-select"]),
    "xception": ("xception", "xception", ["middle"]),
    "densenet121": ("torchvision", "densenet121", ["all", "all-select"]),
    "darknet53": ("timm", "darknet53", ["all"]),
    "darknet53_numbered": ("darknet_numbered", "darknet53", ["all"]),
    "faster_rcnn_resnet50_fpn": ("detection", "fasterrcnn_resnet50_fpn", ["fpn"]),
    "faster_rcnn_resnet50_fpn/resnet50": ("detection", "fasterrcnn_resnet50_fpn", ["backbone-all"]),
}
SMALL = {"detection": "1x3x64x96"}


def test_every_shipped_file_is_among_them():
    assert {name.split("/")[0] for name in NETWORKS} == {file.stem for file in program.RULES.glob("*.prune")}


def special_network(source, path):
    """Networks that the other tests make in other ways."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        if source == "lite":
            from efficientnet_lite_pytorch import EfficientNet

            model = EfficientNet.from_name("efficientnet-lite0").eval()
            models.give_distinct_norms(model, seed=1)
            torch.jit.trace(model, torch.randn(1, 3, 64, 64)).save(str(path))
        else:
            from torchvision.models.detection import fasterrcnn_resnet50_fpn

            model = fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None, min_size=64, max_size=96).eval()
            models.give_distinct_norms(model, seed=1)
            torch.jit.script(model).save(str(path))
    return path


def split(sites):
    return [site.strip() for site in sites.split(",")]


def without(items, item):
    return ", ".join(other for other in items if other != item)


def changes_of_tie(line, sites_of_file):
    """Other versions of a `tie` or `concat-propagate`; an empty one leaves it out."""
    words = re.fullmatch(r"(\s*(?:tie|concat-propagate) )(.*?)((?: across [^b]*?)?)((?: by \w+)?)((?: carrying .*)?)", line)
    head, sites, across, policy, carrying = words.groups()
    yield "the tie is left out", ""
    members = split(sites)
    if len(members) > 1:
        for site in members:
            yield f"`{site}` is left out", f"{head}{without(members, site)}{across}{policy}{carrying}"
            if carrying:
                yield f"`{site}` is only carried", f"{head}{without(members, site)}{across}{policy}{carrying}, {site}"
        half = len(members) // 2
        parts = [", ".join(members[:half]), ", ".join(members[half:])]
        yield "the tie is split", "\n".join(f"{head}{part}{across}{policy}{carrying}" for part in parts)
    named = {re.match(r"[\w-]+", site).group() for site in members + split(carrying.removeprefix(" carrying "))if site}
    for other in sites_of_file:
        if other not in named:
            yield f"`{other}` is tied too", f"{head}{sites}, {other}{across}{policy}{carrying}"
            yield f"`{other}` is carried too", f"{head}{sites}{across}{policy}{carrying or ' carrying'}{', ' if carrying else ' '}{other}"
    if across:
        yield "tied across nothing", f"{head}{sites}{policy}{carrying}"
        labels = split(across.removeprefix(" across "))
        if len(labels) > 1:
            for label in labels:
                yield f"tied across {label} alone", f"{head}{sites} across {label}{policy}{carrying}"
    for other in ("stage", "block", "stream", "layer"):
        if across and other not in across:
            yield f"tied across {other}", f"{head}{sites} across {other}{policy}{carrying}"
    if carrying:
        carried = split(carrying.removeprefix(" carrying "))
        for site in carried:
            rest = without(carried, site)
            yield f"`{site}` is not carried", f"{head}{sites}{across}{policy}" + (" carrying " + rest if rest else "")
    for site in members:
        yield f"`{site}` is skipped from its second on", f"{line}\n  skip last 1 of {site}"


def statements(text, strategy):
    """Those of a strategy and of what it extends, in this file."""
    block = re.search(rf"^strategy {re.escape(strategy)}\b[^{{\n]*\{{(.*?)^\}}", text, re.MULTILINE | re.DOTALL)
    if block is None:
        return []
    before = re.search(r"extends ([\w-]+)", block.group().split("{")[0])
    return (statements(text, before.group(1)) if before else []) + block.group(1).strip("\n").split("\n")


def mutants(text, strategy):
    """(what was changed, the rules with it)"""
    sites_of_file = re.findall(r"^site ([\w-]+)", text, re.MULTILINE)
    lines = statements(text, strategy)
    for line in lines:
        if re.match(r" *(?:tie|concat-propagate) ", line):
            for what, other in changes_of_tie(line, sites_of_file):
                yield what, text.replace(line, other)
        if line.strip().startswith("prune "):
            pruned = split(line.strip().removeprefix("prune "))
            for site in pruned if len(pruned) > 1 else []:
                yield f"`{site}` is not pruned", text.replace(line, f"  prune {without(pruned, site)}")
    for where in sorted(set(re.findall(r" where [a-z]+ = \d+(?:, [a-z]+ = \d+)*", text))):
        yield f"no{where}", text.replace(where, "", 1)
        yield f"another{where}", text.replace(where, re.sub(r"\d+$", "99", where), 1)
    for bound in sorted(set(re.findall(r"\{block=\d+\.\.\d+\}", text))):
        low, high = map(int, re.findall(r"\d+", bound))
        if high > low:
            yield f"one fewer than {bound}", text.replace(bound, f"{{block={low}..{high - 1}}}", 1)
        yield f"one more than {bound}", text.replace(bound, f"{{block={low}..{high + 1}}}", 1)


class Judge:
    """Holds rules against one network, and proves what they prune when they are accepted."""

    def __init__(self, model, shape, folder):
        self.model, self.shape = model, shape
        self.facts = folder / "model.facts.json"
        program.succeeds(program.prunec("inspect", model, "--input", shape, "--facts", self.facts))

    def verdict(self, rules, strategy, ratio):
        checked = program.prunec("check", rules, "--strategy", strategy, "--facts", self.facts)
        if checked.returncode == 1:
            return "refused", ""
        pruned = program.apply(self.model, "--rules", rules, "--strategy", strategy, "--ratio", ratio, "--dry-run", input_shape=self.shape)
        # Rules that leave nothing to remove, or ask one place in the code for two widths, are told so before anything is cut.
        if pruned.returncode == 1 and set(program.codes(pruned)) <= {"P0603", "P0706"}:
            return "refused", ""
        harmless = pruned.returncode == 0 and "verified:" in pruned.stdout
        return "harmless" if harmless else "wrongly accepted", pruned.stdout + pruned.stderr


@pytest.mark.parametrize("rules", NETWORKS)
def test_no_mutant_is_wrongly_accepted(rules, model_file, tmp_path, capsys):
    started = time.monotonic()
    source, network, strategies = NETWORKS[rules]
    own, _, changed_file = rules.partition("/")
    special = source in ("lite", "detection")
    model = special_network(source, tmp_path / "model.pt") if special else model_file(source, network, "traced")
    judge = Judge(model, SMALL.get(source, "1x3x64x64"), tmp_path)
    plain = {name: re.sub(r"\n *(ratio|skip) .*", "", (program.RULES / f"{name}.prune").read_text()) for name in {own, changed_file or own}}
    for name, text in plain.items():
        (tmp_path / f"{name}.prune").write_text(text)
    verdicts = collections.Counter()
    wrong = []
    for strategy in strategies:
        # A file that is used has the statements in its own strategy of that kind.
        for what, changed in mutants(plain[changed_file or own], "all" if changed_file else strategy):
            (tmp_path / f"{changed_file or own}.prune").write_text(changed)
            verdict, told = judge.verdict(tmp_path / f"{own}.prune", strategy, 0.02 if own == "densenet121" else 0.4)
            verdicts[verdict] += 1
            if verdict == "wrongly accepted":
                wrong.append((strategy, what, told))
    with capsys.disabled():
        print(f"\n{rules} {', '.join(strategies)}: {sum(verdicts.values())} mutants, {verdicts['refused']} refused, {verdicts['harmless']} harmless, "
              f"{verdicts['wrongly accepted']} wrongly accepted ({time.monotonic() - started:.0f} s)")
    assert not wrong, wrong
    assert verdicts["refused"] > 0
