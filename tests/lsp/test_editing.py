# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What an editor sees while rules are written, with the real program behind pytest-lsp's client."""

from lsprotocol import types

RULES = """prunec 1
architecture net

site stem = bn1 where stage = 1
site bn1  = layer{stage}.{block}.bn1
site bn2  = layer{stage}.{block}.bn2

strategy inner "only inside" {
  prune bn1
}

strategy all extends inner {
  prune bn2
  tie bn2 across stage by quota carrying stem
  divisible 8 of bn1[stage=2..] round up
}

default strategy all
"""
FILE = "file:///work%20here/net.prune"


def codes(diagnostics):
    return [diagnostic.code for diagnostic in diagnostics]


async def test_diagnostics_come_and_go(editor):
    editor.open(FILE, RULES)
    assert await editor.diagnostics(FILE) == []
    editor.change(FILE, (12, 8, 12, 11, "bn9"))
    (unknown,) = await editor.diagnostics(FILE)
    assert (unknown.code, unknown.severity, unknown.source) == ("P0201", 1, "prunec")
    assert (unknown.range.start.line, unknown.range.start.character, unknown.range.end.character) == (12, 8, 11)
    assert "did you mean `bn1` or `bn2`" in unknown.message
    editor.change(FILE, (12, 8, 12, 11, "bn2"))
    assert await editor.diagnostics(FILE) == []
    editor.change(FILE, "prunec 1\n")
    assert codes(await editor.diagnostics(FILE)) == ["P0115"]


async def test_several_changes_at_once_are_in_order(editor):
    editor.open(FILE, RULES)
    editor.change(FILE, (8, 8, 8, 11, "bn"), (8, 10, 8, 10, "1, bn7"), (0, 0, 0, 0, "# a comment\n"))
    (unknown,) = await editor.diagnostics(FILE)
    assert (unknown.range.start.line, unknown.range.start.character, unknown.range.end.character) == (9, 13, 16)


async def test_files_are_apart(editor):
    other = "untitled:Untitled-1"
    editor.open(FILE, RULES)
    editor.open(other, "prunec 2\n")
    assert codes(await editor.diagnostics(other)) == ["P0106"]
    assert await editor.diagnostics(FILE) == []
    editor.close(other)
    assert await editor.said(other, lambda version, diagnostics: version is None) == []


async def test_warnings_and_related_places(editor):
    text = RULES + "site bn1 = other.bn1\nsite idle = idle\n"
    editor.open(FILE, text)
    (twice,) = await editor.diagnostics(FILE)
    assert twice.code == "P0203"
    (earlier,) = twice.related_information
    assert (earlier.location.uri, earlier.location.range.start.line) == (FILE, 4)
    editor.change(FILE, RULES + "site idle = idle\n")
    (unused,) = await editor.diagnostics(FILE)
    assert (unused.code, unused.severity, list(unused.tags)) == ("P0207", 2, [1])


async def test_definition_of_strategies(editor):
    editor.open(FILE, RULES.replace("default strategy all", "default strategy inner"))
    assert await editor.definition(FILE, 17, 18) == [(FILE, 7, 9)]  # default strategy inner
    assert await editor.definition(FILE, 11, 23) == [(FILE, 7, 9)]  # extends inner
    assert await editor.definition(FILE, 11, 10) == []  # declares one itself


async def test_definition_of_sites_and_labels(editor):
    editor.open(FILE, RULES)
    assert await editor.definition(FILE, 12, 9) == [(FILE, 5, 5)]
    assert await editor.definition(FILE, 13, 41) == [(FILE, 3, 5)]  # carrying stem
    assert await editor.definition(FILE, 14, 18) == [(FILE, 4, 5)]  # of bn1[...]
    assert [line for _, line, _ in await editor.definition(FILE, 13, 18)] == [3, 4, 5]  # across stage
    assert await editor.definition(FILE, 13, 27) == []  # quota
    assert await editor.definition(FILE, 2, 0) == []


async def test_hover(editor):
    editor.open(FILE, RULES)
    tie = await editor.hover(FILE, 13, 3)
    assert "tie SITES [across LABEL" in tie and "keep the same channels" in tie
    assert await editor.hover(FILE, 13, 33) == tie  # `carrying` belongs to it
    assert "floor(min count / n)" in await editor.hover(FILE, 13, 27)  # quota
    site = await editor.hover(FILE, 12, 8)
    assert "site bn2  = layer{stage}.{block}.bn2" in site and "`block`, `stage`" in site
    assert 'strategy inner "only inside"' in await editor.hover(FILE, 11, 22)
    assert "`bn1`, `bn2`, `stem`" in (await editor.hover(FILE, 13, 18)).replace("`stem`, `bn1`, `bn2`", "`bn1`, `bn2`, `stem`")
    assert await editor.hover(FILE, 2, 0) is None
    assert await editor.hover(FILE, 500, 500) is None


async def test_completion_by_context(editor):
    editor.open(FILE, RULES + "strategy new extends inner {\n  \n  skip \n  tie bn2 \n  tie bn2 by \n  prune bn2[\n  divisible 8 round \n}\n")
    statements = await editor.completion(FILE, 19, 2)
    assert {"prune", "skip", "tie", "divisible", "ratio", "threshold"} <= set(statements)
    assert not {"site", "architecture", "across", "quota", "bn1"} & set(statements)
    skip = await editor.completion(FILE, 20, 7)
    assert {"stem", "bn1", "bn2", "first", "last"} <= set(skip) and "tie" not in skip
    tie = await editor.completion(FILE, 21, 10)
    assert {"across", "by", "carrying"} <= set(tie) and "quota" not in tie
    assert {"mean", "quota"} <= set(await editor.completion(FILE, 22, 13))
    assert set(await editor.completion(FILE, 23, 12)) == {"block", "stage"}
    assert set(await editor.completion(FILE, 24, 20)) >= {"up", "down", "nearest"}
    assert set(await editor.completion(FILE, 18, 22)) == {"inner", "all", "new"}  # extends
    top = await editor.completion(FILE, 2, 0)
    assert {"site", "strategy", "default"} <= set(top) and "prune" not in top
    assert await editor.completion(FILE, 7, 20) == []  # inside a text


async def test_completion_replaces_the_word_that_was_begun(editor):
    editor.open(FILE, RULES)
    found = await editor.client.text_document_completion_async(types.CompletionParams(**editor.at(FILE, 12, 10)))
    edit = next(item for item in found.items if item.label == "bn1").text_edit
    assert (edit.range.start.character, edit.range.end.character, edit.new_text) == (8, 11, "bn1")


async def test_completion_below_a_mistake(editor):
    editor.open(FILE, "prunec 1\narchitecture net\nsite a = = x\nstrategy { prune a,\n  tie by by by\n  skip \n}\n")
    assert {"a", "first"} >= set(await editor.completion(FILE, 5, 7)) - {"last"}
    assert "tie" in await editor.completion(FILE, 5, 2)


async def test_formatting(editor):
    editor.open(FILE, RULES)
    assert await editor.edits(FILE) == []
    editor.change(FILE, (8, 0, 8, 11, "      prune     bn1   # why"))
    (edit,) = await editor.edits(FILE)
    assert edit.new_text == "  prune bn1  # why\n"
    assert (edit.range.start.line, edit.range.end.line, edit.range.end.character) == (8, 9, 0)
    editor.change(FILE, (8, 0, 9, 0, edit.new_text))
    assert await editor.edits(FILE) == []
    editor.change(FILE, (8, 0, 8, 4, "  oops"))
    assert await editor.edits(FILE) is None


async def test_corrections(editor):
    text = RULES.replace("prune bn1\n", "prune bn1;\n").replace("prune bn2\n", "prune bn2;\n")
    editor.open(FILE, text)
    assert codes(await editor.diagnostics(FILE)) == ["P0108", "P0108"]
    one, every = await editor.actions(FILE, 8, 11, 8, 11)
    assert (one.title, one.kind, one.is_preferred) == ("Remove `;`", "quickfix", True)
    (edit,) = one.edit.changes[FILE]
    assert (edit.range.start.line, edit.range.start.character, edit.range.end.character, edit.new_text) == (8, 11, 12, "")
    assert every.kind == "source.fixAll.prunec"
    (edit,) = every.edit.changes[FILE]
    editor.change(FILE, (edit.range.start.line, edit.range.start.character, edit.range.end.line, edit.range.end.character, edit.new_text))
    assert await editor.diagnostics(FILE) == []
    assert await editor.actions(FILE, 8, 0, 9, 0) == []


async def test_outline(editor):
    editor.open(FILE, RULES)
    found = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(text_document=types.TextDocumentIdentifier(uri=FILE))
    )
    assert [(symbol.detail, symbol.name) for symbol in found][:5] == [
        ("site", "stem"), ("site", "bn1"), ("site", "bn2"), ("strategy", "inner"), ("strategy", "all"),
    ]  # fmt: skip
    assert [child.name for child in found[4].children] == [
        "prune bn2", "tie bn2 across stage by quota carrying stem", "divisible 8 of bn1[stage=2..] round up",
    ]  # fmt: skip
    for symbol in found:
        assert (symbol.range.start.line, symbol.range.start.character) <= (symbol.selection_range.start.line, symbol.selection_range.start.character)


EMOJI = RULES.replace('"only inside"', '"🚀 only 中 inside" extends al')  # two units of UTF-16, then one


async def test_places_are_units_of_utf16(editor):
    assert editor.client.prunec_capabilities.position_encoding == "utf-16"
    editor.open(FILE, EMOJI)
    (unknown,) = await editor.diagnostics(FILE)
    assert (unknown.range.start.character, unknown.range.end.character) == (42, 44)
    editor.change(FILE, (7, 16, 7, 18, "🙂🙂"))
    (unknown,) = await editor.diagnostics(FILE)
    assert unknown.range.start.character == 44
    editor.change(FILE, (7, 17, 7, 20, ""))  # from inside the first emoji to behind the second: whole characters go
    (unknown,) = await editor.diagnostics(FILE)
    assert unknown.range.start.character == 40


async def test_places_are_bytes_when_both_sides_can(editor_of_bytes):
    editor = editor_of_bytes
    assert editor.client.prunec_capabilities.position_encoding == "utf-8"
    editor.open(FILE, EMOJI)
    (unknown,) = await editor.diagnostics(FILE)
    assert (unknown.range.start.character, unknown.range.end.character) == (46, 48)
    editor.change(FILE, (7, 46, 7, 48, "all"))
    assert codes(await editor.diagnostics(FILE)) == ["P0209"]


async def test_without_related_places_they_are_told(editor_of_bytes):
    editor_of_bytes.open(FILE, RULES + "site bn1 = other.bn1\n")
    (twice,) = await editor_of_bytes.diagnostics(FILE)
    assert not twice.related_information
    assert "note: line 5:" in twice.message
