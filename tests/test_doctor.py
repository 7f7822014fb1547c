"""What `examine` finds, over a real server and a real cache."""

import sys

import pytest

from agent import doctor
from agent.doctor import examine, keys
from agent.errors import ConfigError, EndpointError
from agent.settings import Settings
from tests.fakes import FakeServer, named, summarizing

ABOUT = ["python", "packages", "full-text search", "cache", "endpoint", "structured answer"]


def findings(folder, *, may_ask=True, **settings):
    found = examine(Settings(cache=folder / "cache", **settings), lambda _: may_ask)
    return {finding.about: finding for finding in found}


def states(found):
    return [finding.state for finding in found.values()]


@pytest.fixture(autouse=True)
def no_key(monkeypatch):
    for name in keys():
        monkeypatch.delenv(name)


def test_the_embedded_model_needs_nothing(tmp_path):
    """Without an endpoint nothing is asked, and no cache is made."""
    found = findings(tmp_path)

    assert [*found] == [*ABOUT[:4], "model"]
    assert states(found) == ["ok"] * 5
    assert found["python"].told == ".".join(map(str, sys.version_info[:3]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("model", "path", "window"),
    [("openai/x", "/v1", "context size unknown"), ("ollama/x", "", "reads up to 32,768 tokens")],
)
def test_a_good_endpoint(tmp_path, model, path, window):
    """An endpoint that answers as it should is told with its context size and what the one request took."""
    with FakeServer(summarizing) as server:
        found = findings(tmp_path, model=model, api_base=server.url + path)

    assert ([*found], states(found)) == (ABOUT, ["ok"] * 6)
    assert found["endpoint"].told == f"{model.replace('ollama/', 'ollama_chat/')} at {server.url}: {window}"
    assert found["structured answer"].told.endswith(" out, 1 request")
    assert len(server.calls) == 1


@pytest.mark.enable_socket
def test_nothing_is_sent_unasked(tmp_path):
    """Who says no sends no request, and the answer is not kept from who says yes."""
    with FakeServer(summarizing) as server:
        found = findings(tmp_path, may_ask=False, model="openai/x", api_base=f"{server.url}/v1")
        assert (states(found), server.calls) == ([*["ok"] * 5, "skipped"], [])

        for _ in range(2):
            findings(tmp_path, model="openai/x", api_base=f"{server.url}/v1")
        assert len(server.calls) == 2


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        ("401", 4, "HTTP 401"),
        ("404", 4, "HTTP 404"),
        ("refusal", 5, "the endpoint refused to answer"),
        ("missing-keys", 5, "two answers of the wrong shape"),
    ],
)
def test_an_endpoint_that_gives_nothing_usable(tmp_path, fault, code, told):
    """The one request shows what a run would meet, and costs no more than a few."""
    with FakeServer(named(fault)) as server:
        finding = findings(tmp_path, model="openai/x", api_base=f"{server.url}/v1")["structured answer"]

    assert (finding.state, finding.error.exit_code) == ("wrong", code)
    assert told in finding.told
    assert finding.error.hint
    assert len(server.calls) <= 4


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("settings", "kind", "told", "hint"),
    [
        ({"model": "ollama_chat/nope"}, ConfigError, "no model 'nope'. It has: qwen3:8b, x:latest.", "pull nope"),
        ({"model": "ollama_chat/x", "api_base": "{}/v1"}, EndpointError, "404", "without /v1"),
        ({"model": "nonsense/x"}, ConfigError, "nonsense/x", "ollama_chat/qwen3:8b"),
        ({"model": "hosted_vllm/x", "api_base": None}, ConfigError, "no address", "--api-base"),
        ({"model": "openai/x", "api_base": None}, ConfigError, "needs OPENAI_API_KEY", "export OPENAI_API_KEY"),
        ({"model": "openai/x", "api_base": "http://127.0.0.1:9/v1"}, EndpointError, "connection refused", "--api-base"),
        ({"model": "ollama_chat/x", "api_base": "http://127.0.0.1:9"}, EndpointError, "refused", "ollama serve"),
        ({"model": "openai/x", "api_base": "127.0.0.1/v1"}, ConfigError, "--api-base", "http://"),
    ],
)  # fmt: skip
def test_an_endpoint_that_cannot_be_asked(tmp_path, settings, kind, told, hint):
    """What stands in the way of every request is told with what to do, and then nothing is sent."""
    with FakeServer(summarizing) as server:
        given = {"api_base": server.url} | settings
        base = given["api_base"] and given["api_base"].format(server.url)
        found = findings(tmp_path, **given | {"api_base": base})

    finding = found["endpoint"]
    assert (finding.state, type(finding.error)) == ("wrong", kind)
    assert told in finding.told
    assert hint in finding.error.hint
    assert (found["structured answer"].state, server.calls) == ("skipped", [])


@pytest.mark.enable_socket
def test_passwords_are_not_shown(tmp_path):
    """A password in the address stands in no finding."""
    with FakeServer(summarizing) as server:
        url = server.url.replace("//", "//me:canary@")
        settings = {"model": "ollama_chat/x", "api_base": url}
        found = findings(tmp_path, **settings)
        where, names = doctor.ollama_models(Settings(**settings))

    assert states(found) == ["ok"] * 6
    assert "canary" not in str(found)
    assert (where, names) == (server.url, ["qwen3:8b", "x:latest"])


def test_a_missing_package(tmp_path, monkeypatch):
    """A package that is not there is told by name."""
    monkeypatch.setattr(doctor, "PACKAGES", ("pydantic", "no-such-package"))
    finding = findings(tmp_path)["packages"]

    assert (finding.state, finding.told) == ("wrong", "no-such-package is not installed.")
    assert finding.error.hint == "pip install no-such-package"


def test_a_damaged_cache(tmp_path):
    """A cache that was damaged is told once; by then it is mended."""
    (tmp_path / "cache" / "v1").mkdir(parents=True)
    (tmp_path / "cache" / "v1" / "cache.db").write_bytes(b"no database at all" * 300)
    first, second = (findings(tmp_path)["cache"] for _ in range(2))

    assert (first.state, first.error.exit_code) == ("wrong", 6)
    assert "file is not a database" in first.told
    assert (second.state, second.told) == ("ok", f"{tmp_path / 'cache'}: no answers yet")


def test_keys_are_names(monkeypatch):
    """Of the keys in the environment only the names are told, and of empty ones nothing."""
    monkeypatch.setenv("MADE_UP_API_KEY", "sk-canary")
    monkeypatch.setenv("EMPTY_API_KEY", "")

    assert keys() == ["MADE_UP_API_KEY"]
