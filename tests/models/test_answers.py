import contextlib
import json
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.models.answers import LONGEST_ANSWER, LONGEST_REASON, LONGEST_TEXT, Unreadable, isolate, read
from agent.schema import (
    Artifact,
    ComparisonDraft,
    DraftSentence,
    LeftOut,
    NumberedCitation,
    Result,
    Statement,
    SummaryDraft,
    TopicDraft,
    TopicsDraft,
)
from agent.tasks.compare import compare
from agent.tasks.summarize import summarize
from agent.tasks.topics import group
from tests.completions import Completions, RecordedModel, sha
from tests.fakes.answers import ANSWERS
from tests.machine import slowness

CANARY = "Zanzibar"
"""Stands in every bad answer below, and never in what is said about it."""
DRAFT = SummaryDraft(
    tldr=Statement(text=f"{CANARY} counts moths with <think> tags.", evidence=(1, 2)),
    contribution="method",
    modalities=("time-series",),
    results=(Result(value="4.6", evidence=(3,)),),
)
FIELDS = DRAFT.model_dump(mode="json", exclude_defaults=True)
GOOD = json.dumps(FIELDS)
OTHER = json.dumps({**FIELDS, "contribution": "system"})
SCHEMA = json.dumps(SummaryDraft.model_json_schema())
TOPIC = {"label": "Moths", "papers": [1, 2]}
TOPICS = TopicsDraft(topics=(TopicDraft(label="Moths", papers=(1, 2)),))


def changed(**fields):
    """The good answer with other fields."""
    return json.dumps({**FIELDS, **fields})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD, id="plain"),
        pytest.param(json.dumps(FIELDS, indent=2), id="indented"),
        pytest.param("\ufeff" + GOOD, id="byte order mark"),
        pytest.param(f"```json\n{GOOD}\n```", id="fence"),
        pytest.param(f"Not this:\n```json\n{SCHEMA}\n```\nbut\n```\n{GOOD}\n```", id="two fences"),
        pytest.param(f"Sure! For the set {{a, b}} and \\frac{{1}}{{2}}:\n{GOOD}\nHope this helps {{:}}!", id="prose"),
        pytest.param(f'{{"broken }} {{"so": is this}} {GOOD}', id="broken JSON before"),
        pytest.param(f"<think>Maybe {OTHER}?</think>{GOOD}", id="thoughts"),
        pytest.param(
            f"<Think>{{</THINK><thinking>{OTHER}</thinking>\n<reasoning>{OTHER}</reasoning>{GOOD}",
            id="several thoughts",
        ),
        pytest.param(f"<think>a<think>b</think>{OTHER}</think>{GOOD}", id="nested thoughts"),
        pytest.param(f'Well, {OTHER} or {{"x": "</think>{GOOD}', id="thoughts whose begin the template wrote"),
        pytest.param(f"{GOOD}<think>and now", id="thoughts after the answer"),
        pytest.param(GOOD + GOOD[:90], id="the answer over and over until the limit"),
        pytest.param(f"{GOOD}\n{json.dumps(FIELDS, indent=1)}", id="the same object twice"),
        pytest.param(f"{SCHEMA}\n{GOOD}", id="schema echo, then the answer"),
        pytest.param(f'{{"tldr": <statement>}} {GOOD}', id="skeleton echo, then the answer"),
        pytest.param(f"[{GOOD}]", id="array of one"),
        pytest.param(f'{{"summary": {GOOD}}}', id="in one key"),
        pytest.param(f'{{"type": "object", "properties": {GOOD}}}', id="in the schema's place"),
        pytest.param(f'{{"name": "SummaryDraft", "arguments": {GOOD}}}', id="tool call in words"),
        pytest.param(GOOD.replace("{", '{"contribution": "method", ', 1), id="key twice, values equal"),
        pytest.param(changed(notes=["x"], tldr={**FIELDS["tldr"], "why": {"x": None}}), id="extra keys"),
        pytest.param(changed(notes="x" * (LONGEST_TEXT + 1)), id="extra text without end"),
        pytest.param(changed(tldr={**FIELDS["tldr"], "evidence": ["1", 2.0]}), id="numbers as texts"),
        pytest.param(changed(results=[{"value": 4.6, "evidence": 3}]), id="text as number, one for a list"),
        pytest.param(changed(results={"value": "4.6", "evidence": [3]}), id="one object for a list"),
        pytest.param(changed(modalities="Time Series"), id="one word for a list"),
        pytest.param(changed(modalities=["Time_Series ", "smell", 7, None]), id="unknown and odd words"),
        pytest.param(changed(contribution=["Method"]), id="list of one for a word"),
        pytest.param(changed(problem=None, name=None, keywords=[None]), id="null for nothing"),
        pytest.param(changed(results=FIELDS["results"] * 500), id="an object over and over in a list"),
    ],
)
def test_a_good_answer_is_found(text):
    """What models put around a good answer, and how they bend it, changes nothing."""
    assert read(text, SummaryDraft) == DRAFT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("\ufeff \n\t", "is empty"),
        ("null", "no JSON object"),
        ("{}", "no JSON object"),
        (f'"{CANARY}"', "no JSON object"),
        (f"I'm sorry, but I can't help with {CANARY}.", "no JSON object"),
        (str({"tldr": {"text": CANARY, "evidence": [1]}, "contribution": "method"}), "no JSON object"),
        (f"<think>{GOOD}", "within its thoughts"),
        (f"<think>{GOOD}</think>", "no JSON object"),
        (f"{GOOD}</think>", "no JSON object"),
        (GOOD[:-1], "is incomplete"),
        (GOOD[:90], "is incomplete"),
        (f'{{"x" }} {GOOD[:90]}', "is incomplete"),
        (f"```json\n{GOOD[:90]}", "is incomplete"),
        (GOOD.replace('"method"', "method"), "not valid JSON"),
        (GOOD.replace('"contribution"', ', "contribution"'), "not valid JSON"),
        (SCHEMA, "`tldr` is missing; `contribution` is missing"),
        (f'{{"{CANARY}": {{"{CANARY}": {GOOD}}}}}', "`tldr` is missing"),
        (f"{GOOD}\n{OTHER}", "several JSON objects"),
        (f"[{GOOD}, {OTHER}]", "several JSON objects"),
        (GOOD.replace("{", '{"contribution": "system", ', 1), "same key twice"),
        (changed(tldr={"text": CANARY, "evidence": [math.nan]}), "NaN or infinity"),
        (changed(extra=-math.inf), "NaN or infinity"),
        (GOOD.replace("[3]", "[1e999]"), "NaN or infinity"),
        (GOOD.replace("[3]", f"[{'3' * 5000}]"), "too long"),
        (changed(tldr=None), "`tldr` must be an object"),
        (changed(tldr=CANARY), "`tldr` must be an object"),
        (changed(tldr={"text": CANARY}), "`tldr.evidence` is missing"),
        (
            changed(tldr={"text": CANARY * 500, "evidence": [1]}),
            f"`tldr.text` must be a text of at most {LONGEST_TEXT}",
        ),
        (changed(tldr={"text": CANARY, "evidence": [1.5, CANARY]}), "`tldr.evidence.0` must be a whole number"),
        (changed(name=True), "`name` must be a text"),
        (changed(name=[CANARY, CANARY]), "`name` must be a text"),
        (changed(contribution=CANARY), "`contribution` must be 'method', 'model', 'dataset'"),
        (changed(artifacts=[{"kind": CANARY, "url": "u"}]), "`artifacts.0.kind` must be 'code', 'data'"),
        (changed(problem=[{CANARY: 1}] + [{"n": n} for n in range(99)]), "more."),
        (changed(x=[[]] * 60_000), "far more than asked"),
        ('{"a":' * 100_000, "too deeply"),
        ('{"a":' + "[" * 60 + "]" * 60 + "}", "too deeply"),
        (GOOD + " " * LONGEST_ANSWER, "far longer"),
    ],
)
def test_what_is_no_answer_says_so(text, reason):
    """What cannot be read is refused, with a short reason that names fields and never quotes the answer."""
    with pytest.raises(Unreadable) as caught:
        read(text, SummaryDraft)

    assert reason in caught.value.reason
    assert len(caught.value.reason) <= LONGEST_REASON
    assert CANARY not in caught.value.reason


@pytest.mark.parametrize(
    ("text", "incomplete"), [(GOOD[:90], True), (f"<think>{CANARY}", True), ("null", False), (changed(tldr=1), False)]
)
def test_an_answer_that_ends_too_early_is_told_apart(text, incomplete):
    """More room helps an answer that was cut, even where the endpoint says that it was not, and no other."""
    with pytest.raises(Unreadable) as caught:
        read(text, SummaryDraft)

    assert caught.value.incomplete is incomplete


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (r"a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("a\ud800b", "a\ufffdb"),
        (r"\ud83d\ude00", "\U0001f600"),
        (r"a\u0000\u001b[31m\nb", "a [31m b"),
        ("a\nb\tc\u2028d", "a b c d"),
        ("caf\u00e9 \u2009 \u4e2d", "caf\u00e9 \u2009 \u4e2d"),
    ],
)
def test_texts_are_lines_of_unicode(text, cleaned):
    """Each text can be written as UTF-8 and closes no line; all other characters are the model's."""
    answer = f'{{"tldr": {{"text": "{text}", "evidence": [1]}}, "contribution": "method"}}'

    assert read(answer, SummaryDraft).tldr.text == cleaned
    assert json.loads(isolate(answer).encode())["tldr"]["text"] == cleaned


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"topics": [TOPIC]}),
        json.dumps([TOPIC]),
        json.dumps({"topics": TOPIC}),
        json.dumps({"groups": [TOPIC]}),
        json.dumps({"TopicsDraft": {"topics": [TOPIC, TOPIC]}}),
    ],
)
def test_a_shape_of_one_list_may_be_the_list(text):
    """A list stands for the object whose only field it would be."""
    assert read(text, TopicsDraft) == TOPICS


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"topics": [TOPIC] * 2})[:-4],
        f"[{json.dumps(TOPIC)}, {json.dumps(TOPIC)[:20]}",
        json.dumps({"topics": [TOPIC, {**TOPIC, "label": "Bats"}]}).replace("}, {", "} {"),
    ],
)
def test_a_list_that_is_cut_or_broken_is_not_taken_in_part(text):
    """Topics whose list does not end are not the topics that were asked for."""
    with pytest.raises(Unreadable, match=r"incomplete|not valid"):
        read(text, TopicsDraft)


def test_each_cell_keeps_its_place():
    """Cells stand for aspects: equal ones and empty ones stay where they are, and null is an empty one."""
    empty = {"text": None, "evidence": []}
    row = {
        "paper": 1,
        "cells": [empty, {"text": "a chamber", "evidence": [2]}, empty, None, {"text": "7%", "evidence": [3]}],
    }
    (read_row,) = read(json.dumps({"answered": True, "rows": [row, row]}), ComparisonDraft).rows

    assert [cell.text for cell in read_row.cells] == [None, "a chamber", None, None, "7%"]


@pytest.mark.parametrize("text", [f"```\n{GOOD}\n```", f"<think>{OTHER}</think>\n{GOOD}", f"{GOOD}{GOOD}"])
def test_the_object_alone(text):
    """The one object of a text is isolated, whatever its shape."""
    assert json.loads(isolate(text)) == FIELDS


@pytest.mark.parametrize(
    "text", ["", f"{GOOD} {OTHER}", f'{GOOD} {{"x" }}', json.dumps({"topics": [TOPIC, TOPIC]})[:-4]]
)
def test_a_part_is_not_the_object(text):
    """Where not everything that looks like JSON is the one object, none is isolated."""
    with pytest.raises(Unreadable):
        isolate(text)


HOSTILE = {
    "brackets": lambda: "{" * 10**6,
    "brackets and quotes": lambda: '{"' * 10**6,
    "lists and objects": lambda: "[{ " * 500_000,
    "keys without values": lambda: '{"a" ' * 400_000,
    "objects": lambda: '{"a":1}' * 200_000,
    "a list deep inside": lambda: '{"a":' * 900 + "[" + "1," * 900_000,
    "blanks deep inside": lambda: '{"a":' * 900 + " " * 10**6 + "x",
    "fences": lambda: "```json\n" * 200_000,
    "thoughts that begin": lambda: "<think>" * 200_000,
    "thoughts without text": lambda: "<think></think>" * 100_000,
    "thoughts that end": lambda: '{"a":1}</think>' * 100_000,
    "backslashes": lambda: '{"' + "\\" * 10**6,
    "one word over and over": lambda: changed(modalities=["x"] * 49_000),
    "a long list": lambda: changed(problem=[{"n": n} for n in range(40_000)]),
    "many keys": lambda: changed(**{f"k{n}": {"n": n} for n in range(45_000)}),
    "two large objects": lambda: "".join(json.dumps({f"{k}{n}": {"n": n} for n in range(45_000)}) for k in "kj"),
}


@pytest.mark.parametrize("shape", [SummaryDraft, TopicsDraft])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_no_time(name, shape):
    """A megabyte made to be slow is decided within a second of an ordinary machine."""
    text = HOSTILE[name]()
    begin = time.process_time()
    with contextlib.suppress(Unreadable):
        read(text, shape)
    taken = time.process_time() - begin

    # To see how slow a machine is takes longer than most of these.
    assert taken < 1 or taken < slowness()


JSONISH = st.lists(
    st.sampled_from(
        [*'{}[]":,\\ \n', '"tldr"', '"text"', "null", "NaN", "1", "<think>", "</think>", "```", GOOD, "\ud800"]
    )
).map("".join)


def outcome(text, shape):
    """The answer in a text, or the reason why there is none."""
    try:
        return read(text, shape)
    except Unreadable as error:
        return error.reason


@given(st.one_of(st.text(), JSONISH), st.sampled_from([SummaryDraft, TopicsDraft]))
def test_any_text_is_an_answer_or_unreadable(text, shape):
    """Whatever a model says, it is the asked shape or a short reason, and both can be written down."""
    found = outcome(text, shape)

    assert isinstance(found, str | shape)
    assert len(found) <= LONGEST_REASON if isinstance(found, str) else found.model_dump_json().encode()


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)
NUMBERS = st.lists(st.integers(-3, 99), max_size=3).map(tuple)
STATEMENTS = st.builds(Statement, text=WORDS, evidence=NUMBERS)
DRAFTS = st.builds(
    SummaryDraft,
    tldr=STATEMENTS,
    name=st.none() | WORDS,
    findings=st.lists(STATEMENTS, max_size=3, unique=True).map(tuple),
    results=st.lists(
        st.builds(Result, value=WORDS, on=st.none() | WORDS, evidence=NUMBERS), max_size=2, unique=True
    ).map(tuple),
    artifacts=st.lists(st.builds(Artifact, url=WORDS), max_size=2, unique=True).map(tuple),
    keywords=st.lists(WORDS, max_size=3).map(tuple),
)
TOPIC_DRAFTS = st.builds(
    TopicDraft,
    label=WORDS,
    papers=NUMBERS,
    overview=st.lists(
        st.builds(
            DraftSentence,
            text=WORDS,
            cites=st.builds(NumberedCitation, paper=st.integers(), evidence=NUMBERS).map(lambda c: (c,)),
        ),
        max_size=2,
        unique=True,
    ).map(tuple),
)
PROSE = st.text(st.characters(exclude_characters="{<")) | st.sampled_from(
    ["{a, b}", "{ 'x': 1 }", '{"a": 1}', '{"x" }', "{:}"]
)


@given(
    st.one_of(DRAFTS, st.builds(TopicsDraft, topics=st.lists(TOPIC_DRAFTS, max_size=3, unique=True).map(tuple))),
    PROSE,
    PROSE,
    st.sampled_from(
        ["{}", "```json\n{}\n```", '<think>{{"tldr": 1</think>{}', "oh</think>{}", '{{"answer": {}}}', "\ufeff{}"]
    ),
    st.booleans(),
)
def test_what_stands_around_an_answer_changes_nothing(draft, before, after, around, escaped):
    """A valid answer comes back equal from any prose, fence or thoughts, written with or without escapes."""
    text = json.dumps(draft.model_dump(mode="json"), ensure_ascii=escaped)

    assert read(before + around.format(text) + after, type(draft)) == draft


READABLE = {
    "good", "fenced", "in-prose", "bom", "think", "two-equal-objects", "schema-echo", "extra-keys", "string-numbers",
    "ollama-truncated-prompt",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(ANSWERS) - {"lone-surrogate", "lone-surrogate-outside"}))
def test_the_ways_in_which_models_spoil_an_answer(name):
    """Each spoiled answer that the fake server can give is read as the good one, or refused."""
    found = outcome(ANSWERS[name](GOOD).body.content or "", SummaryDraft)

    assert (found == DRAFT) is (name in READABLE)
    assert name in READABLE or CANARY not in found


def test_recorded_answers_are_read_checked_grouped_and_compared():
    """The recorded answers become summaries, topics and comparisons with no flaw left, and none of them is unused."""
    completions = Completions()
    model = RecordedModel(completions)
    done = list(summarize(completions.papers("summarize"), model))
    again = list(summarize(completions.papers("reask"), model))
    topics, provenance = group(done, model)
    compared = list(compare(completions.asked().values(), model))

    assert [item for item in done + again if isinstance(item, LeftOut)] == []
    checks = {item.summary.name or "GPT": item.summary.provenance.checks for item in done}
    flawed = {name: (c.repaired, c.dropped) for name, c in checks.items() if c.repaired or c.dropped}
    assert (len(done), flawed) == (12, {"μ-Bench": (0, 1), "Edge-MoE": (1, 1), "LOOK-M": (1, 1)})
    assert [item.summary.provenance.attempts for item in again] == [2, 2, 2]
    assert (provenance.checks.kept, provenance.checks.repaired, provenance.checks.dropped) == (8, 1, 0)
    assert sum(len(topic.paper_ids) for topic in topics) == 12
    assert [one.answered for one in compared] == [name != "absent" for name in completions.asked()]
    assert completions.unused() == ""


def test_flaws_of_recorded_answers_become_the_source():
    """Retyped numbers and wrong evidence leave the sentence that was cited, or nothing."""
    completions = Completions()
    papers = [paper for paper in completions.papers("summarize") if paper.title.startswith(("Edge-MoE", "LOOK-M"))]
    edge, look = (item.summary for item in summarize(papers, RecordedModel(completions)))

    assert [result.value for result in edge.results] == ["2.24x"]
    assert edge.findings[0].text.startswith("Edge-MoE achieves 2.24x and 4.90x")
    assert [finding.evidence for finding in look.findings] == [(6,)]


def test_a_reask_says_what_was_wrong():
    """The reason that stands in the record of a second attempt is the one that the first answer gets."""
    completions = Completions()
    model = RecordedModel(completions)
    list(summarize(completions.papers("reask"), model))
    told = [r["request"]["reason"] for r in completions.records.values() if "reason" in r["request"]]

    assert sorted(model.reasons) == sorted(told)


def test_recorded_answers_are_short():
    """A summary takes 350 tokens on average at most, as counted when the answers were written down."""
    records = [r["response"]["usage"] for path, r in Completions().records.items() if path.parent.name == "summarize"]

    assert sum(usage["completion_tokens"] for usage in records) / len(records) <= 350


def test_a_request_without_a_record_names_the_command():
    """A missing record, and one that nobody asks for, tell how to renew them."""
    completions = Completions()
    messages = [{"role": "system", "content": ""}, {"role": "user", "content": "BEGIN PAPER\n[title] New"}]

    with pytest.raises(LookupError, match=r"New.*--live --record"):
        completions.response(messages)
    assert "--live --record" in completions.unused()
    assert sha(messages) != sha(messages[::-1])
