"""Trends count both windows by the same topics."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.editorial.trends import FEWEST, MARKED, sort, trends
from agent.editorial.weeks import Earlier
from agent.schema import Topic
from agent.sections import Section
from tests.editorial.samples import BEFORE, items

SECTIONS = (Section(label="Video", keywords=("video",)), Section(label="Language models", keywords=("language model",)))


def copies(item, count, prefix):
    """The same paper so many times, each with an id of its own."""
    return tuple(
        item.model_copy(update={"paper": item.paper.model_copy(update={"id": f"t:{prefix}{number}"})})
        for number in range(count)
    )


VIDEO = next(item for item in items() if item.paper.title.startswith("MireBench"))
LANGUAGE = next(item for item in items() if item.paper.title.startswith("Why Do"))


def topics(papers, sections=()):
    """The papers in topics as an issue has them."""
    counts = sort(papers, (), sections)
    return [Topic(id=label, label=label, paper_ids=tuple(ids)) for label, (ids, _) in counts.items()]


def told(now, before, sections=SECTIONS):
    """Kind, label and counts of each trend between windows, each given as papers on video and on language models."""
    windows = [
        copies(VIDEO, one, f"{name}v") + copies(LANGUAGE, two, f"{name}l")
        for name, (one, two) in (("now", now), ("before", before))
    ]
    found = trends(windows[0], Earlier(BEFORE, windows[1]), topics(windows[0], sections), sections)
    return [(trend.kind, trend.label, trend.now, trend.before) for trend in found.trends]


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        ((6, 6), (0, 12), [("new", "Video", 6, 0), ("fading", "Language models", 6, 12)]),
        ((6, 6), (2, 40), [("growing", "Video", 6, 2), ("fading", "Language models", 6, 40)]),
        ((0, 10), (12, 10), [("growing", "Language models", 10, 10), ("fading", "Video", 0, 12)]),
        ((5, 5), (4, 6), []),
        ((1, 1), (0, 2), []),
        ((6, 0), (20, 60), [("growing", "Video", 6, 20), ("fading", "Language models", 0, 60)]),
        ((4, 16), (0, 200), [("new", "Video", 4, 0)]),
        ((2, 18), (0, 200), []),
        ((4, 0), (0, 0), []),
    ],
)
def test_what_grows_and_fades(now, before, found):
    """New is what was not there, growing and fading what has a much other share; a paper or two are chance."""
    assert told(now, before) == found


def test_what_papers_are_does_not_fade():
    """Where benchmarks have no section, other sections have some: only what papers are about fades."""
    fewer = (Section(label="Benchmarks and evaluation", keywords=("video",)), SECTIONS[1])

    assert told((0, 10), (12, 10), fewer) == [("growing", "Language models", 10, 10)]


@settings(max_examples=12)
@given(st.lists(st.sampled_from(range(len(items()))), max_size=9), st.lists(st.sampled_from(range(10)), max_size=9))
def test_the_counts_add_up(now, before):
    """Every paper of either window stands in one topic, and the counts of all topics are those of the windows."""
    mine = [copies(items()[number], 1, f"now{place}-")[0] for place, number in enumerate(now)]
    theirs = [copies(items()[number], 1, f"before{place}-")[0] for place, number in enumerate(before)]
    counts = sort(mine, theirs)
    mine_in = topics(mine)
    found = trends(mine, Earlier(BEFORE, tuple(theirs)), mine_in)
    sizes = {topic.label: len(topic.paper_ids) for topic in mine_in}

    assert sorted(key for ids, _ in counts.values() for key in ids) == sorted(one.paper.id for one in mine)
    assert sorted(key for _, ids in counts.values() for key in ids) == sorted(one.paper.id for one in theirs)
    assert (found.papers_now, found.papers_before) == (len(mine), len(theirs))
    for trend in found.trends:
        assert trend.now == sizes.get(trend.label, 0)
        shares = trend.now / len(mine), trend.before / len(theirs)
        assert max(shares) >= MARKED * min(shares)
        assert abs(shares[0] - shares[1]) * min(len(mine), len(theirs)) >= FEWEST - 1e-6


def test_a_topic_counts_as_the_issue_has_it():
    """What the issue puts into a topic counts there, if something says which of the earlier papers are of its kind."""
    now, before = copies(VIDEO, 6, "now"), copies(VIDEO, 2, "v") + copies(LANGUAGE, 20, "l")
    clips = Topic(id="clips", label="Video clips", paper_ids=tuple(item.paper.id for item in now))
    other = clips.model_copy(update={"label": "Moving pictures"})
    found, unlike = (trends(now, Earlier(BEFORE, before), [one], SECTIONS).trends for one in (clips, other))

    assert [(one.kind, one.label, one.now, one.before) for one in found] == [
        ("growing", "Video clips", 6, 2),
        ("fading", "Language models", 0, 20),
    ]
    assert [one.label for one in unlike] == ["Language models"]


def test_papers_that_are_named_are_there():
    """What fades names papers of the earlier window, which come with it."""
    now = copies(LANGUAGE, 10, "now")
    found = trends(now, Earlier(BEFORE, copies(VIDEO, 8, "before")), topics(now, SECTIONS), SECTIONS)
    (fading,) = (trend for trend in found.trends if trend.kind == "fading")

    assert set(fading.paper_ids) == {paper.id for paper in found.papers}
    assert len(fading.paper_ids) == 3
