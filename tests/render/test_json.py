"""JSON: lossless, stable, one record a line."""

import json

import pytest
from hypothesis import given, settings

from agent import render
from agent.schema import Digest, SummarizedPaper
from tests.render import hostile, samples

SURROGATE = "\ud800"


@settings(deadline=None)
@given(hostile.texts.filter(lambda text: text.isascii() or SURROGATE not in text))
def test_a_digest_comes_back_as_it_was(text):
    """Reading the JSON gives the digest again."""
    made = hostile.digest(text)

    assert Digest.model_validate_json(render.digest(made, "json")) == made


@settings(deadline=None)
@given(hostile.texts)
def test_a_record_is_one_line(text):
    """Whatever a tool takes for the end of a line, a record has one, at its end; nothing in it steers a terminal."""
    made = hostile.digest(text)
    item = SummarizedPaper(paper=made.papers[0], summary=made.summaries[0])
    (shown,) = render.summaries([item], "jsonl")

    assert shown.splitlines(keepends=True) == [shown]
    assert shown.endswith("}\n")
    assert not set(shown) & set("\x1b\x7f\x9b\u202e\u2066\u200b\ufeff\U000e0041\ud800")
    assert json.loads(shown)["paper"]["abstract"] == text


def test_json_is_readable():
    """The object is indented, in its own letters, in the order of the schema, and ends in a newline."""
    shown = render.digest(samples.digest(), "json")

    assert shown.startswith('{\n  "schema_version": 1,\n  "window": {\n    "label": "2025-W12"')
    assert "菌糸ネットワーク" in shown
    assert shown.endswith("\n}\n")


@pytest.mark.parametrize("form", ["terminal", "markdown", "jsonl"])
def test_summaries_stream(form):
    """The first summary is shown before the second is asked for."""

    def items():
        yield samples.summarized()[0]
        pytest.fail("the second was asked for")

    assert "Rootlight" in next(iter(render.summaries(items(), form)))
