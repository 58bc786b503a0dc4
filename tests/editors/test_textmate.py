# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""The TextMate grammar, run by a TextMate engine over rule files and held against prunec's own lexer, word by word."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from textmate_grammar.parsers.base import LanguageParser

ROOT = Path(__file__).resolve().parents[2]
GRAMMAR = json.loads((ROOT / "grammar/editors/prune.tmLanguage.json").read_text())
FILES = [
    *sorted(ROOT.glob("rules/*.prune")),
    *sorted(ROOT.glob("examples/*/*.prune")),
    *sorted(ROOT.glob("tests/golden/rules/good_*.prune")),
    *sorted(ROOT.glob("tests/golden/rules/warn_*.prune")),
]


@pytest.fixture(scope="module")
def engine():
    return LanguageParser(GRAMMAR)


def lexemes(path):
    """(line, column, kind, text), counted from 0."""
    lines = subprocess.run([os.environ["LEXEME_LIST"], path], check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        row, column, kind, text = line.split("\t", 3)
        yield int(row) - 1, int(column) - 1, kind, text


def scopes(engine, text):
    """The innermost scope at each place: {(line, column): scope}."""
    found = {}
    element = engine.parse_string(text)
    for (row, column), piece, names in element.flatten() if element else []:
        for offset in range(len(piece)):
            found[row, column + offset] = names[-1]
    return found


def kind_of(scope):
    if scope.startswith("keyword.control."):
        return "keyword"
    if scope.startswith("string."):
        return "text"
    if scope.startswith("comment."):
        return "comment"
    return "other"


def differences(engine, path, text):
    found = scopes(engine, text)
    for row, column, kind, word in lexemes(path):
        wanted = kind if kind in ("keyword", "text", "comment") else "other"
        for offset in range(len(word)):
            scope = found.get((row, column + offset), "none")
            if kind_of(scope) != wanted:
                yield f"{path.name}:{row + 1}:{column + offset + 1}: {word!r} is {kind}, but {scope}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_editor_and_lexer_agree(engine, path):
    text = path.read_text()
    if not text.isascii():
        pytest.skip("columns are bytes")  # none of the files today
    assert list(differences(engine, path, text)) == []


def test_a_difference_is_seen(tmp_path):
    crippled = json.loads(json.dumps(GRAMMAR))
    crippled["repository"]["keywords"]["match"] = crippled["repository"]["keywords"]["match"].replace("|ratio", "").replace("|divisible", "")
    path = tmp_path / "net.prune"
    path.write_text("prunec 1\narchitecture net\nstrategy all {\n  ratio 40%\n}\n")
    crippled["scopeName"] = "source.crippled"
    assert any("'ratio' is keyword" in line for line in differences(LanguageParser(crippled), path, path.read_text()))


def test_names_labels_and_choices(engine):
    found = scopes(engine, "site bn2 = layer{stage=2..}.*.bn2 where block = 3\n  tie bn2 across stage by quota\ndivisible 32 round up\nratio 2.5%\n")
    assert found[0, 5].startswith("entity.name.type.site")
    assert found[0, 17].startswith("variable.parameter.label")
    assert found[0, 23].startswith("constant.numeric")
    assert found[0, 28].startswith("keyword.operator.wildcard")
    assert found[0, 40].startswith("variable.parameter.label")
    assert found[0, 48].startswith("constant.numeric")
    assert found[1, 17].startswith("variable.parameter.label")
    assert found[1, 26].startswith("support.constant.policy")
    assert found[2, 19].startswith("support.constant.rounding")
    assert found[3, 6].startswith("constant.numeric")
    assert found[3, 9].startswith("keyword.other.unit")
