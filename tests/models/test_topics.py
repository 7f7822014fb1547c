"""Topics are a partition of the papers: by known themes, or by their words alone where none is known."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.models.embedded.summary import summarize
from agent.models.embedded.topics import group
from agent.models.embedded.topics.clustering import bounds
from agent.models.embedded.topics.themes import built_in
from agent.schema import Paper, Provenance, Statement, SummarizedPaper, Summary
from agent.sections import OTHER
from agent.text import clean, sentences, words

HEADINGS = {name for theme in built_in() for name in (theme.label, theme.family)}
"""What groups of known themes are called."""

PROVENANCE = Provenance(engine_version="0", model="embedded", prompt="summarize@1", prompt_sha="0" * 12)

# Made up: four papers on soil, four on exoplanets, four on graphs.
PAPERS = """
Earthworm burrows and soil carbon in temperate grassland
  Soil carbon in grassland is poorly known. We dug soil cores in temperate grassland. Earthworm burrows raised
  soil carbon by 12%.
Fungal networks feed soil bacteria in temperate grassland
  Soil bacteria depend on fungal hyphae. We present MycoMap, a map of fungal hyphae in grassland soil. MycoMap
  finds hyphae in 80% of soil cores.
Tillage reduces soil carbon and earthworm abundance
  Tillage disturbs soil organisms. We measured earthworm abundance and soil carbon in tilled plots. Tillage
  reduced earthworm abundance by 40%.
Soil carbon under drought: a grassland experiment
  Drought changes how soil bacteria respire. We introduce DrySoil, a field experiment on grassland soil carbon.
  DrySoil lost 7% of its soil carbon in one summer.
Water vapour in the atmosphere of a warm exoplanet
  Transit spectra reveal the atmosphere of an exoplanet. We observed four transits with a space telescope. Water
  vapour absorbs 3% of the starlight.
TransitHunter: finding exoplanet transits in faint stars
  Exoplanet transits of faint stars are hard to find. We present TransitHunter, a search for exoplanet transits in
  telescope light curves. TransitHunter recovers 91% of injected transits.
Escaping helium from a young exoplanet atmosphere
  Young exoplanets lose their atmosphere. We observed helium during transits of a young star. The exoplanet
  atmosphere escapes at 5% per million years.
Orbits of exoplanets around binary stars from telescope transits
  Exoplanets around binary stars have odd orbits. We measured the orbit of one exoplanet from six transits. The
  orbit precesses by 2% per year.
Edge colouring of planar graphs with few colours
  Every planar graph with large degree has an edge colouring. We prove a bound on the chromatic index of planar
  graphs. The bound is tight for planar graphs of degree seven.
A faster algorithm for list colouring of sparse graphs
  List colouring of graphs is hard in general. We present SparseList, an algorithm for list colouring of sparse
  graphs. SparseList uses 30% fewer colours than greedy colouring.
The chromatic number of random graphs revisited
  The chromatic number of a random graph is concentrated. We prove a new bound on the chromatic number of random
  graphs. The bound holds for every vertex degree.
Vertex colouring of graphs without short cycles
  Graphs without short cycles need few colours. We give a vertex colouring of graphs without triangles. The
  colouring uses half as many colours as the vertex degree.
"""


# Made up: crafts of which no theme is known, so that only the papers' own words tell them apart.
CRAFTS = """
Cable stitches in woollen jumpers
  Woollen jumpers wear thin. We knit woollen jumpers with cable stitches. Cable stitches keep their shape.
Cable stitches and the fit of woollen jumpers
  The fit of woollen jumpers varies. We compare cable stitches with plain stitches. Plain stitches loosen.
Mending woollen jumpers with plain stitches
  Moths eat woollen jumpers. We mend woollen jumpers with plain stitches. Plain stitches hide the holes.
Needles for cable stitches
  Needles bend. We try bamboo needles on cable stitches. Woollen jumpers come out even.
Sourdough crust in a cold oven
  Sourdough crust is hard to brown. We bake sourdough loaves in a cold oven. The crust of the loaves browns.
Rye loaves and sourdough crust
  Rye loaves are dense. We bake rye loaves from sourdough. The sourdough crust stays thin.
Kneading sourdough loaves by hand
  Kneading warms the dough. We knead sourdough loaves by hand. The dough of the loaves rises.
Steam and the crust of sourdough loaves
  Steam softens dough. We bake sourdough loaves with steam. The sourdough crust shines.
"""


def made_up(listing=PAPERS):
    blocks = [line.split("\n", 1) for line in re.split(r"\n(?=\S)", listing.strip("\n"))]
    return [summarized(title, " ".join(abstract.split())) for title, abstract in blocks]


def summarized(title, abstract):
    split = sentences(clean(abstract))
    draft = summarize(title, split).model_dump(exclude={"roles"})
    paper = Paper(id=f"t:{title}", title=title, abstract=abstract, sentences=tuple(split))
    return SummarizedPaper(paper=paper, summary=Summary(paper_id=paper.id, provenance=PROVENANCE, **draft))


@pytest.fixture(scope="module")
def fields():
    return made_up()


def test_fields_are_told_apart(fields):
    """Soil ecology, exoplanets and graph colouring come out as three topics."""

    assert {frozenset(topic.papers) for topic in group(fields).topics} == {
        frozenset({1, 2, 3, 4}), frozenset({5, 6, 7, 8}), frozenset({9, 10, 11, 12})
    }  # fmt: skip


def test_known_fields_are_called_by_their_names(fields):
    """Fields of which themes are known are called after these."""

    assert {topic.label for topic in group(fields).topics} == {
        "Ecology and evolution", "Astronomy and cosmology", "Combinatorics and graphs"
    }  # fmt: skip


def test_removing_a_paper_moves_no_other(fields):
    """Whichever paper is left out, the others stay together and apart as they were."""
    whole = {frozenset(topic.papers) for topic in group(fields).topics}
    for left_out in range(1, 13):
        rest = [number for number in range(1, 13) if number != left_out]
        found = {frozenset(rest[n - 1] for n in t.papers) for t in group([fields[n - 1] for n in rest]).topics}

        assert found == {papers - {left_out} for papers in whole}


def test_unknown_fields_are_told_apart_by_their_words():
    """Papers of no known theme are grouped by what they share, and named by a phrase of theirs."""
    crafts = made_up(CRAFTS)
    topics = group(crafts).topics
    assert {frozenset(topic.papers) for topic in topics} == {frozenset({1, 2, 3, 4}), frozenset({5, 6, 7, 8})}

    for topic in topics:
        assert topic.label not in HEADINGS
        text = " ".join(words(" ".join(crafts[number - 1].paper.title for number in topic.papers)))
        content = [word for word in words(topic.label) if word != "and"]

        assert sum(word.rstrip("s") in text for word in content) == len(content)
        assert 2 <= len(topic.label.split()) <= 5


def test_no_label_is_a_paper_s_own_name(fields):
    """What one paper calls its own work names no topic."""
    names = {item.summary.name for item in fields} - {None}
    labels = " ".join(topic.label for topic in group(fields).topics)

    assert names >= {"TransitHunter", "SparseList"}
    assert not any(name in labels for name in names)


def test_overviews_say_only_what_they_cite(fields):
    """Every word of an overview, joining words aside, stands in the cited sentences, and nobody says `we`."""
    said = [sentence for topic in group(fields).topics for sentence in topic.overview]
    for sentence in said:
        cited = {
            word
            for cite in sentence.cites
            for number in cite.evidence
            for word in words(fields[cite.paper - 1].paper.sentences[number - 1])
        }
        added = {word for word in words(sentence.text) if word not in cited and word.rstrip("s") not in cited}
        added -= {"presents", "introduces"}

        assert added <= {"is", "a", "an", "one", "another", "paper", "proves", "gives", "reports", "finds", "that"}
        assert not {"we", "our", "this"} & set(words(sentence.text))
        assert sentence.text[0].isupper()
        assert sentence.text.endswith(".")
        assert len(sentence.text.split()) <= 45
    assert len(said) >= 6


def test_order_of_papers_does_not_matter(fields):
    """Shuffled papers give the same topics, labels and overviews."""
    shuffled = sorted(enumerate(fields), key=lambda pair: pair[0] * 5 % 12)
    back = {new: old + 1 for new, (old, _) in enumerate(shuffled, 1)}
    found = group([item for _, item in shuffled]).topics

    assert [(t.label, [back[n] for n in t.papers], [s.text for s in t.overview]) for t in found] == [
        (t.label, list(t.papers), [s.text for s in t.overview]) for t in group(fields).topics
    ]


def test_hash_seed_does_not_matter(fields):
    """Another process, with a hash seed of its own, writes the same bytes."""
    script = (
        "import sys; from agent.models.embedded.topics import group; from agent.schema import SummarizedPaper as Item\n"
        "print(group([Item.model_validate_json(line) for line in sys.stdin]).model_dump_json())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input="\n".join(item.model_dump_json() for item in fields),
        capture_output=True, text=True, encoding="utf-8", check=True, env=os.environ | {"PYTHONHASHSEED": "77"},
        cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert done.stdout == group(fields).model_dump_json() + "\n"


@pytest.mark.parametrize(
    ("papers", "fewest", "most"),
    [(1, 1, 1), (3, 1, 1), (5, 1, 2), (36, 4, 8), (230, 6, 18), (476, 8, 20), (10_000, 8, 20)],
)
def test_number_of_topics_suits_a_reader(papers, fewest, most):
    """The bounds on the number of topics grow far more slowly than the papers."""
    low, high = bounds(papers)

    assert fewest <= low <= high <= most


@pytest.mark.parametrize("size", range(6))
def test_few_papers_make_one_or_two_topics(fields, size):
    """No paper gives no topic, one gives one, up to five give at most two, beside one of what is in neither."""
    found = group(fields[2 : 2 + size]).topics

    assert min(size, 1) <= len([topic for topic in found if topic.label != OTHER]) <= (1 if size < 4 else 2)


def test_a_paper_is_in_no_theme_for_one_weak_word():
    """A word said in passing, and likeness to papers of a theme, put no paper into it; few such papers stand together.

    They are not called after the title of one of them, and nothing is said of them in common.
    """
    stray = summarized("Bells in village churches", "Bells crack in frost. We cast bells that a brain surgeon liked.")
    papers = [*made_up()[:4], stray, *made_up()[4:]]
    found = {topic.papers: topic for topic in group(papers).topics}

    assert (5,) in found
    assert found[5,].label == OTHER
    assert found[5,].overview == ()


def test_a_paper_of_no_theme_is_not_called_after_its_title():
    """One paper alone of which no theme is known has the same label."""
    [topic] = group([summarized("Bells in village churches", "Bells crack in frost. We cast bells.")]).topics

    assert topic.label == OTHER


def test_one_paper_is_a_topic(fields):
    """A topic of one paper is called after its theme and has an overview that cites it."""
    [topic] = group(fields[1:2]).topics

    assert topic.label in HEADINGS
    assert {cite.paper for sentence in topic.overview for cite in sentence.cites} == {1}


TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*"we propose a deep soil network Foo-Net, which maps (of) stars. 12% $x$".split(), "\x00"]),
        max_size=25,
    ).map(" ".join),
)


STATEMENTS = st.builds(Statement, text=TEXT, evidence=st.lists(st.integers(-1, 5), max_size=2).map(tuple))
SOME = st.lists(STATEMENTS, max_size=2).map(tuple)


@st.composite
def papers(draw):
    split = tuple(draw(st.lists(TEXT, max_size=4)))
    paper = Paper(id=draw(st.text(max_size=3)), title=draw(TEXT), abstract=" ".join(split), sentences=split)
    name = draw(st.one_of(st.none(), TEXT))
    summary = Summary(
        paper_id=paper.id, tldr=draw(STATEMENTS), contribution="method", name=name,
        problem=draw(SOME), approach=draw(SOME), findings=draw(SOME), provenance=PROVENANCE,
    )  # fmt: skip
    return SummarizedPaper(paper=paper, summary=summary)


@settings(max_examples=50, deadline=None)
@given(st.lists(papers(), max_size=9))
def test_any_papers_are_parted_into_topics(items):
    """Whatever the text: every paper in exactly one topic, no two labels alike, every cited sentence there."""
    found = group(items).topics

    assert sorted(number for topic in found for number in topic.papers) == list(range(1, len(items) + 1))
    assert len({topic.label for topic in found}) == len(found)
    assert all(1 <= len(topic.label.split()) <= 5 and len(topic.keywords) <= 6 for topic in found)
    assert all(
        0 < number <= len(items[cite.paper - 1].paper.sentences) and cite.paper in topic.papers
        for topic in found
        for sentence in topic.overview
        for cite in sentence.cites
        for number in cite.evidence
    )
    assert all(sentence.cites and all(c.evidence for c in sentence.cites) for t in found for sentence in t.overview)
