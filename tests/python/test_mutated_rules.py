# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""Every single change of a shipped rule file that could change what is coupled: left out, split or widened ties, members that are no longer
carried, skipped members of a tie, wrong labels. prunec must refuse each, or what it then prunes must be proven equal to the masked
model all the same. One that is accepted and not proven would be a hole."""

import collections
import re

import pytest

import program

NETWORKS = {
    "resnet18": ("torchvision", "resnet18", "all"),
    "resnet50": ("torchvision", "resnet50", "all"),
    "preact_resnet18": ("preact_resnet", "preact_resnet18", "all"),
    "se_resnet18": ("se_resnet", "se_resnet18", "all"),
    "resnext50": ("torchvision", "resnext50_32x4d", "all-drop"),
    "mobilenet_v2": ("torchvision", "mobilenet_v2", "all"),
    "shufflenet_v2": ("torchvision", "shufflenet_v2_x1_0", "all"),
    "xception": ("xception", "xception", "middle"),
    "densenet121": ("torchvision", "densenet121", "all"),
    "darknet53": ("timm", "darknet53", "all"),
}


def split(sites):
    return [site.strip() for site in sites.split(",")]


def changes_of_tie(line):
    """Other versions of a `tie` or `concat-propagate`; an empty one leaves it out."""
    words = re.fullmatch(r"(\s*(?:tie|concat-propagate) )(.*?)((?: across [^b]*?)?)((?: by \w+)?)((?: carrying .*)?)", line)
    head, sites, across, policy, carrying = words.groups()
    yield "the tie is left out", ""
    members = split(sites)
    if len(members) > 1:
        for site in members:
            rest = ", ".join(other for other in members if other != site)
            yield f"`{site}` is left out", f"{head}{rest}{across}{policy}{carrying}"
        half = len(members) // 2
        parts = [", ".join(members[:half]), ", ".join(members[half:])]
        yield "the tie is split", "\n".join(f"{head}{part}{across}{policy}{carrying}" for part in parts)
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
            rest = [other for other in carried if other != site]
            yield f"`{site}` is not carried", f"{head}{sites}{across}{policy}" + (" carrying " + ", ".join(rest) if rest else "")
    for site in members:
        yield f"`{site}` is skipped from its second on", f"{line}\n  skip last 1 of {site}"


def mutants(text):
    """(what was changed, the rules with it)"""
    for tie in re.findall(r"^ *(?:tie|concat-propagate) .*$", text, re.MULTILINE):
        for what, other in changes_of_tie(tie):
            yield what, text.replace(tie, other)
    for where in sorted(set(re.findall(r" where [a-z]+ = \d+(?:, [a-z]+ = \d+)*", text))):
        yield f"no{where}", text.replace(where, "", 1)
        yield f"another{where}", text.replace(where, re.sub(r"\d+$", "99", where), 1)
    for bound in sorted(set(re.findall(r"\{block=\d+\.\.\d+\}", text))):
        low, high = map(int, re.findall(r"\d+", bound))
        if high > low:
            yield f"one fewer than {bound}", text.replace(bound, f"{{block={low}..{high - 1}}}", 1)
        yield f"one more than {bound}", text.replace(bound, f"{{block={low}..{high + 1}}}", 1)


@pytest.mark.parametrize("architecture", NETWORKS)
def test_no_mutant_is_wrongly_accepted(architecture, model_file, tmp_path, capsys):
    source, network, strategy = NETWORKS[architecture]
    model = model_file(source, network, "traced")
    facts = tmp_path / "model.facts.json"
    program.succeeds(program.prunec("inspect", model, "--input", "1x3x64x64", "--facts", facts))
    text = (program.RULES / f"{architecture}.prune").read_text()
    text = re.sub(r"\n *(ratio|skip) .*", "", text)
    verdicts = collections.Counter()
    wrong = []
    for number, (what, changed) in enumerate(mutants(text)):
        rules = tmp_path / f"mutant{number}.prune"
        rules.write_text(changed)
        checked = program.prunec("check", rules, "--strategy", strategy, "--facts", facts)
        if checked.returncode == 1:
            verdicts["refused"] += 1
            continue
        ratio = 0.02 if architecture == "densenet121" else 0.4
        pruned = program.apply(model, "--rules", rules, "--strategy", strategy, "--ratio", ratio, "--dry-run")
        verdicts["harmless" if pruned.returncode == 0 and "verified:" in pruned.stdout else "wrongly accepted"] += 1
        if pruned.returncode != 0 or "verified:" not in pruned.stdout:
            wrong.append((what, pruned.stdout + pruned.stderr))
    with capsys.disabled():
        print(f"\n{architecture} {strategy}: {sum(verdicts.values())} mutants, {verdicts['refused']} refused, {verdicts['harmless']} harmless, "
              f"{verdicts['wrongly accepted']} wrongly accepted")
    assert not wrong, wrong
    assert verdicts["refused"] > 0
