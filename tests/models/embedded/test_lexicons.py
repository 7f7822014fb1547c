"""No rule knows what the papers of the seeds are called."""

import re
from pathlib import Path

from agent.models.embedded.abstract import read as understand
from agent.models.embedded.name import name
from agent.models.embedded.shape import coined
from agent.sources import Problem, read
from agent.text import clean, sentences

AGENT = Path(__file__).parents[3] / "agent"
RULES = [
    path
    for folder in (AGENT / "models" / "embedded", AGENT / "grounding")
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".py", ".txt", ".toml", ".json")
]


def test_no_rule_holds_a_name_that_a_paper_of_the_seeds_proposes(seeds: Path) -> None:
    """Of the names found in the seeds, none that is spelt as only names are stands in a source or a lexicon."""
    papers = {paper.title: paper.abstract for page in sorted(seeds.glob("*.txt")) for paper in read(str(page))
              if not isinstance(paper, Problem)}  # fmt: skip
    found = {name(understand(clean(title), sentences(clean(text)))) for title, text in papers.items()}
    names = {each for each in found if each and len(each) >= 4 and " " not in each and coined(each)}
    words = {word for path in RULES for word in re.findall(r"[\w.+^*-]+", path.read_text("utf-8"))}

    assert len(names) > 150
    assert sorted(names & words) == []


def test_the_rules_are_looked_for_where_they_are() -> None:
    """Sources of both packages are read, and so is every lexicon beside them."""
    assert {path.name for path in RULES} >= {"name.py", "lexicon.py", "align.py", "antonyms.txt"}
