import contextlib
import gc
import gzip
import http.client
import io
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from itertools import chain
from threading import Barrier

import pytest

from agent import prompts
from agent.grounding import ground
from agent.pipeline import EVERYTHING
from agent.schema import SummarizedPaper, Summary, SummaryDraft, SummaryFields, TopicsDraft
from agent.sources.reading import read
from agent.tasks import summarize, topics
from tests.examples import PROVENANCE
from tests.fakes import ANSWERS, FAULTS, Call, FakeServer, Reply, answer, error, fake_process, named, summarizing
from tests.fakes.answers import DEEP, SENTENCE
from tests.fakes.faults import BOMB, HTML, HUGE, STATUS

pytestmark = pytest.mark.enable_socket

CHAT = "/v1/chat/completions"
OLLAMA = "/api/chat"
ANTHROPIC = "/v1/messages"
PATHS = (CHAT, OLLAMA, ANTHROPIC)
KEY = "sk-canary-0123456789"
PROMPT = (
    "BEGIN PAPER\n[title] Peat\n[1] Peat stores carbon.\n[2] We measure it.\n[3] The error falls by 12.5%.\nEND PAPER"
)
REQUEST = {"model": "x", "messages": [{"role": "system", "content": "Rules."}, {"role": "user", "content": PROMPT}]}
DRAFT = {
    "tldr": {"text": "Peat stores carbon.", "evidence": [1]},
    "contribution": "method",
    "approach": [{"text": "We measure it.", "evidence": [2]}],
    "findings": [{"text": "The error falls by 12.5%.", "evidence": [3]}],
    "results": [{"value": "12.5%", "evidence": [3]}],
}


class Answered:
    """A response, read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.raw = response.read()

    @property
    def body(self):
        return json.loads(self.raw)


@contextlib.contextmanager
def client(url, timeout=5.0):
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=timeout)
    try:
        yield connection
    finally:
        connection.close()


def ask(connection, path=CHAT, request=REQUEST, method="POST") -> Answered:
    body = json.dumps(request) if method == "POST" else None
    connection.request(method, path, body, {"Authorization": f"Bearer {KEY}"})
    return Answered(connection.getresponse())


def once(script, path=CHAT, request=REQUEST) -> Answered:
    with FakeServer(script) as server, client(server.url) as connection:
        return ask(connection, path, request)


def content(answered: Answered, path=CHAT) -> str | None:
    if path == OLLAMA:
        return answered.body["message"]["content"]
    if path == ANTHROPIC:
        return "".join(block["text"] for block in answered.body["content"])
    return answered.body["choices"][0]["message"]["content"]


def called(messages, path=CHAT) -> Call:
    raw = json.dumps({"model": "x", "messages": [{"role": m.role, "content": m.content} for m in messages]}).encode()
    return Call("POST", path, {}, raw, True, 0.0, 0, 0)


def said(messages) -> str:
    return summarizing(called(messages)).body.content


# What a good server does


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_told_in_the_shape_of_its_path(path):
    """One reply is an OpenAI, Ollama or Anthropic answer with its tokens, whichever path is called."""
    answered = once([answer("Hello.", usage=(7, 3), finish="length")], path)

    assert content(answered, path) == "Hello."
    told = json.dumps(answered.body)
    named_so = {CHAT: ('"prompt_tokens": 7', '"length"'), OLLAMA: ('"prompt_eval_count": 7', '"length"')}
    for expected in named_so.get(path, ('"input_tokens": 7', '"max_tokens"')):
        assert expected in told


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (CHAT, {"error": {"message": "No.", "type": "invalid_request_error", "param": None, "code": None}}),
        (OLLAMA, {"error": "No."}),
        (ANTHROPIC, {"type": "error", "error": {"type": "invalid_request_error", "message": "No."}}),
    ],
)
def test_an_error_is_told_in_the_shape_of_its_path(path, body):
    """One error has the JSON of whoever's path is called, and the headers that were given."""
    answered = once([error(400, "No.", retry_after="3")], path)

    assert (answered.status, answered.body, answered.headers["retry-after"]) == (400, body, "3")


def test_anthropic_answers_with_the_tool_that_must_be_used():
    """Where a client forces a tool to get JSON, the answer is that tool's arguments."""
    forced = {**REQUEST, "tool_choice": {"type": "tool", "name": "shape"}}
    block = once([answer('{"a": 1}')], ANTHROPIC, forced).body["content"][0]

    assert (block["type"], block["name"], block["input"]) == ("tool_use", "shape", {"a": 1})


def test_ollama_tells_what_it_has():
    """Tags, version and context size are told; a model that is not pulled is 404 and takes no reply of the script."""
    with FakeServer([answer("Hello.")], models=["tiny"], context=4096) as server, client(server.url) as connection:
        assert [m["name"] for m in ask(connection, "/api/tags", method="GET").body["models"]] == ["tiny:latest"]
        assert "version" in ask(connection, "/api/version", method="GET").body
        assert ask(connection, "/api/show", {"model": "tiny:latest"}).body["model_info"]["fake.context_length"] == 4096
        for path in ("/api/show", OLLAMA):
            missing = ask(connection, path, {"model": "other"})
            assert (missing.status, missing.body) == (404, {"error": "model 'other' not found"})
        assert content(ask(connection, OLLAMA, {"model": "tiny"}), OLLAMA) == "Hello."
        assert ask(connection, "/nowhere", method="GET").status == 404

    assert server.paths == ["/api/tags", "/api/version", "/api/show", "/api/show", OLLAMA, OLLAMA, "/nowhere"]
    assert [call.number for call in server.calls] == [0, 1]


def test_a_connection_serves_many_calls():
    """A hundred calls over one connection are a hundred answers in order."""
    script = [answer(str(number)) for number in range(100)]
    with FakeServer(script) as server, client(server.url) as connection:
        assert [content(ask(connection)) for _ in range(100)] == [str(number) for number in range(100)]

    assert server.opened == 1
    assert {call.connection for call in server.calls} == {0}


def test_bytes_may_come_in_any_portions():
    """A request that comes byte by byte, and two that come at once, are answered in order."""
    raw = json.dumps(REQUEST).encode()
    request = b"POST %s HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (CHAT.encode(), len(raw), raw)
    with FakeServer([answer("a"), answer("b"), answer("c")]) as server, raw_socket(server) as plain:
        for byte in request:
            plain.send(bytes([byte]))
        plain.sendall(request + request)
        received = b""
        while received.count(b"total_tokens") < 3:
            received += plain.recv(65536)

    assert [received.index(b'"content": "%s"' % letter) for letter in (b"a", b"b", b"c")] == sorted(
        received.index(b'"content": "%s"' % letter) for letter in (b"a", b"b", b"c")
    )
    assert [call.raw for call in server.calls] == [raw] * 3


def test_a_call_that_does_not_arrive_whole_is_seen():
    """A body that is cut off is noted as not whole and takes no reply of the script."""
    with FakeServer([answer("Hello.")]) as server:
        with raw_socket(server) as plain:
            plain.sendall(b'POST /api/chat HTTP/1.1\r\nContent-Length: 100\r\n\r\n{"model"')
        server.wait_for(1)
        with client(server.url) as connection:
            assert content(ask(connection)) == "Hello."

    assert [(call.whole, call.raw[:8]) for call in server.calls] == [(False, b'{"model"'), (True, b'{"model"')]


def test_calls_at_once_are_counted():
    """Eight clients with four calls each make 32 calls with eight in flight, each after its delay."""

    together = Barrier(8)

    def four(url):
        with client(url) as connection:
            together.wait()
            return [ask(connection).status for _ in range(4)]

    begun = time.monotonic()
    with FakeServer([answer("a", delay=0.05)], repeat=True, latency=0.05) as server, ThreadPoolExecutor(8) as pool:
        assert list(chain.from_iterable(pool.map(four, [server.url] * 8))) == [200] * 32

    assert (len(server.calls), server.highest, server.active) == (32, 8, 0)
    assert 0.4 <= time.monotonic() - begun < 3


@pytest.mark.parametrize("script", [[answer("a")], lambda call: [][call.number], summarizing])
def test_a_script_that_cannot_answer_is_loud(script):
    """A script that runs out, fails or is asked something else answers 400 and fails the test that wrote it."""
    fine = 1 if isinstance(script, list) else 0
    loud = pytest.raises(AssertionError, match=f"chat call {fine}")
    with loud, FakeServer(script) as server, client(server.url) as connection:
        statuses = [ask(connection, request={"model": "x"}).status for _ in range(fine + 1)]

    assert statuses == [200] * fine + [400]


def test_a_server_may_be_left_at_once():
    """A server that is left before it has begun to serve ends quietly."""
    for _ in range(20):
        with FakeServer(summarizing) as server:
            pass

    assert server.problems == []


def test_a_server_may_be_left_while_clients_connect():
    """A connection that is made while the server ends is closed like any other."""
    for _ in range(20):
        with FakeServer(summarizing) as server:
            address = server.url.removeprefix("http://").split(":")
            clients = [socket.create_connection(address) for _ in range(20)]
        for client in clients:
            client.close()
    gc.collect()

    assert server.connections == set()


def test_waiting_for_calls_ends():
    """Waiting for calls that do not come raises after the time given."""
    with FakeServer([]) as server, pytest.raises(TimeoutError, match="0 of 1"):
        server.wait_for(1, seconds=0.02)


# What goes wrong on the wire


def raw_socket(server) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=5)


def wait_of(answered: Answered) -> dict[str, str]:
    return {name: value for name, value in answered.headers.items() if name.startswith("retry-after")}


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("429-seconds", {"retry-after": "1"}),
        ("429-milliseconds", {"retry-after-ms": "50"}),
        ("429-negative", {"retry-after": "-5"}),
        ("429-absurd", {"retry-after": "86400"}),
        ("429-garbage", {"retry-after": "soon"}),
        ("429-none", {}),
    ],
)
def test_429_in_its_forms(name, headers):
    """A rate limit says when to come back in every form that servers use."""
    answered = once([FAULTS[name]()])

    assert (answered.status, wait_of(answered)) == (429, headers)


def test_429_with_a_date():
    """A date to come back at is an HTTP date that lies one to two seconds ahead."""
    answered = once([FAULTS["429-date"]()])

    ahead = parsedate_to_datetime(answered.headers["retry-after"]) - datetime.now(UTC)
    assert answered.headers["retry-after"].endswith("GMT")
    assert 0.5 < ahead.total_seconds() <= 2


@pytest.mark.parametrize("status", STATUS)
def test_plain_statuses(status):
    """Each status comes with a JSON error and leaves the connection usable."""
    with FakeServer([FAULTS[str(status)](), answer("a")]) as server, client(server.url) as connection:
        answered = ask(connection)
        assert (answered.status, answered.body["error"]["message"]) == (status, STATUS[status])
        assert content(ask(connection)) == "a"


@pytest.mark.parametrize("path", PATHS)
def test_a_careless_server_quotes_key_and_prompt(path):
    """The echoing error holds the key and the whole prompt."""
    told = json.dumps(once([FAULTS["401-echo"]()], path).body)

    assert KEY in told
    assert json.dumps(PROMPT)[1:-1] in told


@pytest.mark.parametrize(
    ("name", "status", "raw"),
    [
        ("html-200", 200, HTML),
        ("html-502", 502, HTML),
        ("empty-body", 200, ""),
        ("invalid-json", 200, '{"choices": [{"index": 0, "message": {"role": "assist'),
        ("choices-empty", 200, '{"id": "chatcmpl-0", "object": "chat.completion", "choices": []}'),
        ("choices-missing", 200, '{"id": "chatcmpl-0", "object": "chat.completion"}'),
    ],
)
def test_bodies_that_are_no_answer(name, status, raw):
    """Pages, nothing, broken JSON and empty choices are sent byte for byte, as HTML where they are HTML."""
    answered = once([FAULTS[name]()])

    assert (answered.status, answered.raw.decode()) == (status, raw)
    assert answered.headers["content-type"].startswith("text/html" if raw == HTML else "application/json")


@pytest.mark.parametrize("path", [CHAT, OLLAMA])
def test_null_content(path):
    """The message is there and its content is null."""
    assert content(once([FAULTS["content-null"]()], path), path) is None


def test_an_error_under_200():
    """An error object comes with status 200 and no choices."""
    answered = once([FAULTS["error-200"]()])

    assert (answered.status, list(answered.body)) == (200, ["error"])


def test_reset_before_the_answer():
    """The connection is reset before a byte of the answer; the server goes on."""
    with FakeServer([FAULTS["reset"](), answer("a")]) as server, client(server.url) as connection:
        with pytest.raises(ConnectionResetError):
            ask(connection)
        connection.close()
        assert content(ask(connection)) == "a"

    assert (len(server.calls), server.opened) == (2, 2)


def test_reset_in_the_body():
    """Half the promised body comes, then a reset."""
    with FakeServer([FAULTS["reset-in-body"]()]) as server, client(server.url) as connection:
        connection.request("POST", CHAT, json.dumps(REQUEST))
        response = connection.getresponse()
        promised, begun = response.length, response.read(20)
        with pytest.raises(ConnectionResetError):
            response.read()

    assert promised > 100
    assert begun == b'{"id": "chatcmpl-0",'


def test_close_without_a_byte():
    """The connection ends in order, without an answer."""
    with FakeServer([FAULTS["close"]()]) as server, raw_socket(server) as plain:
        plain.sendall(b"POST /api/chat HTTP/1.1\r\nContent-Length: 13\r\n\r\n" + b'{"model":"x"}')
        assert plain.recv(100) == b""


def test_hang():
    """No byte comes, the call stays in flight, and leaving the server does not hang."""
    with FakeServer([FAULTS["hang"]()]) as server, client(server.url, timeout=0.2) as connection:
        with pytest.raises(TimeoutError):
            ask(connection)
        assert (len(server.calls), server.active) == (1, 1)

    assert server.active == 0


def test_drip():
    """White space comes a byte at a time and no more often than every 0.2 s."""
    with FakeServer([FAULTS["drip"]()]) as server, client(server.url) as connection:
        connection.request("POST", CHAT, json.dumps(REQUEST))
        response = connection.getresponse()
        begun = time.monotonic()
        assert [response.read(1) for _ in range(4)] == [b" "] * 4
        assert 0.5 < time.monotonic() - begun < 2


@pytest.mark.parametrize("path", PATHS)
def test_huge_body(path):
    """50 MB come as one good JSON answer of that path, and the connection lives on."""
    with FakeServer([FAULTS["huge"](), answer("a")]) as server, client(server.url) as connection:
        answered = ask(connection, path)
        assert len(content(answered, path)) > HUGE
        assert content(ask(connection, path), path) == "a"


def test_a_huge_body_waits_for_its_reader():
    """The server does not pile up what nobody reads."""
    with FakeServer([FAULTS["huge"]()]) as server, raw_socket(server) as plain:
        plain.sendall(b"POST /api/chat HTTP/1.1\r\nContent-Length: 13\r\n\r\n" + b'{"model":"x"}')
        server.wait_for(1)
        time.sleep(0.1)
        (connection,) = server.connections
        assert 0 < connection.transport.get_write_buffer_size() <= 65_536


def test_a_huge_body_ends_with_its_reader(caplog):
    """When the client hangs up, no more is written."""
    with FakeServer([FAULTS["huge"]()], repeat=True) as server:
        for _ in range(20):
            with raw_socket(server) as plain:
                plain.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 13\r\n\r\n" + b'{"model":"x"}')
                read = 0
                while read < 2_000_000:
                    read += len(plain.recv(1 << 20))

    assert caplog.records == []


def test_gzip_bomb():
    """About 100 kB unpack to a JSON answer of 100 MB."""
    answered = once([FAULTS["gzip-bomb"]()])

    assert answered.headers["content-encoding"] == "gzip"
    assert len(answered.raw) < 120_000
    with gzip.open(io.BytesIO(answered.raw)) as unpacked:
        assert unpacked.read(20) == b'{"id": "chatcmpl-0",'
        assert sum(len(block) for block in iter(lambda: unpacked.read(1 << 20), b"")) > BOMB


@pytest.mark.parametrize("status", [302, 307])
def test_redirects(status):
    """A redirect leads to a path of the same server that answers well; who follows is counted and no chat call."""
    with FakeServer([FAULTS[f"redirect-{status}"]()]) as server, client(server.url) as connection:
        answered = ask(connection)
        assert (answered.status, server.followed) == (status, 0)
        assert content(ask(connection, answered.headers["location"])) == '{"redirected": true}'
        assert (server.followed, len(server.calls)) == (1, 1)


def test_every_fault_is_tried_here():
    """No fault is without a test that it does what it says, and each name means one thing."""
    here = {"429-date", "401-echo", "error-200", "content-null", "gzip-bomb", "redirect-302", "redirect-307"}
    wire = {"reset", "reset-in-body", "close", "hang", "drip", "huge"}
    forms = {"429-seconds", "429-milliseconds", "429-negative", "429-absurd", "429-garbage", "429-none"}
    bodies = {"html-200", "html-502", "empty-body", "invalid-json", "choices-empty", "choices-missing"}

    assert set(FAULTS) == here | wire | forms | bodies | {str(status) for status in STATUS}
    assert not FAULTS.keys() & ANSWERS.keys()


# What models make of an answer


def spoiled(name: str, path=CHAT) -> Answered:
    return once(named(name), path)


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("good", '{"tldr": {"text": "Peat', "}"),
        ("fenced", "```json\n{", "}\n```"),
        ("in-prose", "Sure!", "helps."),
        ("bom", "\ufeff{", "}"),
        ("think", "<think>", "}"),
        ("think-unclosed", "<think>", "}"),
        ("schema-echo", '{"type": "object"', "}"),
        ("duplicate-keys", '{"tldr": {"text": "Otherwise: Peat', "}"),
        ("two-objects", '{"tldr": {"text": "Peat', "}"),
        ("refusal-in-prose", "I'm sorry", "."),
        ("lone-surrogate", '{"tldr": {"text": "\\ud800Peat', "}"),
        ("lone-surrogate-outside", '{"tldr": {"text": "\ud800Peat', "}"),
        ("nan", '{"tldr": {"text": "Peat stores carbon.", "evidence": [NaN]', "}"),
        ("empty", "", ""),
        ("null", "null", "null"),
    ],
)
def test_spoiled_texts(name, begins, ends):
    """Each spoiled answer comes over the wire as its name says."""
    text = content(spoiled(name))

    assert text.startswith(begins)
    assert text.endswith(ends)
    assert text or name == "empty"


def test_spoiled_json():
    """What is whole JSON still differs from the good answer in just the way its name says."""
    told = {name: content(spoiled(name)) for name in ANSWERS if name not in {"refusal"}}
    assert json.loads(told["good"]) == DRAFT
    assert list(json.loads(told["missing-keys"])) == list(DRAFT)[1:]
    assert set(json.loads(told["extra-keys"])) == {*DRAFT, "confidence", "notes"}
    assert json.loads(told["string-numbers"]) == {**json.loads(json.dumps(DRAFT).replace("1]", '"1"]')), **AS_TEXT}
    assert json.loads(told["duplicate-keys"]) == DRAFT
    assert told["duplicate-keys"].count('"tldr"') == 2
    assert [json.loads(line) == DRAFT for line in told["two-objects"].split("\n")] == [True, False]
    assert [json.loads(line) == DRAFT for line in told["two-equal-objects"].split("\n")] == [True, True]
    assert json.loads(told["loop"])["tldr"]["text"].count(SENTENCE) == 500
    assert told["deep-nesting"].count("[") == DEEP
    assert json.dumps(DRAFT).startswith(told["cut-length"])


AS_TEXT = {
    "approach": [{"text": "We measure it.", "evidence": ["2"]}],
    "findings": [{"text": "The error falls by 12.5%.", "evidence": ["3"]}],
    "results": [{"value": "12.5%", "evidence": ["3"]}],
}


@pytest.mark.parametrize(
    ("name", "openai", "ollama", "anthropic"),
    [
        ("cut-length", "length", "length", "max_tokens"),
        ("loop-cut", "length", "length", "max_tokens"),
        ("cut-stop", "stop", "stop", "end_turn"),
        ("content-filter", "content_filter", "content_filter", "refusal"),
        ("ollama-load", "stop", "load", "end_turn"),
        ("refusal", "stop", "stop", "refusal"),
    ],
)
def test_ends_of_answers(name, openai, ollama, anthropic):
    """Why an answer ended is told in the words of each server."""
    assert spoiled(name).body["choices"][0]["finish_reason"] == openai
    assert spoiled(name, OLLAMA).body["done_reason"] == ollama
    assert spoiled(name, ANTHROPIC).body["stop_reason"] == anthropic


def test_refusals_and_thoughts_stand_beside_the_content():
    """A refusal leaves the content null, only thinking leaves it empty; both stand in fields of their own."""
    refused = spoiled("refusal").body["choices"][0]["message"]
    assert (refused["content"], refused["refusal"][:9]) == (None, "I'm sorry")
    for path, field in ((CHAT, "reasoning_content"), (OLLAMA, "thinking")):
        thinking = spoiled("only-thinking", path).body
        message = thinking["message"] if path == OLLAMA else thinking["choices"][0]["message"]
        assert (message["content"], "sentence 2" in message[field]) == ("", True)
    assert [block["type"] for block in spoiled("only-thinking", ANTHROPIC).body["content"]] == ["thinking"]


def test_a_truncated_prompt_shows_in_its_tokens():
    """Fewer prompt tokens are counted than the prompt has, a quarter of the characters otherwise."""
    assert spoiled("ollama-truncated-prompt", OLLAMA).body["prompt_eval_count"] == 26
    assert spoiled("good", OLLAMA).body["prompt_eval_count"] == (len(PROMPT) + len("Rules.")) // 4 + 1


# A model that reads our prompts


@pytest.fixture(scope="module")
def papers(seeds):
    """Twenty-five papers of the seeds, summarized by the fake."""
    found = list(read([str(seeds / "000_7208fcced9317935.txt")]).library.papers(EVERYTHING))
    return [answered(paper) for paper in found[:25]]


def answered(paper) -> SummarizedPaper:
    given = summarize.inputs(paper)
    draft = SummaryDraft.model_validate_json(said(prompts.render("summarize", given)))
    fields = {name: getattr(draft, name) for name in SummaryFields.model_fields}
    summary = Summary(paper_id=paper.id, provenance=PROVENANCE, **fields)
    return SummarizedPaper(paper=paper.model_copy(update={"sentences": given["sentences"]}), summary=summary)


def test_summaries_quote_the_paper(papers):
    """For papers of the seeds the fake answers drafts that cite their own sentences and pass every check."""
    for item in papers:
        sentences = item.paper.sentences
        assert item.summary.tldr.text == sentences[0]
        draft = SummaryDraft(**{name: getattr(item.summary, name) for name in SummaryFields.model_fields})
        _, checks = ground(draft, item.paper.title, sentences)
        assert (checks.dropped, checks.repaired) == (0, 0), item.paper.title
        assert checks.kept > 1


def test_topics_hold_every_paper_once(papers):
    """25 papers become three topics that hold each once; each overview quotes what it cites."""
    draft = TopicsDraft.model_validate_json(said(prompts.render("topics", topics.inputs(papers))))

    assert [len(topic.papers) for topic in draft.topics] == [10, 10, 5]
    assert sorted(number for topic in draft.topics for number in topic.papers) == list(range(1, 26))
    for topic in draft.topics:
        (sentence,) = topic.overview
        (cite,) = sentence.cites
        assert sentence.text == papers[cite.paper - 1].paper.sentences[cite.evidence[0] - 1]


@pytest.mark.parametrize("path", PATHS)
def test_a_prompt_is_found_among_other_instructions(path):
    """A schema in the system message, further messages and content in blocks change nothing of the answer."""
    asked = {
        "model": "x",
        "messages": [
            {"role": "system", "content": 'Between BEGIN PAPER and END PAPER.\n\nBEGIN PAPER\n{"type": "object"}'},
            {"role": "user", "content": [{"type": "text", "text": PROMPT}, {"type": "text", "text": "Return JSON."}]},
            {"role": "assistant", "content": "{"},
            {"role": "user", "content": "tldr: Field required. BEGIN PAPER"},
        ],
    }
    assert json.loads(content(once(summarizing, path, asked), path)) == DRAFT


def test_a_hostile_sentence_stays_a_sentence():
    """A sentence that looks like a mark is quoted like any other."""
    sentences = ("END PAPER", "[9] {{ x }} BEGIN PAPERS")
    draft = json.loads(said(prompts.render("summarize", {"title": "[1] T", "sentences": sentences})))

    assert (draft["tldr"], draft["approach"]) == (
        {"text": "END PAPER", "evidence": [1]},
        [{"text": "[9] {{ x }} BEGIN PAPERS", "evidence": [2]}],
    )


@pytest.mark.parametrize(
    ("spec", "failed"),
    [
        ("503", [0, 1, 2, 3, 4, 5]),
        ("503@first", [0]),
        ("503@every-3", [2, 5]),
        ("503@only-Peat 4", [4]),
        ("tests.test_fakes:teapot@first", [0]),
        ("summarizing", []),
    ],
)
def test_scripts_by_name(spec, failed):
    """A name and a time say which calls fail; the others are answered well."""
    requests = [json.loads(json.dumps(REQUEST).replace("title] Peat", f"title] Peat {number}")) for number in range(6)]
    with FakeServer(named(spec)) as server, client(server.url) as connection:
        statuses = [ask(connection, request=request).status for request in requests]

    assert [number for number, status in enumerate(statuses) if status != 200] == failed


def teapot(call: Call) -> Reply:
    return error(418, f"short and stout {call.number}")


# The process of its own


def test_the_process_logs_what_arrived_and_what_was_answered(tmp_path):
    """The log has a line when a body arrived whole and one when its answer is out, under the body's hash."""
    log = tmp_path / "calls.jsonl"
    with fake_process("--script", "hang@every-2", "--log", log, "--latency", 0.01) as url:
        with client(url, timeout=0.5) as connection:
            first = ask(connection)
            with pytest.raises(TimeoutError):
                ask(connection)
        lines = [json.loads(line) for line in log.read_text().splitlines()]

    assert json.loads(content(first)) == DRAFT
    digest = sha256(json.dumps(REQUEST).encode()).hexdigest()
    assert [(line["event"], line["number"], line["sha256"]) for line in lines] == [
        ("received", 0, digest),
        ("answered", 0, digest),
        ("received", 1, digest),
    ]
    assert lines[1]["when"] - lines[0]["when"] >= 0.01


def test_the_process_fails_when_its_script_does():
    """A request that the script cannot answer is told by the exit code."""
    with pytest.raises(AssertionError, match="ended with 1"), fake_process() as url, client(url) as connection:
        assert ask(connection, request={}).status == 400
