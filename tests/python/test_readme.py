# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What the README shows is true: its rule file, its commands, its lines of Python, its links. The quickstart's output is held by test_quickstart."""

import re
import shutil

import pytest
import torch
import torchvision

import bridge
import models
import program

ROOT = program.HERE.parent.parent
README = (ROOT / "README.md").read_text()


def block(after, language=""):
    """The first block of this language behind a text."""
    return re.search(rf"^```{language}\n(.*?)^```", README[README.index(after):], re.MULTILINE | re.DOTALL).group(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, model_file):
    folder = tmp_path_factory.mktemp("readme")
    shutil.copy(model_file("torchvision", "resnet18", "scripted"), folder / "model.pt")
    (folder / "my.prune").write_text(block("removes unimportant channels"))
    return folder


def test_every_command_works(folder):
    commands = [line.split("#")[0].split() for line in block("## Use").splitlines()]
    assert len(commands) > 8 and all(command[0] == "prunec" for command in commands)
    for command in commands:
        program.succeeds(program.prunec(*command[1:], cwd=folder))
    assert {"model.pruned.pt", "model.pruned.json", "model.pruned.html", "f.json", "my.plan.toml"} <= {path.name for path in folder.iterdir()}
    assert (folder / "my.prune").read_text() == block("removes unimportant channels"), "the rule file is not laid out as `prunec fmt` does"


def test_a_model_is_written_as_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"`(torch\.jit\.[^`]*\.save\([^`]*)`", README)
    assert len(lines) == 2
    for line in lines:
        exec(line, {"torch": torch, "model": torchvision.models.resnet18(weights=None), "images": torch.randn(2, 3, 64, 64)})
        program.succeeds(program.prunec("inspect", "model.pt", "--input", "1x3x64x64", cwd=tmp_path))


def test_every_command_is_named():
    commands = re.findall(r"^  (\w+) +\S", program.prunec("--help").stdout.partition("Commands:")[2].partition("`prunec COMMAND")[0], re.MULTILINE)
    assert len(commands) > 12 and [command for command in commands if f"prunec {command}" not in README] == []


def test_the_lines_of_python_work():
    model = torchvision.models.resnet18(weights=None)
    models.give_distinct_norms(model, seed=1)
    images = torch.randn(2, 3, 64, 64)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model(images).sum().backward()
    optimizer.step()
    names = {"prunec": bridge.prunec, "model": model, "images": images, "optimizer": optimizer}
    exec(block("In Python, from a module", "python"), names)
    model(images).sum().backward()
    optimizer.step()
    assert sum(parameter.numel() for parameter in model.parameters()) == names["report"].totals.parameters.after


@pytest.mark.parametrize("path", [path for path in ROOT.rglob("*.md") if not {"build", ".git", ".venv"} & set(path.relative_to(ROOT).parts)],
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing
