"""Any model endpoint, over real sockets: each trap of the libraries beneath, and each way an answer can be wrong."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from types import SimpleNamespace

import pytest

from agent.errors import ConfigError, DigestError, EndpointError, NothingSent
from agent.models.base import Task
from agent.models.choose import choose
from agent.schema import Statement, SummaryDraft
from agent.settings import Settings
from agent.tasks.summarize import TASK, inputs
from agent.tasks.topics import TASK as TOPICS
from tests.examples import paper
from tests.fakes import FakeServer, Reply, answer, error, named, summarizing

pytestmark = pytest.mark.enable_socket

GOOD = SummaryDraft(tldr=Statement(text="Mireflux measures methane fluxes.", evidence=(2,)), contribution="system")
GOOD_TEXT = GOOD.model_dump_json(exclude_defaults=True)
ASKED = inputs(paper())
FILTERED = Reply({"error": {"message": "filtered", "code": "content_filter"}}, status=400)


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Asks about a made-up paper at a fake server, and returns the completion and the model, which is closed."""
    for name in ("OPENAI_API_KEY", "OLLAMA_HOST", "OLLAMA_API_BASE", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)

    def run(server, model="openai/x", task=TASK, given=ASKED, **options):
        base = server.url + ("/v1" if model.startswith(("openai", "hosted_vllm")) else "")
        asked = choose(Settings(model=model, api_base=base, cache=tmp_path / "cache", timeout=5, **options))
        try:
            return asked.complete(task, given), asked
        finally:
            asked.close()

    return run


def sent(server, number=-1):
    return server.calls[number].body


@pytest.mark.parametrize("model", ["openai/x", "hosted_vllm/x", "ollama_chat/x", "ollama/x", "anthropic/claude-x"])
def test_any_model_gives_the_answer(ask, monkeypatch, model):
    """Local or hosted, spoken to directly or by LiteLLM's own way, a model's answer arrives with its usage."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key-for-tests")
    with FakeServer([answer(GOOD_TEXT, usage=(1000, 20))]) as server:
        done, _ = ask(server, model)

    assert done.answer == GOOD
    assert (done.provenance.tokens_in, done.provenance.tokens_out, done.provenance.attempts) == (1000, 20, 1)
    assert done.provenance.model == model.replace("ollama/", "ollama_chat/")
    assert len(server.calls) == 1


def test_only_the_prompt_is_sent(ask):
    """A request holds the prompt, the schema and the parameters: of the paper only its title and its sentences."""
    with FakeServer([answer(GOOD_TEXT)]) as server:
        ask(server)

    body = sent(server)
    assert set(body) == {"model", "messages", "temperature", "max_tokens", "response_format", "stream"}
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("x", 0.0, 900)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert "page.txt" not in json.dumps(body)


def test_the_schema_is_strict_where_that_is_understood(ask):
    """OpenAI is sent a closed schema in which every key is required; a server of one's own the plain one."""
    with FakeServer([answer(GOOD_TEXT)] * 2) as server:
        ask(server)
        ask(server, "hosted_vllm/x")

    closed, plain = (sent(server, number)["response_format"]["json_schema"] for number in (0, 1))
    assert closed["strict"] is True
    assert set(closed["schema"]["required"]) == set(closed["schema"]["properties"]) == set(TASK.schema()["properties"])
    assert closed["schema"]["$defs"]["Statement"]["additionalProperties"] is False
    assert "default" not in json.dumps(closed)
    assert plain["schema"] == TASK.schema()


def test_braces_of_an_abstract_are_text(ask):
    """What looks like a template in an abstract reaches the model as it stands."""
    given = {"title": "Peat", "sentences": ("We propose {{B}ERT} and {{1+1}} {% raw %}.",)}
    with FakeServer([answer(GOOD_TEXT)] * 2) as server:
        ask(server, given=given)

    assert "[1] We propose {{B}ERT} and {{1+1}} {% raw %}." in sent(server)["messages"][1]["content"]


def test_a_second_run_asks_nothing(ask):
    """A kept answer is used again, word for word, and no request is made."""
    with FakeServer([answer(GOOD_TEXT)]) as server:
        first, _ = ask(server)
        second, model = ask(server)

    assert second == first
    assert (model.receipt.cached, len(server.calls)) == (1, 1)


@pytest.mark.parametrize("change", [{"model": "hosted_vllm/x"}, {"given": inputs(paper("Another title"))}])
def test_what_changes_the_answer_changes_the_key(ask, change):
    """Another model or another text is another question."""
    with FakeServer([answer(GOOD_TEXT)] * 2) as server:
        ask(server)
        ask(server, **change)

    assert len(server.calls) == 2


def test_a_wrong_shape_costs_one_more_request(ask):
    """The second request tells what was wrong with the first answer; usage is that of both."""
    with FakeServer([answer('{"contribution": "system"}', usage=(10, 1)), answer(GOOD_TEXT, usage=(20, 2))]) as server:
        done, _ = ask(server)

    assert done.answer == GOOD
    assert (done.provenance.attempts, done.provenance.tokens_in, done.provenance.tokens_out) == (2, 30, 3)
    assert "`tldr` is missing" in sent(server)["messages"][-1]["content"]


def test_two_wrong_shapes_end_in_the_embedded_model(ask):
    """After two wrong answers the embedded model answers, the reason is told, and nothing is kept."""
    with FakeServer([answer('{"contribution": "system"}')] * 4) as server:
        done, _ = ask(server)
        again, _ = ask(server)

    assert done.provenance.model == "embedded"
    assert "`tldr` is missing" in done.provenance.degraded
    assert (done.provenance.attempts, done.provenance.cached) == (2, False)
    assert again.provenance.attempts == 2


def test_an_excuse_is_no_answer(ask):
    """An answer of the right shape that has nothing to do with the abstract is asked for again, then refused."""
    excuse = json.dumps(
        {
            "tldr": {"text": "I'm sorry, but I can't assist with that request.", "evidence": [1]},
            "contribution": "method",
        }
    )
    with FakeServer([answer(excuse)] * 2) as server:
        done, _ = ask(server)

    assert "does not say what the sentences say" in done.provenance.degraded


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_schema_that_is_refused_goes_into_the_prompt(ask, status):
    """A server that does not know response formats gets the schema as text; llama.cpp's says so by 500."""

    def script(call):
        return (
            error(status, "response_format is not supported") if "response_format" in call.body else answer(GOOD_TEXT)
        )

    with FakeServer(script) as server:
        done, _ = ask(server)

    assert done.answer == GOOD
    assert len(server.calls) == 2
    assert "json_schema" in sent(server)["messages"][0]["content"]


def test_an_answer_cut_short_gets_twice_the_room_once(ask):
    """The limit is doubled once; an answer that is cut again is refused."""
    with FakeServer([answer('{"tldr": {', finish="length")] * 2) as server:
        done, _ = ask(server)

    assert [sent(server, n)["max_tokens"] for n in (0, 1)] == [900, 1800]
    assert "cut" in done.provenance.degraded


@pytest.mark.parametrize("fault", ["refusal", "content-filter"])
def test_a_refusal_is_not_asked_again(ask, fault):
    """A refusal costs one request and becomes no content."""
    with FakeServer(named(fault)) as server:
        done, _ = ask(server)

    assert "refused" in done.provenance.degraded
    assert len(server.calls) == 1


def test_ollama_is_told_its_window(ask):
    """Ollama gets a context window that holds prompt and answer, its schema as `format`, and keeps the model loaded."""
    with FakeServer([answer(GOOD_TEXT)]) as server:
        ask(server, "ollama_chat/x")

    body = sent(server)
    prompt = sum(len(message["content"]) for message in body["messages"])
    assert body["options"]["num_ctx"] >= prompt // 4 + 900
    assert body["options"]["num_predict"] == 900
    assert body["format"] == TASK.schema()
    assert (body["keep_alive"], body["stream"]) == ("10m", False)
    assert server.calls[-1].path == "/api/chat"


def test_a_prompt_that_ollama_cut_is_no_question(ask):
    """An answer to a cut prompt is refused and never kept."""
    with FakeServer(named("ollama-truncated-prompt"), repeat=True) as server:
        ask(server, "ollama_chat/x")
        done, model = ask(server, "ollama_chat/x")

    assert "the prompt was cut" in done.provenance.degraded
    assert model.receipt.cached == 0


@pytest.mark.parametrize(("name", "quiet"), [("x", False), ("gpt-oss:20b", "low")])
def test_a_model_that_only_thinks_is_told_not_to(ask, name, quiet):
    """A model that thinks and says nothing is asked once more with less thinking."""
    with FakeServer([answer("", reasoning="Hm."), answer(GOOD_TEXT)], models=("x", "gpt-oss:20b")) as server:
        done, _ = ask(server, f"ollama_chat/{name}")

    assert done.answer == GOOD
    assert ["think" in sent(server, 0), sent(server, 1)["think"]] == [False, quiet]


def test_a_model_that_is_not_pulled(ask):
    """The line to run is in the hint, and nothing was asked."""
    with FakeServer(summarizing) as server, pytest.raises(ConfigError) as caught:
        ask(server, "ollama_chat/llama3")

    assert caught.value.hint == "Run: ollama pull llama3"
    assert server.calls == []


@pytest.mark.parametrize("model", ["ollama_chat/x", "openai/x"])
def test_nothing_listens(ask, model):
    """An address where nothing listens ends the run with what to try."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nowhere = SimpleNamespace(url=f"http://127.0.0.1:{taken.getsockname()[1]}")
    with pytest.raises(EndpointError) as caught:
        ask(nowhere, model)

    assert caught.value.hint


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "http://127.0.0.1:11434"),
        ({"OLLAMA_HOST": "0.0.0.0"}, "http://127.0.0.1:11434"),  # noqa: S104
        ({"OLLAMA_HOST": "gpu:8080"}, "http://gpu:8080"),
        ({"OLLAMA_HOST": ":8080"}, "http://127.0.0.1:8080"),
        ({"OLLAMA_HOST": "https://gpu.example.org"}, "https://gpu.example.org:443"),
        ({"OLLAMA_HOST": "[::1]"}, "http://[::1]:11434"),
        ({"OLLAMA_HOST": "one", "OLLAMA_API_BASE": "http://two:1"}, "http://two:1"),
    ],
)
def test_where_ollama_listens(monkeypatch, variables, address):
    """OLLAMA_HOST is read in the forms that Ollama itself takes; LiteLLM reads only OLLAMA_API_BASE."""
    from agent.models import ollama

    for name in ("OLLAMA_HOST", "OLLAMA_API_BASE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert ollama.address() == address


@pytest.mark.parametrize("model", ["openai/gpt-4o-mini", "anthropic/claude-sonnet-4-5", "gemini/gemini-2.0-flash"])
def test_a_missing_key_is_told_before_anything_is_sent(tmp_path, monkeypatch, model):
    """Without its key no hosted model is asked; LiteLLM itself would take that for a passing failure."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    asked = choose(Settings(model=model, cache=tmp_path))
    with pytest.raises(ConfigError, match="_API_KEY"):
        asked.complete(TASK, ASKED)
    asked.close()


@pytest.mark.parametrize("model", ["nonsense", "nonsense/x", "nonsense/x/y"])
def test_an_unknown_provider(tmp_path, capfd, model):
    """A model string without a provider is refused in our words; LiteLLM's own, on stdout, is not seen."""
    with pytest.raises(ConfigError, match="provider"):
        choose(Settings(model=model, cache=tmp_path)).complete(TASK, ASKED)

    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    "base", ["http://[::1/v1", "http://h:99999", "h:80/v1", "ftp://h", "http://h/v1?key=1", "http://"]
)
def test_an_address_that_is_none(tmp_path, base):
    """An address that nothing can be sent to is refused at once."""
    with pytest.raises(ConfigError, match="--api-base"):
        choose(Settings(model="openai/x", api_base=base, cache=tmp_path))


def test_an_unknown_price_is_unknown(ask, capfd):
    """A model that LiteLLM has no price for costs None, not nothing, and stdout stays empty; Ollama costs nothing."""
    with FakeServer([answer(GOOD_TEXT)] * 2) as server:
        hosted, _ = ask(server)
        local, _ = ask(server, "ollama_chat/x")

    assert (hosted.provenance.cost_usd, local.provenance.cost_usd) == (None, 0.0)
    assert capfd.readouterr().out == ""


def test_an_unknown_price_cannot_be_limited(ask):
    """--max-cost is refused where it could not be held."""
    with FakeServer(summarizing) as server, pytest.raises(ConfigError, match="price"):
        ask(server, max_cost=1.0)

    assert server.calls == []


def test_a_dry_run_sends_nothing(tmp_path):
    """A dry run says what would be sent where, and stops."""
    said = []
    with FakeServer(summarizing) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path), dry_run=True, say=said.append)
        with pytest.raises(NothingSent):
            asked.complete(TASK, ASKED)
        asked.close()

    assert server.paths == []
    assert said[0].startswith(f"sending 1 abstract to openai/x at {server.url}: about ")


@pytest.mark.parametrize(("option", "reason"), [("max_calls", "--max-calls"), ("max_tokens", "--max-tokens")])
def test_limits_are_hard(ask, option, reason):
    """What could pass a limit is not sent."""
    with FakeServer(summarizing) as server:
        done, _ = ask(server, **{option: 0})

    assert reason in done.provenance.degraded
    assert server.calls == []


@pytest.mark.parametrize("model", ["openai/x", "ollama_chat/x", "anthropic/claude-x", "groq/x", "mistral/x"])
@pytest.mark.parametrize(("status", "requests"), [(500, 4), (401, 1)])
def test_a_failing_call_is_one_request_an_attempt(ask, monkeypatch, model, status, requests):
    """No layer beneath repeats anything: four attempts are four requests, and a wrong key costs one."""
    for name in ("ANTHROPIC", "GROQ", "MISTRAL"):
        monkeypatch.setenv(f"{name}_API_KEY", "key-for-tests")
    with FakeServer([error(status, "down", retry_after="0")], repeat=True) as server, pytest.raises(DigestError):
        ask(server, model)

    assert len(server.calls) == requests


@pytest.mark.parametrize("usage", ["absent", None, [], {"prompt_tokens": "many"}, {"prompt_tokens": -(10**9)}, {}, 1.5])
def test_nonsense_about_usage_spoils_no_answer(ask, usage):
    """An answer whose server counts no tokens, or nonsense, is an answer; what is not known is booked in full."""
    body = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": GOOD_TEXT}}]}
    with FakeServer([Reply(body if usage == "absent" else {**body, "usage": usage})]) as server:
        done, model = ask(server)

    assert done.answer == GOOD
    assert model.receipt.tokens_in > 1000
    assert model.receipt.tokens_out == 900


def test_what_one_request_learns_the_waiting_ones_know(tmp_path):
    """Once a server refused the schema, or a model only thought, requests that waited are sent the other way."""
    many = [inputs(paper(f"Paper {n}")) for n in range(12)]

    def refusing(call):
        return error(400, "no response_format") if "response_format" in call.body else summarizing(call)

    def thinking(call):
        return summarizing(call) if "think" in call.body else answer("", reasoning="Hm.")

    for model, script in (("openai/x", refusing), ("ollama_chat/x", thinking)):
        with FakeServer(script) as server:
            asked = choose(Settings(model=model, api_base=server.url, cache=tmp_path / model))
            done = list(asked.complete_each(TASK, many))
            asked.close()

        assert not any(completion.provenance.degraded for completion in done)
        assert len(server.calls) == len(many) + 1


def test_a_refused_paper_stops_no_other(tmp_path):
    """Papers that a filter refuses cost a request each, and neither the ladder nor the others."""
    many = [inputs(paper(f"Paper {n}")) for n in range(20)]

    def script(call):
        refused = any(f"Paper {n}\n" in call.texts("user")[0] for n in range(1, 9))
        return FILTERED if refused else summarizing(call)

    with FakeServer(script) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        done = list(asked.complete_each(TASK, many))
        asked.close()

    assert sum(bool(completion.provenance.degraded) for completion in done) == 8
    assert len(server.calls) == 20
    assert all("response_format" in call.body for call in server.calls)


def test_a_slow_reader_costs_nothing(tmp_path):
    """Answers are taken and kept while whoever wants them is busy."""
    many = [inputs(paper(f"Paper {n}")) for n in range(6)]
    with FakeServer(summarizing, latency=0.05) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path, timeout=1))
        for completion in asked.complete_each(TASK, many):
            time.sleep(0.3)
            assert not completion.provenance.degraded
        asked.close()

    assert len(server.calls) == 6


def test_it_works_in_a_running_event_loop(tmp_path):
    """A notebook, which runs a loop of its own, can ask a model."""

    async def notebook():
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        try:
            return asked.complete(TASK, ASKED)
        finally:
            asked.close()

    with FakeServer(summarizing) as server:
        assert asyncio.run(notebook()).provenance.degraded is None


def test_two_models_of_one_process_do_not_meet(tmp_path, monkeypatch):
    """Each model has a client of its own, also where LiteLLM has one for all; closing one leaves the other."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key-for-tests")
    with FakeServer(summarizing) as server:
        one, other = (
            choose(Settings(model=f"anthropic/claude-x{n}", api_base=server.url, cache=tmp_path)) for n in (1, 2)
        )
        first = one.complete(TASK, ASKED)
        second = other.complete(TASK, ASKED)
        other.close()
        third = one.complete(TASK, inputs(paper("Another")))
        one.close()

    assert [done.provenance.degraded for done in (first, second, third)] == [None] * 3


def test_limits_wait_for_what_is_set_aside(tmp_path):
    """A limit refuses what could pass it, not what has to wait until others are booked."""
    many = [inputs(paper(f"Paper {n}")) for n in range(30)]
    with FakeServer(summarizing, latency=0.02) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path, max_tokens=60_000))
        done = list(asked.complete_each(TASK, many))
        asked.close()

    used = asked.receipt.tokens_in + asked.receipt.tokens_out
    assert any(completion.provenance.degraded for completion in done) == (used > 50_000)
    assert used <= 60_000


def test_a_dead_server_after_a_cached_run_degrades(tmp_path):
    """Where all summaries are cached and only the topics are not, a dead server costs the topics alone."""
    with FakeServer(summarizing) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        asked.complete(TASK, ASKED)
        asked.close()
        base = server.url
    again = choose(Settings(model="openai/x", api_base=base, cache=tmp_path))
    again.complete(TASK, ASKED)
    topics = again.complete(TOPICS, {"papers": []})
    again.close()

    assert topics.provenance.degraded


def test_ollama_is_looked_at_once(tmp_path):
    """A server that does not say what it has is asked for that once, not once a paper."""
    many = [inputs(paper(f"Paper {n}")) for n in range(9)]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asked = choose(
            Settings(
                model="ollama_chat/x",
                api_base=f"http://127.0.0.1:{silent.getsockname()[1]}",
                cache=tmp_path,
                timeout=0.5,
            )
        )
        started = time.monotonic()
        with pytest.raises(EndpointError):
            list(asked.complete_each(TASK, many))
        asked.close()

    assert time.monotonic() - started < 4


def test_a_question_cut_off_before_it_was_sent_is_new(tmp_path):
    """Only what was sent is marked as such: the rest of an interrupted run is asked without a second thought."""
    many = [inputs(paper(f"Paper {n}")) for n in range(9)]
    with FakeServer(summarizing, latency=0.3) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        outcomes = asked.complete_each(TASK, many)
        threading.Thread(target=lambda: (server.wait_for(1), asked.close())).start()
        with pytest.raises(BaseException):  # noqa: B017, PT011  whatever way a cut comes out
            next(outcomes)
        again = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path, at_most_once=True))
        done = list(again.complete_each(TASK, many))
        again.close()

    assert sum(bool(completion.provenance.degraded) for completion in done) <= 1


def test_a_password_in_an_address_is_kept_nowhere(ask, tmp_path):
    """An address may hold a password; what is kept and said holds none."""
    with FakeServer([answer(GOOD_TEXT)]) as server:
        hidden = SimpleNamespace(url=server.url.replace("//", "//user:canary@"))
        ask(hidden)

    for file in (path for path in (tmp_path / "cache").rglob("*") if path.is_file()):
        assert b"canary" not in file.read_bytes()


def test_errors_hold_no_request(ask, monkeypatch):
    """Neither key nor abstract is in an error, its causes or its attributes."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-0123456789")
    with FakeServer(named("401-echo"), repeat=True) as server, pytest.raises(DigestError) as caught:
        ask(server)

    chain, error_ = [], caught.value
    while error_ is not None:
        chain.append(repr(error_) + repr(vars(error_)))
        error_ = error_.__cause__ or error_.__context__
    assert "canary" not in "".join(chain)
    assert "Peat soils" not in "".join(chain)


def test_the_run_log_speaks_opentelemetry(ask, tmp_path):
    """Each request is a line with the names of the GenAI conventions, without key, abstract or answer."""
    with FakeServer([answer(GOOD_TEXT, usage=(100, 20))]) as server:
        ask(server)

    (log,) = (tmp_path / "cache" / "runs").iterdir()
    request, receipt = map(json.loads, log.read_text().splitlines())
    assert request["gen_ai.operation.name"] == "chat"
    assert (request["gen_ai.usage.input_tokens"], request["gen_ai.usage.output_tokens"]) == (100, 20)
    assert request["gen_ai.response.finish_reasons"] == ["stop"]
    assert receipt["digest.receipt"]["requests"] == 1
    assert "Peat" not in log.read_text()
    assert "Mireflux" not in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_content_is_logged_only_when_asked(ask, tmp_path):
    """--log-content writes what was sent and what came."""
    with FakeServer([answer(GOOD_TEXT)]) as server:
        ask(server, log_content=True)

    (log,) = (tmp_path / "cache" / "runs").iterdir()
    assert "Peat soils" in log.read_text()


def test_no_env_file_is_read(ask, tmp_path, monkeypatch):
    """A stray `.env` sets nothing."""
    (tmp_path / ".env").write_text("DIGEST_STRAY=1\nOPENAI_API_KEY=sk-stray\n")
    monkeypatch.chdir(tmp_path)
    with FakeServer([answer(GOOD_TEXT)]) as server:
        ask(server)

    assert "authorization" not in server.calls[0].headers


def test_a_task_is_asked_about_many_at_once(tmp_path):
    """Answers come in the order of the questions, and equal questions are one."""
    many = [inputs(paper(f"Paper {n % 5}")) for n in range(20)]
    with FakeServer(summarizing, latency=0.02) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        done = list(asked.complete_each(TASK, many))
        asked.close()

    assert [completion.answer for completion in done] == [done[n % 5].answer for n in range(20)]
    assert len(server.calls) == 5


def test_no_task_is_left_behind(tmp_path):
    """Whoever stops listening in the middle leaves nothing under way, and what was answered is kept."""
    many = [inputs(paper(f"Paper {n}")) for n in range(30)]
    with FakeServer(summarizing, latency=0.05) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path, concurrency=4))
        outcomes = asked.complete_each(TASK, many)
        next(outcomes)
        outcomes.close()
        asked.close()
        again = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        list(again.complete_each(TASK, many))
        again.close()

    assert again.receipt.cached >= 1
    assert len(server.calls) <= 30 + 4


def test_a_reader_who_leaves_early_costs_nothing(tmp_path):
    """A model that is closed while answers are still to come ends without a word."""
    many = [inputs(paper(f"Paper {n}")) for n in range(30)]
    with FakeServer(summarizing, latency=0.05) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        outcomes = asked.complete_each(TASK, many)
        next(outcomes)
        asked.close()
        outcomes.close()

    assert asked.receipt.answers >= 1


def test_nobody_beneath_logs(ask, caplog):
    """What LiteLLM and Instructor log, which may hold a request, is seen nowhere."""
    with FakeServer(named("refusal")) as server:
        ask(server)

    assert caplog.records == []


def test_importing_the_package_imports_neither(digest):
    """LiteLLM and Instructor are imported only when a call is needed."""
    code = "import sys, agent.models.remote, agent.models.choose; print({'litellm', 'instructor'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout == "set()\n"


def test_a_complaint_is_told_to_the_model(ask):
    """A task's own check is heard: what it says is wrong is told, once."""
    picky = Task("summarize", SummaryDraft, lambda draft, given: "" if draft.name else "name it")
    named_ = GOOD.model_copy(update={"name": "Mireflux"})
    with FakeServer([answer(GOOD_TEXT), answer(named_.model_dump_json(exclude_defaults=True))]) as server:
        done, _ = ask(server, task=picky)

    assert done.answer == named_
    assert "name it" in sent(server)["messages"][-1]["content"]


WRONG = GOOD.model_copy(update={"findings": (Statement(text="Mireflux lowers the error by 99%.", evidence=(3,)),)})
WRONG_TEXT = WRONG.model_dump_json(exclude_defaults=True)
WORSE = WRONG.model_copy(update={"name": "Bogmeter"})
WORSE_TEXT = WORSE.model_dump_json(exclude_defaults=True)


@pytest.mark.parametrize("model", ["openai/x", "ollama_chat/x", "anthropic/claude-x"])
def test_what_is_said_without_support_is_told_once(ask, monkeypatch, model):
    """A doubted answer is asked for once more, with its doubts; what that took is counted, noted and kept."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key-for-tests")
    with FakeServer([answer(WRONG_TEXT, usage=(1000, 1)), answer(GOOD_TEXT, usage=(1200, 2))]) as server:
        done, _ = ask(server, model)
        again, other = ask(server, model)

    told = str(sent(server)["messages"][-1]["content"])
    assert 'findings.1: "99%": no cited sentence has this number' in told
    assert "On the Fenland benchmark, Mireflux lowers the error by 12.5%" in told
    assert done.answer == GOOD
    source = done.provenance
    assert (source.attempts, source.tokens_in, source.tokens_out, source.reasked) == (2, 2200, 3, True)
    assert (again, other.receipt.cached, len(server.calls)) == (done, 1, 2)


def test_a_sound_answer_is_not_asked_for_again(ask):
    """An answer without doubts costs one request, and says that none was told."""
    with FakeServer([answer(GOOD_TEXT)]) as server:
        done, _ = ask(server)

    assert (done.provenance.reasked, len(server.calls)) == (False, 1)


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        (WRONG_TEXT, WORSE_TEXT, WRONG),
        (WORSE_TEXT, WRONG_TEXT, WRONG),
        (WRONG_TEXT, WRONG_TEXT.replace("99%", "98%"), None),
    ],
)
def test_of_two_doubted_answers_the_better_is_taken(ask, first, second, taken):
    """Fewer doubts win, the second of equals; nobody is asked a third time, and nothing is degraded."""
    with FakeServer([answer(first), answer(second)]) as server:
        done, _ = ask(server)

    expected = taken or SummaryDraft.model_validate_json(second)
    assert (done.answer, done.provenance.reasked, done.provenance.degraded) == (expected, True, None)
    assert len(server.calls) == 2


FAILING = {
    "unreadable": [answer("Sorry.")],
    "excuse": [answer(GOOD_TEXT.replace("Mireflux measures methane fluxes", "I cannot help with that"))],
    "cut": [answer(GOOD_TEXT[:40], finish="length")],
    "filtered": [FILTERED],
    "key": [error(401, "no key")],
    "down": [error(500, "down", retry_after="0")] * 4,
    "refused": [answer(None, refusal="No.")],
}


@pytest.mark.parametrize("how", FAILING)
def test_a_doubted_answer_stands_when_asking_again_fails(ask, how):
    """Nothing that was paid for is lost: where the second answer is none, the first is taken and kept."""
    with FakeServer([answer(WRONG_TEXT), *FAILING[how]]) as server:
        done, _ = ask(server)
        again, other = ask(server)

    assert (done.answer, done.provenance.model, done.provenance.degraded) == (WRONG, "openai/x", None)
    assert (done.provenance.reasked, done.provenance.cached) == (True, True)
    assert (again, other.receipt.cached) == (done, 1)


@pytest.mark.parametrize("limit", [{"max_calls": 1}, {"max_tokens": 8000}])
def test_a_doubted_answer_stands_where_a_limit_is_reached(ask, limit):
    """Where no request is left for a second answer, the first is taken, and nobody claims to have asked again."""
    with FakeServer([answer(WRONG_TEXT, usage=(7000, 100)), answer(GOOD_TEXT)]) as server:
        done, _ = ask(server, **limit)

    assert (done.answer, done.provenance.reasked, done.provenance.degraded) == (WRONG, False, None)
    assert len(server.calls) == 1


def test_an_answer_of_the_wrong_shape_is_asked_for_once(ask):
    """One re-ask a question: after one for the shape, doubts are left to the task."""
    with FakeServer([answer('{"contribution": "system"}'), answer(WRONG_TEXT)]) as server:
        done, _ = ask(server)

    assert (done.answer, done.provenance.reasked, done.provenance.attempts) == (WRONG, False, 2)


def test_a_doubted_answer_survives_an_interrupt(tmp_path):
    """Cut off while the second answer is under way, a run has kept the first."""
    cut_off = threading.Event()

    def script(call):
        if len(call.body["messages"]) > 2:
            cut_off.wait(2)
        return answer(WRONG_TEXT)

    with FakeServer(script) as server:
        asked = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path))
        threading.Thread(target=lambda: (server.wait_for(2), asked.close())).start()
        with suppress(BaseException):
            asked.complete(TASK, ASKED)
        cut_off.set()
        again = choose(Settings(model="openai/x", api_base=server.url, cache=tmp_path, at_most_once=True))
        done = again.complete(TASK, ASKED)
        again.close()

    assert (done.answer, done.provenance.degraded, len(server.calls)) == (WRONG, None, 2)


def test_many_doubts_are_told_in_part(ask):
    """However much is wrong with an answer, what is told of it is short."""
    many = GOOD.model_copy(update={"findings": tuple(Statement(text=f"It is {n}%.", evidence=(3,)) for n in range(99))})
    with FakeServer([answer(many.model_dump_json(exclude_defaults=True)), answer(GOOD_TEXT)]) as server:
        ask(server)

    told = sent(server)["messages"][-1]["content"]
    assert "93 more of this kind" in told
    assert len(told) < 6000
