# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

"""What the protocol asks of a server, and what no client should send: bytes on the real program's streams."""

import json
import os
import random
import subprocess
import time
from pathlib import Path

import pytest

PROGRAM = os.environ["PRUNEC"]
ROOT = Path(__file__).resolve().parents[2]
URI = "file:///net.prune"


def framed(body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(data), data)


def request(number, method, params=None):
    return framed({"jsonrpc": "2.0", "id": number, "method": method, "params": params if params is not None else {}})


def notice(method, params=None):
    return framed({"jsonrpc": "2.0", "method": method, "params": params if params is not None else {}})


INITIALIZE = request("start", "initialize", {"processId": None, "rootUri": None, "capabilities": {}}) + notice("initialized")
END = request("end", "shutdown") + notice("exit")


def opened(text, uri=URI):
    return notice("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "prune", "version": 1, "text": text}})


def place(line=0, character=0, uri=URI):
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def converse(*parts, arguments=()):
    """Sends it all, then reads it all: the exit code and the messages."""
    done = subprocess.run([PROGRAM, "lsp", *arguments], input=b"".join(parts), capture_output=True, timeout=60)
    messages, rest = [], done.stdout
    while rest:
        head, rest = rest.split(b"\r\n\r\n", 1)
        length = int(head.removeprefix(b"Content-Length: "))
        messages.append(json.loads(rest[:length]))
        rest = rest[length:]
    assert all(message["jsonrpc"] == "2.0" for message in messages)
    assert b"bug" not in done.stderr, done.stderr
    return done.returncode, messages


def answer(messages, number):
    (found,) = [message for message in messages if message.get("id") == number]
    return found


def test_a_session():
    code, messages = converse(INITIALIZE, opened("prunec 1\n"), END)
    assert code == 0
    capabilities = answer(messages, "start")["result"]["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert answer(messages, "end")["result"] is None
    assert [message["method"] for message in messages if "method" in message] == ["textDocument/publishDiagnostics"]


def test_exit_without_shutdown_is_a_failure():
    assert converse(INITIALIZE, notice("exit"))[0] == 1
    assert converse(INITIALIZE)[0] == 1
    assert converse()[0] == 1
    assert converse(INITIALIZE, request(1, "shutdown"))[0] == 0  # the client has gone, but it said so


def test_first_and_last_words():
    _, messages = converse(request(1, "textDocument/hover", place()), opened("prunec 2\n"), INITIALIZE, request(2, "initialize"), request(3, "shutdown"),
                           request(4, "textDocument/hover", place()), notice("exit"))
    assert answer(messages, 1)["error"]["code"] == -32002
    assert answer(messages, 2)["error"]["code"] == -32600
    assert answer(messages, 4)["error"]["code"] == -32600
    assert not any(message.get("method") == "textDocument/publishDiagnostics" for message in messages)


def test_unknown_methods():
    code, messages = converse(INITIALIZE, request(1, "textDocument/rename"), request(2, "$/strange"), notice("strange"), notice("$/strange"), END)
    assert code == 0
    assert answer(messages, 1)["error"]["code"] == -32601
    assert answer(messages, 2)["error"]["code"] == -32601
    assert len(messages) == 4


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b'{"jsonrpc": "2.0", "id": 1, "method": "\xff"}', b"[" * 100000, b'"\\ud800"'])
def test_no_json(body):
    code, messages = converse(INITIALIZE, framed(body), request(7, "textDocument/hover", place()), END)
    assert code == 0
    assert messages[1]["error"]["code"] == -32700 and messages[1]["id"] is None
    assert answer(messages, 7)["error"]["code"] == -32602


@pytest.mark.parametrize("body", [[], 1, None, "text", {}, {"method": 1}, {"id": 5, "method": []}, [{"id": 1, "method": "shutdown"}]])
def test_no_message(body):
    code, messages = converse(INITIALIZE, framed(body), END)
    assert code == 0
    assert messages[1]["error"]["code"] == -32600


def test_answers_to_nothing_are_ignored():
    code, messages = converse(INITIALIZE, framed({"jsonrpc": "2.0", "id": 99, "result": None}), END)
    assert (code, len(messages)) == (0, 2)


@pytest.mark.parametrize("head", [b"Content-Length: x\r\n\r\n", b"Nothing: 1\r\n\r\n", b"Content-Length: -5\r\n\r\n", b"Content-Length: 18446744073709551616\r\n\r\n"])
def test_broken_headers(head):
    code, messages = converse(INITIALIZE, head, END)
    assert code == 0
    assert messages[1]["error"]["code"] == -32700


def test_other_headers_are_read_over():
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "strange"}).encode()
    _, messages = converse(INITIALIZE, b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:%d\r\n\r\n%s" % (len(body), body), END)
    assert answer(messages, 1)["error"]["code"] == -32601


def test_a_message_that_is_cut_off():
    assert converse(INITIALIZE, b"Content-Length: 500\r\n\r\n{")[0] == 1


@pytest.mark.parametrize("params", [None, [], {}, {"textDocument": 1}, {"textDocument": {"uri": URI}}, place(-1, 0), place(0, -1), place("a", 0), place(1.5, 0),
                                    {**place(), "position": None}, place(uri="file:///other.prune")])
@pytest.mark.parametrize("method", ["hover", "definition", "completion", "codeAction"])
def test_bad_parameters(method, params):
    message = framed({"jsonrpc": "2.0", "id": 1, "method": f"textDocument/{method}", "params": params})
    code, messages = converse(INITIALIZE, opened("prunec 1\n"), message, END)
    assert code == 0
    assert answer(messages, 1)["error"]["code"] == -32602


def test_bad_notifications_change_nothing():
    changes = [None, [], {}, {"textDocument": {"uri": URI}}, {"textDocument": {"uri": URI}, "contentChanges": [{"text": 1}]},
               {"textDocument": {"uri": URI}, "contentChanges": [{"text": "oops"}, {"range": {}, "text": "oops"}]},
               {"textDocument": {"uri": "file:///other.prune"}, "contentChanges": []}]
    code, messages = converse(INITIALIZE, opened("prunec 1\narchitecture net\n"), *[notice("textDocument/didChange", change) for change in changes],
                              notice("textDocument/didOpen", {"textDocument": {"uri": 1}}), notice("textDocument/didClose", {"textDocument": {"uri": "file:///other.prune"}}),
                              request(1, "textDocument/formatting", place()), END)
    assert code == 0
    assert answer(messages, 1)["result"] == []  # still the text that was opened
    assert sum(message.get("method") == "window/logMessage" for message in messages) == len(changes) + 1


def test_a_request_that_waits_can_be_cancelled():
    big = "prunec 1\narchitecture net\n" + "".join(f"site s{i} = layer{{stage}}.{i}.bn\n" for i in range(5000)) + "strategy all { prune s1 }\n"
    # The first question takes long enough for the rest to arrive.
    code, messages = converse(INITIALIZE, opened(big), *[request(i, "textDocument/formatting", place()) for i in range(20)],
                              notice("$/cancelRequest", {"id": 19}), notice("$/cancelRequest", {"id": 12345}), notice("$/cancelRequest", {}), END)
    assert code == 0
    assert answer(messages, 19)["error"]["code"] == -32800
    assert "result" in answer(messages, 0)


def test_typing_fast_is_judged_once():
    changes = [notice("textDocument/didChange", {"textDocument": {"uri": URI, "version": version}, "contentChanges": [{"text": "prunec 1\n" + "#" * version}]})
               for version in range(2, 400)]
    _, messages = converse(INITIALIZE, opened("prunec 1\n"), *changes, END)
    published = [message["params"] for message in messages if message.get("method") == "textDocument/publishDiagnostics"]
    assert published[-1]["version"] == 399
    assert len(published) < 200


def test_strange_texts():
    texts = ["", "\ufeffprunec 1\n", "prunec 1\r\narchitecture net\r\n", "\x00", "prunec 1\n\u2028\U0001f680", "{" * 5000, '"' * 999, "x" * 100000, "prunec 1\rsite"]
    parts = []
    for number, text in enumerate(texts):
        uri = f"untitled:{number}"
        parts.append(opened(text, uri))
        for method in ("hover", "definition", "completion", "documentSymbol", "formatting"):
            parts.append(request(f"{number} {method}", f"textDocument/{method}", place(0, 1, uri)))
    code, messages = converse(INITIALIZE, *parts, END)
    assert code == 0
    assert [message for message in messages if "error" in message] == []


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_agree_with_the_text(seed):
    """After any edits, the server's text is the editor's: the same text opened anew is judged the same."""
    rng = random.Random(seed)
    text = (ROOT / "rules/resnet18.prune").read_text()
    parts, pieces = [opened(text)], ["", "tie ", "🚀", "\n", "{", "}", "bn1", "é", "#", '"', "\r\n", ",", "strategy "]
    units = text.encode("utf-16-le")

    def position(offset):  # in units of UTF-16, lines end with \n
        before = units[: 2 * offset].decode("utf-16-le", "surrogatepass")
        line = before.count("\n")
        return {"line": line, "character": len(before[before.rfind("\n") + 1 :].encode("utf-16-le", "surrogatepass")) // 2}

    for version in range(2, 120):
        points = sorted(rng.randrange(len(units) // 2 + 1) for _ in range(2))
        begin, end = points[0], min(points[1], points[0] + rng.randrange(12))
        low_half = [0xDC <= units[2 * p + 1] <= 0xDF if 2 * p < len(units) else False for p in (begin, end)]
        at_break = [units[2 * p - 2 : 2 * p + 2] == "\r\n".encode("utf-16-le") for p in (begin, end)]
        if any(low_half) or any(at_break):
            continue
        new = rng.choice(pieces)
        parts.append(notice("textDocument/didChange", {"textDocument": {"uri": URI, "version": version},
                                                       "contentChanges": [{"range": {"start": position(begin), "end": position(end)}, "text": new}]}))
        parts.append(request(version, "textDocument/completion", {"textDocument": {"uri": URI}, "position": position(begin)}))
        units = units[: 2 * begin] + new.encode("utf-16-le") + units[2 * end :]
    code, messages = converse(INITIALIZE, *parts, opened(units.decode("utf-16-le"), "file:///anew.prune"), END)
    assert code == 0
    assert [message for message in messages if "error" in message] == []
    last = {message["params"]["uri"]: message["params"]["diagnostics"] for message in messages if message.get("method") == "textDocument/publishDiagnostics"}
    assert json.dumps(last[URI]).replace(URI, "file:///anew.prune") == json.dumps(last["file:///anew.prune"])


def test_it_starts_at_once():
    best = min(elapsed(lambda: converse(INITIALIZE, END)) for _ in range(5))
    assert best < 0.5


def elapsed(action):
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def test_facts_of_a_model(tmp_path):
    facts = ROOT / "tests/lsp/tiny.facts.json"
    rules = "prunec 1\narchitecture net\nsite bn = layer{stage}.bn\nsite lost = other.bn\nstrategy all {\n  prune bn, lost\n}\n"
    code, messages = converse(INITIALIZE, opened(rules), request(1, "textDocument/hover", place(2, 6)), request(2, "textDocument/hover", place(3, 6)), END,
                              arguments=["--facts", facts])
    assert code == 0
    assert "It matches 2 layers of the model: `layer1.bn`, `layer2.bn`" in answer(messages, 1)["result"]["contents"]["value"]
    assert "It matches no layer of the model" in answer(messages, 2)["result"]["contents"]["value"]
    (published,) = [message["params"]["diagnostics"] for message in messages if message.get("method") == "textDocument/publishDiagnostics"]
    assert "P0505" in [diagnostic["code"] for diagnostic in published]
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    assert converse(arguments=["--facts", broken])[0] in (1, 2)
    assert converse(arguments=["--facts", tmp_path / "absent.json"])[0] == 2


def test_flags_decide_about_warnings():
    rules = "prunec 1\narchitecture net\nsite bn = bn\nsite idle = idle\nstrategy all { prune bn }\n"
    severities = {}
    for flag in ("-Wunused-site", "-Werror", "-Wno-unused-site"):
        _, messages = converse(INITIALIZE, opened(rules), END, arguments=[flag])
        (published,) = [message["params"]["diagnostics"] for message in messages if message.get("method") == "textDocument/publishDiagnostics"]
        severities[flag] = [diagnostic["severity"] for diagnostic in published]
    assert severities == {"-Wunused-site": [2], "-Werror": [1], "-Wno-unused-site": []}
    assert converse(arguments=["--nonsense"])[0] == 2
