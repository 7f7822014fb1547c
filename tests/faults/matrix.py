"""One case of the matrix: how an endpoint fails, whom it serves, and what came of it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from tests.fakes import Call, FakeServer
from tests.faults.command import Done, content, papers, run
from tests.faults.spoiled import spoiled

PAPERS = 12
ONLY = 7
"""The one paper in the middle that some cases are about."""
TIMEOUT = 2.0
MOST_SECONDS = 25.0
"""What a run may take by `--max-time`."""

KEYS = ("sk-canary-7Fq2Lw9Zt4Xb8Nc3Vd6R", "9c41d07be25f88a3164bd2907afe53c6")
"""One for each command; the shapes that OpenAI's keys and those of many others have."""
USER = "canary:Wort7lang"
"""Name and password in the address of Ollama, which takes no key."""

Command = Literal["summarize", "weekly"]
Provider = Literal["openai", "ollama_chat"]


@dataclass(frozen=True)
class Case:
    """What is tried."""

    fault: str
    command: Command
    when: str
    provider: Provider = "openai"

    def __str__(self) -> str:
        return f"{self.fault}-{self.command}-{self.when}" + "-ollama" * (self.provider != "openai")

    def run(self, folder: Path) -> Outcome:
        """Runs the command against a server that fails so."""
        folder.mkdir(parents=True)
        (folder / "papers.jsonl").write_text(papers(PAPERS))
        when = titles()[ONLY] if self.when == "only" else self.when
        with FakeServer(spoiled(self.fault, when)) as server:
            done = run(folder, *self._arguments(server.url), seconds=90, **self._variables())
        return Outcome(done, tuple(server.calls), tuple(server.paths), content(folder / "cache"))

    def _arguments(self, url: str) -> list[str]:
        openai = self.provider == "openai"
        return [
            self.command, "papers.jsonl", "--format", "jsonl" if self.command == "summarize" else "json",
            "--model", f"{self.provider}/x",
            "--api-base", f"{url}/v1" if openai else url.replace("://", f"://{USER}@"),
            "--cache", "cache", "--timeout", str(TIMEOUT), "--max-time", str(MOST_SECONDS),
        ]  # fmt: skip

    def _variables(self) -> dict[str, str]:
        return {"OPENAI_API_KEY": KEYS[self.command == "weekly"]}


@dataclass(frozen=True)
class Outcome:
    """What a run left behind, here and at the server."""

    done: Done
    calls: tuple[Call, ...]
    paths: tuple[str, ...]
    kept: dict[Path, bytes]
    """The files of the cache's folder."""

    @cached_property
    def summaries(self) -> list[tuple[str, bool]]:
        """Title and whether the embedded model stood in, of all papers that came out."""
        if '"schema_version"' not in self.done.out:
            lines = [json.loads(line) for line in self.done.out.splitlines()]
            return [(line["paper"]["title"], _degraded(line["summary"])) for line in lines]
        digest = json.loads(self.done.out)
        assert digest["coverage"]["summarized"] == digest["coverage"]["entries"] == len(digest["summaries"])
        named = {paper["id"]: paper["title"] for paper in digest["papers"]}
        return [(named[summary["paper_id"]], _degraded(summary)) for summary in digest["summaries"]]

    @property
    def degraded(self) -> bool:
        """Whether anything that came out is marked as the embedded model's."""
        topics = json.loads(self.done.out) if '"schema_version"' in self.done.out else {"provenance": {}}
        return _degraded(topics) or any(degraded for _, degraded in self.summaries)

    @property
    def most_for_a_key(self) -> int:
        """Requests about one question."""
        return max(Counter(call.texts("user")[0] for call in self.calls).values())

    @property
    def retries(self) -> int:
        """Requests that had been sent before, byte for byte."""
        return len(self.calls) - len({call.sha256 for call in self.calls})

    def leaks(self) -> list[str]:
        """Where a key stands that should stand nowhere."""
        places = {"stdout": self.done.out.encode(), "stderr": self.done.err.encode()} | {
            str(path): data for path, data in self.kept.items()
        }
        return [f"{key} in {place}" for place, data in places.items() for key in _forms() if key.encode() in data]

    def strangers(self) -> list[str]:
        """Lines on stderr that are not ours: tracebacks, warnings, what a library has to say."""
        ours = ("note: ", "error: ", "hint: ", "papers.jsonl:")
        return [line for line in self.done.err.splitlines() if not line.startswith(ours) or "bug of digest" in line]

    def quotes(self) -> list[str]:
        """Sentences of abstracts in messages, run log and cache, where only the model's own words may stand."""
        data = self.done.err.encode() + b"".join(self.kept.values())
        return [sentence for sentence in sentences() if sentence.encode() in data]


def titles() -> list[str]:
    """The titles of the papers, in order."""
    return [json.loads(line)["title"] for line in papers(PAPERS).splitlines()]


def sentences() -> list[str]:
    """A recognizable piece of each sentence of the abstracts, without signs that JSON escapes."""
    found = []
    for line in papers(PAPERS).splitlines():
        for sentence in json.loads(line)["abstract"].split(". "):
            plain = "".join(sign if sign.isascii() and sign not in '"\\' else "\n" for sign in sentence)
            found.append(max(plain.split("\n"), key=len))
    return [piece for piece in found if len(piece) > 40]


def _degraded(record: Any) -> bool:
    return bool(record["provenance"].get("degraded"))


def _forms() -> list[str]:
    return [*KEYS, *(key[:14] for key in KEYS), USER.split(":")[1], base64.b64encode(USER.encode()).decode()]
