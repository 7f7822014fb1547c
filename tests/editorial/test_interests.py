"""Readers' interests are read strictly, and rank and mark papers."""

import pytest

from agent.editorial import interests
from agent.editorial.interests import Interests
from agent.editorial.marks import marks
from agent.errors import ConfigError
from agent.library import Library
from tests.editorial.samples import digest, items, of


def written(tmp_path, text):
    path = tmp_path / "interests.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_interests_is_read(tmp_path):
    """Topics, keywords and liked papers are read, white space folded."""
    path = written(tmp_path, 'topics = ["Video  understanding"]\nkeywords = ["token pruning"]\nliked = ["FenNet"]\n')

    assert interests.read(path) == Interests(
        topics=("Video understanding",), keywords=("token pruning",), liked=("FenNet",)
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('keyword = ["a"]', "interests.toml: keyword: unknown key 'keyword'."),
        ("keywords = 'token'", "keywords: a list of strings is wanted."),
        ("keywords = [3]", "keywords 1: input should be a valid string."),
        ('keywords = ["the"]', "keywords 1: 'the' stands in every paper and tells nothing."),
        ('liked = ["…"]', "liked 1: it has no letter and no digit."),
        ('topics = ["' + "a" * 201 + '"]', "topics 1: string should have at most 200 characters."),
        ("topics = [" + '"peat",' * 501 + "]", "topics: more than 500 are too many."),
        ("", "interests.toml: it has no interests."),
        ("topics = [", "interests.toml: not TOML: "),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_example(tmp_path, text, told):
    """What is wrong is told with file and place, and what is right with an example."""
    with pytest.raises(ConfigError) as caught:
        interests.read(written(tmp_path, text))

    assert told in caught.value.message
    assert "keywords" in caught.value.hint


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 1_000_001])
def test_what_is_no_text_or_too_large_is_refused(tmp_path, content):
    """Bytes that are no UTF-8, and more of them than any editor writes, are refused."""
    path = tmp_path / "interests.toml"
    path.write_bytes(content)

    with pytest.raises(ConfigError, match="the interests cannot be read"):
        interests.read(path)


def test_interests_are_marked():
    """A keyword marks who has its words, a topic who is about it, a liked paper those like it; others have no mark."""
    wanted = Interests(topics=("Speech recognition",), keywords=("token pruning",), liked=("MossVQA",))
    found = marks(items(), digest().topics, wanted)

    assert {key: [mark.text for mark in own] for key, own in found.items()} == {
        of("FenNet").paper.id: ["mentions “token pruning”"],
        of("BogSpeech").paper.id: ["on your topic speech recognition"],
    } | {key: [mark.text for mark in own] for key, own in found.items() if own[0].text.startswith("close to")}
    assert found == marks(items()[::-1], digest().topics, wanted)


def test_a_passing_mention_is_no_topic():
    """A paper that names a topic once, beside its own, is not about it; one that does so twice is."""
    item = of("SedgeDiff")
    passing, telling = (
        item.model_copy(update={"paper": item.paper.model_copy(update={"id": key, "sentences": said})})
        for key, said in (
            ("t:one", (*item.paper.sentences, "It is no peat mapping.")),
            ("t:two", ("Peat mapping is hard.", "We propose SedgeDiff for peat mapping.", "Peat mapping gains.")),
        )
    )
    found = marks((*items(), passing, telling), (), Interests(topics=("Peat mapping",)))

    assert list(found) == ["t:two"]


def test_papers_like_a_liked_one_are_marked():
    """A paper that shares its rarer words with a liked one is marked with its title, and the liked one as liked."""
    known = of("LichenCLIP")
    twin = known.model_copy(update={"paper": known.paper.model_copy(update={"id": "t:twin", "title": "LichenCLIP 2"})})
    found = marks((*items(), twin), (), Interests(liked=(known.paper.title,)))

    assert [mark.text for mark in found[known.paper.id]] == ["liked by you"]
    assert [mark.text for mark in found["t:twin"]] == [
        "close to “LichenCLIP: Contrastive Learning of Lichens”, which you liked"
    ]


def test_liked_papers_are_found_in_the_library():
    """A liked paper is found by its id or title; a title that no paper has stands for itself."""
    with Library() as library:
        for item in items():
            library.add(item.paper)
        fen = of("FenNet").paper
        wanted = Interests(liked=(fen.id, "mossvqa", "A Paper of Next Year"))

        found = interests.liked(wanted, library)

    assert [paper.title for paper in found] == [fen.title, of("MossVQA").paper.title, "A Paper of Next Year"]


def test_a_liked_title_that_no_paper_has_is_told(tmp_path):
    """Each has its line, and the nearest title that was read; one that is known in full, in short or by id has none."""
    fen, moss, lichen = (of(name).paper for name in ("FenNet", "MossVQA", "LichenCLIP"))
    misspelt = lichen.title.replace("Contrastive", "Contrasting")
    text = f"""# {misspelt}
keywords = ["liked"]
liked = [
  "{fen.id}", "{moss.title}", "fennet",
  "{misspelt}",
  "A Paper of \\u004eext Year",
]
"""
    path = written(tmp_path, text)
    with Library() as library:
        for item in items():
            library.add(item.paper)

        told = list(interests.unknown(path, interests.read(path), library))

    assert [(one.source, one.reason.partition("“")[2]) for one in told] == [
        (f"{path}:5", f"{misspelt}”, so only its words count; the nearest is “{lichen.title}”"),
        (f"{path}:3", "A Paper of Next Year”, so only its words count"),
    ]


def test_an_id_that_no_paper_has_is_refused():
    """An id says exactly which paper is meant; where there is none, that is told."""
    with Library() as library, pytest.raises(ConfigError, match="no paper read has this id"):
        interests.liked(Interests(liked=("arxiv:2403.00001",)), library)
