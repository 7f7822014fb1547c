"""Who decides what is answered: a model that reads our own prompts, and scripts by name."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from tests.fakes.answers import ANSWERS
from tests.fakes.call import Call
from tests.fakes.faults import FAULTS
from tests.fakes.replies import Reply, Script, answer

PAPER = re.compile(r"^BEGIN PAPER$\n(.*?)^END PAPER$", re.MULTILINE | re.DOTALL)
PAPERS = re.compile(r"^BEGIN PAPERS$\n(.*?)^END PAPERS$", re.MULTILINE | re.DOTALL)
QUESTION = re.compile(r"^BEGIN QUESTION$\n(.*?)^END QUESTION$", re.MULTILINE | re.DOTALL)
TOPICS = re.compile(r"^BEGIN TOPICS$\n(.*?)^END TOPICS$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^BEGIN SECTION$\n(.*?)^END SECTION$", re.MULTILINE | re.DOTALL)
NUMBERED = re.compile(r"^\[(\d+)\] .*\n- \[sentences ([\d, ]+)\] (.*)$", re.MULTILINE)
SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
STATEMENT = re.compile(r"^- \[sentences ([\d, ]+)\] (.*)$", re.MULTILINE)
SHARE = re.compile(r"\d[\d.,]*%")
PER_TOPIC = 10


def summarizing(call: Call) -> Reply:
    """Answers our prompts with sentences of the papers asked about; same request, same answer.

    Raises `ValueError` for a request that holds none of our prompts.
    """
    return answer(good(call))


def named(spec: str) -> Script:
    """Returns a script by name: `NAME` or `NAME@WHEN`.

    NAME is `summarizing`, a name of `FAULTS` or `ANSWERS`, or `module:function`. WHEN is `first`, `every-5` (the fifth
    call, the tenth …) or `only-TEXT` (calls whose body has TEXT); all other calls are answered by `summarizing`.
    """
    name, _, when = spec.partition("@")
    script, chosen = _by_name(name), _when(when)
    return lambda call: script(call) if chosen(call) else summarizing(call)


def good(call: Call) -> str:
    """Returns the JSON text of a good answer."""
    for text in call.texts("user"):
        if found := PAPER.search(text):
            return json.dumps(_summary(SENTENCE.findall(found[1])))
        if (found := PAPERS.search(text)) and QUESTION.search(text):
            return json.dumps(_comparison(re.split(r"^(?=\[paper \d+\] )", found[1], flags=re.MULTILINE)[1:]))
        if told := TOPICS.search(text):
            return json.dumps(_newsletter(NUMBERED.findall(told[1])))
        if told := SECTION.search(text):
            return json.dumps(_section(NUMBERED.findall(told[1])))
        if found:
            return json.dumps(_topics(re.split(r"^(?=\[\d+\] )", found[1], flags=re.MULTILINE)[1:]))
    raise ValueError(f"{call.path} holds no prompt of ours")


def _summary(sentences: Sequence[tuple[str, str]]) -> dict[str, Any]:
    statements = [{"text": text, "evidence": [int(number)]} for number, text in sentences]
    shares = [(share, number) for number, text in sentences if "%" in text for share in SHARE.findall(text)]
    return {
        "tldr": statements[0],
        "contribution": "method",
        "approach": statements[1:2],
        "findings": statements[2:][-1:],
        "results": [{"value": share, "evidence": [int(number)]} for share, number in shares[:2]],
    }


def _topics(papers: Sequence[str]) -> dict[str, Any]:
    return {"topics": [_topic(papers, start) for start in range(0, len(papers), PER_TOPIC)]}


def _topic(papers: Sequence[str], start: int) -> dict[str, Any]:
    mine = range(start + 1, min(start + PER_TOPIC, len(papers)) + 1)
    said = STATEMENT.search(papers[start])
    cites = [{"paper": start + 1, "evidence": [int(number) for number in said[1].split(",")]}] if said else []
    return {
        "label": f"Papers {mine[0]} to {mine[-1]}",
        "papers": list(mine),
        "overview": [{"text": said[2], "cites": cites}] if said else [],
    }


def _comparison(papers: Sequence[str]) -> dict[str, Any]:
    """Each paper's first sentence as the answer, its second one as a cell."""
    told = [SENTENCE.findall(paper) for paper in papers]
    return {
        "answered": True,
        "answer": [
            {"text": said[0][1], "cites": [{"paper": number, "evidence": [1]}]} for number, said in enumerate(told, 1)
        ],
        "aspects": ["approach"],
        "rows": [
            {"paper": number, "cells": [{"text": said[1][1], "evidence": [2]} if said[1:] else {"text": None}]}
            for number, said in enumerate(told, 1)
        ],
        "missing": [],
    }


def _newsletter(papers: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """The beginnings of what some papers say, and whole sentences of others."""
    said = [
        {"text": text, "cites": [{"paper": int(number), "evidence": [int(one) for one in numbers.split(",")]}]}
        for number, numbers, text in papers
    ]
    first, last = said[0], said[-1]
    return {
        "subject": first | {"text": " ".join(first["text"].split()[:6])},
        "preheader": last | {"text": " ".join(last["text"].split()[:9])},
        "intro": said[:4],
    }


def _section(papers: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    lines = [
        {"paper": int(number), "text": text, "evidence": [int(one) for one in numbers.split(",")]}
        for number, numbers, text in papers
    ]
    first = lines[0]
    overview = {"text": first["text"], "cites": [{"paper": first["paper"], "evidence": first["evidence"]}]}
    return {"overview": [overview], "lines": lines}


def _by_name(name: str) -> Script:
    if name == "summarizing":
        return summarizing
    if name in FAULTS:
        return lambda _: FAULTS[name]()
    if name in ANSWERS:
        return lambda call: ANSWERS[name](good(call))
    module, _, function = name.partition(":")
    script: Script = getattr(importlib.import_module(module), function)
    return script


def _when(when: str) -> Callable[[Call], bool]:
    kind, _, value = when.partition("-")
    if kind == "only":
        return lambda call: value.encode() in call.raw
    if kind == "every":
        return lambda call: (call.number + 1) % int(value) == 0
    return {"": lambda _: True, "first": lambda call: call.number == 0}[kind]
