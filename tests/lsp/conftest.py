# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

import asyncio
import os

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

PROGRAM = os.environ["PRUNEC"]


class Editor:
    """An editor with prunec behind it: what a test does with files, in short words."""

    def __init__(self, client: LanguageClient):
        self.client = client
        self.versions = {}

    def open(self, uri, text):
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri=uri, language_id="prune", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def change(self, uri, *changes):
        """Each change is a whole text, or a range as four numbers and the text for it."""
        self.versions[uri] += 1
        events = [
            types.TextDocumentContentChangeWholeDocument(text=change)
            if isinstance(change, str)
            else types.TextDocumentContentChangePartial(range=span(*change[:4]), text=change[4])
            for change in changes
        ]
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=self.versions[uri])
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(text_document=document, content_changes=events))

    def close(self, uri):
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=types.TextDocumentIdentifier(uri=uri)))

    async def diagnostics(self, uri):
        """What the server says of the newest version of the file."""
        return await self.said(uri, lambda version, diagnostics: version == self.versions[uri])

    async def said(self, uri, wanted):
        for _ in range(500):
            if uri in self.published and wanted(*self.published[uri]):
                return list(self.published[uri][1])
            await asyncio.sleep(0.01)
        raise AssertionError(f"this was not said of {uri}; said was {self.published.get(uri)}")

    @property
    def published(self):
        return self.client.prunec_published

    def at(self, uri, line, character):
        return {"text_document": types.TextDocumentIdentifier(uri=uri), "position": types.Position(line, character)}

    async def hover(self, uri, line, character):
        found = await self.client.text_document_hover_async(types.HoverParams(**self.at(uri, line, character)))
        return found and found.contents.value

    async def definition(self, uri, line, character):
        found = await self.client.text_document_definition_async(types.DefinitionParams(**self.at(uri, line, character)))
        return [(place.uri, place.range.start.line, place.range.start.character) for place in found]

    async def completion(self, uri, line, character):
        found = await self.client.text_document_completion_async(types.CompletionParams(**self.at(uri, line, character)))
        return [item.label for item in found.items]

    async def edits(self, uri):
        found = await self.client.text_document_formatting_async(
            types.DocumentFormattingParams(
                text_document=types.TextDocumentIdentifier(uri=uri), options=types.FormattingOptions(tab_size=2, insert_spaces=True)
            )
        )
        return found if found is None else list(found)

    async def actions(self, uri, *place):
        return list(
            await self.client.text_document_code_action_async(
                types.CodeActionParams(
                    text_document=types.TextDocumentIdentifier(uri=uri), range=span(*place), context=types.CodeActionContext(diagnostics=[])
                )
            )
        )


def span(start_line, start, end_line, end):
    return types.Range(types.Position(start_line, start), types.Position(end_line, end))


def make_client():
    """pytest-lsp's client, but one that keeps the version that diagnostics are about."""

    def keep(client: LanguageClient, params: types.PublishDiagnosticsParams):
        client.prunec_published[params.uri] = (params.version, params.diagnostics)

    client = LanguageClient(converter_factory=default_converter)
    client.prunec_published = {}
    register_lsp_features(client, {**DEFAULT_CLIENT_FEATURES, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: keep})
    return client


def editor_fixture(command, capabilities):
    @pytest_lsp.fixture(config=ClientServerConfig(server_command=command, client_factory=make_client))
    async def client(lsp_client: LanguageClient):
        answer = await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities))
        lsp_client.prunec_capabilities = answer.capabilities
        yield
        await lsp_client.shutdown_session()

    return client


RELATED = types.TextDocumentClientCapabilities(
    publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True)
)
client = editor_fixture([PROGRAM, "lsp", "--stdio"], types.ClientCapabilities(text_document=RELATED))
client_of_bytes = editor_fixture(
    [PROGRAM, "lsp"],
    types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=["utf-16", "utf-8"])),
)


@pytest.fixture
def editor(client):
    return Editor(client)


@pytest.fixture
def editor_of_bytes(client_of_bytes):
    return Editor(client_of_bytes)
