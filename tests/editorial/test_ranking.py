"""Picks have reasons that hold, sections hold every paper once, and numbers are counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.editorial import arrangement, numbers
from agent.editorial.marks import Mark
from agent.editorial.picks import picks
from agent.editorial.ranking import rank
from agent.grounding import abstract, examine
from agent.schema import Artifact, Topic
from agent.text import clean
from tests.editorial.samples import digest, items, of

RANKING = rank(items(), {}, of_a_week=True)
TOPICS = digest().topics
IDS = [item.paper.id for item in items()]


def reasons(start):
    """What speaks for the paper whose title begins so, the strongest first."""
    return [weighed.reason.text for weighed in RANKING.papers[of(start).paper.id].reasons]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("FenNet", ["Reduces inference latency by 45% on VideoFen", "Code is out"]),
        ("MireBench", ["Covers 24 tasks", "Code is out", "Introduces a benchmark"]),
        ("HeathRAG", ["Outperforms dense retrieval by 8.2 points on GuideQA", "Tested on 12 datasets"]),
        ("LichenCLIP", ["Reports a 6.1% increase in recall on LichenBench"]),
        ("MossVQA", ["Introduces a dataset"]),
        ("Why Do", []),
    ],
)
def test_what_speaks_for_a_paper(start, told):
    """Results with what they were measured on, code, breadth and kind are reasons, the strongest first."""
    assert [text for text in reasons(start) if not text.startswith("The only paper")] == told


def test_what_no_other_paper_is_about_is_new():
    """A paper alone on a task is told as such; what two papers speak of makes neither the only one."""
    assert "The only paper of the week on token pruning" in reasons("FenNet")
    assert not any("video understanding" in text for text in reasons("MireBench"))


def test_every_reason_is_carried_by_the_sentences_it_names():
    """A reason that names sentences of the abstract says nothing that these do not say."""
    for one in RANKING.papers.values():
        source = abstract(clean(one.item.paper.title), one.item.paper.sentences)
        for weighed in one.reasons:
            if weighed.reason.kind in ("result", "breadth"):
                assert not any(v.blocks for v in examine(weighed.reason.text, [(source, weighed.reason.evidence)]))


def test_picks_are_spread_over_topics():
    """No topic has two picks while others have papers for which something speaks."""
    found = picks(TOPICS, RANKING)
    topics = [next(topic.id for topic in TOPICS if pick.paper_id in topic.paper_ids) for pick in found]

    assert len(found) == 3
    assert len(set(topics)) == 3
    assert all(pick.reasons for pick in found)


def test_rarity_alone_leads_nothing():
    """That no other paper is on its subject, or what kind of thing it is, goes only with another reason."""
    alone = {key for key, one in RANKING.papers.items() if {w.reason.kind for w in one.reasons} <= {"novelty", "kind"}}

    assert of("MossVQA").paper.id in alone
    assert not alone & {pick.paper_id for pick in picks(TOPICS, RANKING)}


def test_the_largest_topic_has_a_pick():
    """The last pick is of the largest topic where that has none but a paper for which enough speaks."""
    large = tuple(of(start).paper.id for start in ("LichenCLIP", "MossVQA", "Why Do", "ReedAgent"))
    others = [item.paper.id for item in items() if item.paper.id not in large]
    topics = (
        *(Topic(id=key, label=key, paper_ids=(key,)) for key in others),
        Topic(id="l", label="L", paper_ids=large),
    )
    found = [pick.paper_id for pick in picks(topics, RANKING)]

    assert found[-1] == of("LichenCLIP").paper.id
    assert RANKING.best_first(others)[2].weight > RANKING.papers[found[-1]].weight


def test_a_paper_of_interest_leads():
    """What the readers care for goes first, and says so."""
    key = of("Why Do").paper.id
    ranking = rank(items(), {key: [Mark("mentions “replay”", 1.0)]}, of_a_week=True)

    assert picks(TOPICS, ranking)[0].paper_id == key
    assert picks(TOPICS, ranking)[0].reasons[0].text == "Mentions “replay”"


@settings(max_examples=30)
@given(st.none() | st.integers(1, 12), st.none() | st.integers(1, 6), st.sets(st.sampled_from(IDS), max_size=3))
def test_every_paper_stands_in_one_section(top, most, wanted):
    """However an issue is cut, every paper stands in it once, each section shows one in full, and picks are shown."""
    ranking = rank(items(), {key: [Mark("liked", 1.0)] for key in wanted}, of_a_week=True)
    chosen = arrangement.shown(TOPICS, ranking, most)
    leading = [pick.paper_id for pick in picks(chosen, ranking)]
    found = arrangement.sections(TOPICS, chosen, ranking, top, leading)

    entries = [entry.paper_id for section in found for entry in section.entries]
    assert sorted([*entries, *(key for section in found for key in section.further)]) == sorted(ranking.papers)
    assert all(section.entries for section in found if section.label != arrangement.ALSO)
    assert set(leading) <= set(entries)
    assert len(found) <= (most or len(TOPICS)) + 1
    if top:
        assert len(entries) <= max(top, len(chosen) + len(leading))


def figure(kind, found):
    return next(one for one in found if one.kind == kind)


def test_numbers_are_counted():
    """Papers, code, kinds and gains are counts of what the papers say; shares of kinds add up to all papers."""
    found = numbers.by_the_numbers(RANKING, ["t:before"])

    assert (figure("papers", found).count, figure("papers", found).of) == (10, 11)
    assert (figure("released", found).count, figure("released", found).of) == (2, 10)
    assert sum(share.count for share in figure("contributions", found).shares) == 10
    assert not any(one.kind == "benchmarks" for one in found)
    assert [share.label for share in figure("contributions", found).shares if share.count == 1] == [
        "Analysis",
        "Benchmark",
    ]
    assert [share.label for share in figure("gains", found).shares] == [
        "LichenCLIP: 6.1% increase in recall on LichenBench",
        "SedgeDiff: 3.5% improvement in fidelity on PlantGen",
        "FenNet: reduces inference latency by 45% on VideoFen",
        "BogSpeech: lowers the word error rate by 17% on WindSpeech",
        "HeathRAG: outperforms dense retrieval by 8.2 points on GuideQA",
    ]


def test_a_figure_is_told_twice_at_most():
    """A gain that an issue tells twice elsewhere is not listed once more."""
    key = of("FenNet").paper.id
    listed = [
        {share.paper_ids[0] for share in figure("gains", numbers.by_the_numbers(RANKING, (), 0, told)).shares}
        for told in ([(key, "It cuts 45%.")], [(key, "It cuts 45%.")] * 2)
    ]

    assert key in listed[0]
    assert key not in listed[1]


def test_benchmarks_are_counted_by_paper():
    """A benchmark counts once a paper, however it is spelt, and not where an abstract calls it a model."""
    named = [("GuideQA", "BogBench"), ("Guide-QA", "GuideQA"), ("SedgeNet", "guideqa"), ("SedgeNet",)]
    models = [(), (), (), ("SedgeNet",)]
    changed = tuple(
        item.model_copy(update={"summary": item.summary.model_copy(update={"benchmarks": names, "models": others})})
        for item, names, others in zip(items()[:4], named, models, strict=True)
    )
    found = figure("benchmarks", numbers.by_the_numbers(rank(changed, {}, of_a_week=True), ()))

    assert [(share.label, share.count) for share in found.shares][:1] == [("GuideQA", 3)]
    assert "SedgeNet" not in [share.label for share in found.shares]


@pytest.mark.parametrize(
    ("counts", "shown", "note"),
    [
        ([3, 2, 2], 3, ""),
        ([4, 3, 3, 3, 3, 3, 3, 2, 2, 2], 7, "The 7 named most."),
        ([4, *[2] * 9], 1, "The one named most."),
        ([2] * 9, 9, ""),
    ],
)
def test_the_benchmarks_named_most_are_named_more_than_others(counts, shown, note):
    """Of many, those are left out that are named as often as the first that has no room."""
    named = [tuple(f"Bench-{n}" for n, count in enumerate(counts) if at < count) for at in range(max(counts))]
    changed = tuple(
        item.model_copy(update={"summary": item.summary.model_copy(update={"benchmarks": names})})
        for item, names in zip(items(), named, strict=False)
    )
    found = figure("benchmarks", numbers.by_the_numbers(rank(changed, {}, of_a_week=True), ()))

    assert [share.count for share in found.shares] == counts[:shown]
    assert found.note == note


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ((), ""),
        (("Other papers",), ""),
        (("Soil",), " in 1 topic"),
        (("Soil", "Roots", "Other papers"), ", all but 2 in 2 topics"),
    ],
)
def test_papers_of_no_topic_are_not_said_to_be_in_one(labels, told):
    """Behind a number of papers stands in how many topics they are, and how many are in none."""
    topics = [Topic(id=label, label=label, paper_ids=("t:1", "t:2")) for label in labels]

    assert numbers.in_topics(topics) == told


def test_a_release_counts_once_a_paper():
    """A paper with two addresses of code is one paper with code."""
    item = of("FenNet")
    links = tuple(Artifact(kind="code", url=f"https://example.org/{n}") for n in range(2))
    twice = item.model_copy(update={"summary": item.summary.model_copy(update={"artifacts": links})})
    found = figure("released", numbers.by_the_numbers(rank((twice,), {}, of_a_week=True), ()))

    assert [(share.label, share.count) for share in found.shares] == [("Code", 1)]


def test_numbers_that_say_nothing_are_left_out():
    """Where nothing was seen before, the count of new papers is none; what has no number of its own has the total."""
    found = numbers.by_the_numbers(RANKING, ())

    assert not any(one.kind == "papers" for one in found)
    assert all(one.count == one.of for one in found if one.kind != "released")
    assert sum("may not mention everything" in one.note for one in found) == 1


def promising(item):
    """The paper, with code that is still to come."""
    said = tuple(sentence.replace(" is available at", " will be available at") for sentence in item.paper.sentences)
    return item.model_copy(update={"paper": item.paper.model_copy(update={"sentences": said})})


def test_what_is_announced_is_counted_apart():
    """Code that will be there is no code, and the note says how many promise it."""
    found = figure("released", numbers.by_the_numbers(rank((promising(of("FenNet")),), {}, of_a_week=True), ()))

    assert (found.count, found.shares) == (0, ())
    assert found.note.endswith("1 announces code for later.")


def test_a_paper_that_readers_named_is_no_pick():
    """A liked paper is known to who likes it, so that it does not lead; one close to it does."""
    keys = of("FenNet").paper.id, of("Why Do").paper.id
    found = {keys[0]: [Mark("liked by you", 9.0, is_itself=True)], keys[1]: [Mark("close to “FenNet”", 1.0)]}
    leading = [pick.paper_id for pick in picks(TOPICS, rank(items(), found, of_a_week=True))]

    assert leading[0] == keys[1]
    assert keys[0] not in leading


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("MireBench covers 24 challenging video tasks.", "Covers 24 video tasks"),
        ("MireBench spans more than 30 diverse languages.", "Covers more than 30 languages"),
        ("We evaluate models on 12 widely used retrieval benchmarks.", "Evaluates on 12 retrieval benchmarks"),
    ],
)
def test_what_is_counted_keeps_its_kind(sentence, told):
    """What kind of things are counted is told, and what only praises them is not."""
    item = of("MireBench")
    paper = item.paper.model_copy(update={"sentences": (*item.paper.sentences[:1], sentence)})
    ((_, one),) = rank((item.model_copy(update={"paper": paper}),), {}, of_a_week=True).papers.items()

    assert told in [weighed.reason.text for weighed in one.reasons]


def test_a_paper_that_no_topic_has_is_named_all_the_same():
    """What a grouping forgot stands in the last section, and a topic of papers that nobody knows in none."""
    known, *others = [item.paper.id for item in items()]
    topic = Topic(id="one", label="One", paper_ids=(known,))
    ghost = Topic(id="ghost", label="Ghost", paper_ids=("t:ghost",))
    ranking = rank(items(), {}, of_a_week=True)

    made = arrangement.sections((topic, ghost), arrangement.shown((topic, ghost), ranking, None), ranking, None, ())

    assert [section.label for section in made] == ["One", "More papers"]
    assert sorted(made[1].further) == sorted(others)
