# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""A shipped rule file with one declaration changed, and how prunec must refuse it."""

import pytest

import program


def changed_rules(folder, architecture, changes):
    """changes: text of the rule file -> what stands in its place."""
    text = (program.RULES / f"{architecture}.prune").read_text()
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} is not once in the rules"
        text = text.replace(old, new)
    rules = folder / "changed.prune"
    rules.write_text(text)
    return rules


def check_refused(model, rules, strategy, codes, names, folder):
    """The folder holds the rules alone, before and after. `names`: what the refusal must name."""
    output, report = folder / "pruned.pt", folder / "pruned.json"
    result = program.apply(model, "--rules", rules, "--strategy", strategy, "--ratio", 0.4, "-o", output, "--report", report)
    assert result.returncode == 1, result.stdout + result.stderr
    assert set(program.codes(result)) <= codes and program.codes(result), result.stderr
    assert all(name in result.stderr for name in names), f"expected {names} in:\n{result.stderr}"
    assert f"{rules.name}:" in result.stderr, f"no place in the rule file:\n{result.stderr}"
    assert [path.name for path in folder.iterdir()] == [rules.name], "something was written"
    return result


def refusal_test(architecture, strategy, source, network, changes):
    """A test that each of the changes is refused. changes: what is changed -> ({old text: new text}, what the refusal must name)."""
    @pytest.mark.parametrize("replaced, names", changes.values(), ids=[name.replace(" ", "-") for name in changes])
    def test(replaced, names, model_file, tmp_path):
        rules = changed_rules(tmp_path, architecture, replaced)
        check_refused(model_file(source, network, "scripted"), rules, strategy, {"P0506", "P0507"}, names, tmp_path)

    return test
