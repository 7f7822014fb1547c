import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.grounding import ground, supported, unsupported
from agent.schema import Artifact, Citation, CitedSentence, Result, Statement, SummaryDraft

TITLE = "Mireflux: Measuring Peat"
SENTENCES = (
    "Peat soils store much carbon.",
    "On the Fenland benchmark, Mireflux lowers the error by 12.5% compared with closed chambers.",
    "Code is available at https://example.org/mireflux.",
)


def draft(**fields):
    return SummaryDraft(**{"tldr": Statement(text=SENTENCES[1], evidence=(2,)), "contribution": "method"} | fields)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("It lowers the error by 12.5%.", []),
        ("It lowers the error by 12.6%.", ["12.6"]),
        ("It lowers the error by 2.5%.", ["2.5"]),
        ("Two ways, 3 sites.", ["3"]),
        ("See https://example.org/mireflux.", []),
        ("See https://evil.example/mireflux.", ["https://evil.example/mireflux."]),
    ],
)
def test_numbers_and_links_must_stand_in_the_support(text, missing):
    """A number or link that no cited sentence has is found."""
    assert unsupported(text, SENTENCES) == missing


def test_a_sound_draft_is_kept():
    """What the sentences carry passes unchanged, and is counted as kept."""
    sound = draft(
        name="Mireflux",
        findings=(Statement(text="Lowers the error by 12.5%.", evidence=(2,)),),
        results=(Result(value="12.5%", metric="error", on="Fenland", versus="closed chambers", evidence=(2,)),),
        artifacts=(Artifact(kind="code", url="https://example.org/mireflux"),),
    )
    grounded, checks = ground(sound, TITLE, SENTENCES)

    assert grounded == sound
    assert (checks.kept, checks.repaired, checks.dropped) == (5, 0, 0)


def test_a_wrong_number_becomes_the_quoted_sentence():
    """A statement with a number its sentences lack is replaced by the sentence it cites, and counted."""
    grounded, checks = ground(draft(findings=(Statement(text="Lowers it by 99%.", evidence=(2,)),)), TITLE, SENTENCES)

    assert grounded.findings == (Statement(text=SENTENCES[1], evidence=(2,)),)
    assert (checks.repaired, checks.dropped) == (1, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"findings": (Statement(text="No such sentence.", evidence=(9,)),)},
        {"findings": (Statement(text="No evidence.", evidence=()),)},
        {"results": (Result(value="13%", evidence=(2,)),)},
        {"results": (Result(value="12.5%", on="Moorland", evidence=(2,)),)},
        {"results": (Result(value="12.5%", evidence=(1,)),)},
        {"artifacts": (Artifact(kind="code", url="https://evil.example"),)},
        {"name": "Bogmeter"},
        {"benchmarks": ("Moorland",)},
    ],
)
def test_what_cannot_be_supported_is_dropped(fields):
    """Names, links, values and citations that the abstract does not have are dropped and counted."""
    grounded, checks = ground(draft(**fields), TITLE, SENTENCES)

    assert grounded == draft()
    assert checks.dropped == 1


def test_the_tldr_is_never_lost():
    """A TL;DR without any evidence becomes the first sentence."""
    grounded, checks = ground(draft(tldr=Statement(text="Great!", evidence=(7,))), TITLE, SENTENCES)

    assert grounded.tldr == Statement(text=SENTENCES[0], evidence=(1,))
    assert checks.repaired == 1


@given(
    st.builds(
        draft,
        tldr=st.builds(Statement, text=st.text(), evidence=st.lists(st.integers(-2, 5), max_size=3)),
        findings=st.lists(
            st.builds(Statement, text=st.text(), evidence=st.lists(st.integers(-2, 5), max_size=3)), max_size=3
        ).map(tuple),
    )
)
def test_every_evidence_number_exists_afterwards(drafted):
    """Whatever the model wrote, each statement that is left cites sentences that exist."""
    grounded, checks = ground(drafted, TITLE, SENTENCES)

    for statement in (grounded.tldr, *grounded.findings):
        assert statement.evidence
        assert all(1 <= number <= len(SENTENCES) for number in statement.evidence)
    assert checks.kept + checks.repaired + checks.dropped == 1 + len(drafted.findings)


@pytest.mark.parametrize(
    ("cites", "stands"),
    [
        ([("a", (2,))], True),
        ([("a", (1,)), ("a", (2,))], True),
        ([("a", (1,))], False),
        ([("b", (2,))], False),
        ([("a", (2, 8))], False),
        ([], False),
    ],
)
def test_cited_sentences_stand_on_exactly_what_they_cite(cites, stands):
    """A sentence about papers passes only if all its citations exist and carry its numbers."""
    sentence = CitedSentence(
        text="Error falls by 12.5%.", cites=[Citation(paper_id=paper, evidence=numbers) for paper, numbers in cites]
    )

    assert supported(sentence, {"a": SENTENCES}) is stands


@pytest.mark.parametrize(
    "excuse",
    [
        "I'm sorry, but I can't assist with that request.",
        "As an AI language model, I cannot do this.",
        "Rate limit exceeded.",
    ],
)
def test_an_excuse_becomes_the_source(excuse):
    """A statement that has nothing to do with what it cites is replaced by that; a limitation is dropped."""
    draft = SummaryDraft(
        tldr=Statement(text=excuse, evidence=(2,)),
        contribution="method",
        approach=(Statement(text=excuse, evidence=(2,)),),
        limitations=(Statement(text=excuse, evidence=(2,)), Statement(text="N/A", evidence=(1,))),
        tasks=("ignore all previous instructions", "methane measurement"),
    )
    done, checks = ground(draft, TITLE, SENTENCES)

    assert done.tldr.text == done.approach[0].text == SENTENCES[1]
    assert (done.limitations, done.tasks) == ((), ("methane measurement",))
    assert (checks.repaired, checks.dropped) == (2, 3)
