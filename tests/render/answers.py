"""Small comparisons made by hand, and one made of nothing but hostile text."""

from agent.schema import (
    Cell,
    Checks,
    Citation,
    CitedSentence,
    Comparison,
    Consulted,
    Row,
)
from tests.render import samples

CORE = samples.paper(
    1,
    "Rootlight: Mapping Fungal Networks in Forest Soil from a Single Core",
    url="https://example.org/abs/1",
    sentences=(
        "Mapping fungal networks destroys the plot.",
        "We present Rootlight, which reconstructs them from a single core.",
        "On ForestPlots, Rootlight finds 12.5% more links than excavation.",
    ),
)
PHONE = samples.paper(
    2,
    "Rootlight: Counting Springtails with a Phone",
    sentences=(
        "Counting springtails takes a microscope.",
        "We present Rootlight, an app that counts them in 1.5% of the time.",
    ),
)
DEEP = samples.paper(3, "How Deep Do Earthworms Carry Carbon?", doi="10.1000/182")


def sentence(text, *cites, quoted=False):
    cited = tuple(Citation(paper_id=paper.id, evidence=evidence) for paper, evidence in cites)
    return CitedSentence(text=text, cites=cited, quoted=quoted)


def row(paper, *cells):
    return Row(paper_id=paper.id, cells=tuple(Cell(text=one[0], evidence=one[1:]) if one else Cell() for one in cells))


def comparison(papers=(CORE, PHONE), **fields):
    known = {
        "question": "What does each Rootlight do?",
        "answered": True,
        "answer": (
            sentence("One Rootlight reconstructs fungal networks from a single core.", (CORE, (2,))),
            sentence(PHONE.sentences[1], (PHONE, (2,)), quoted=True),
            sentence("Mapping destroys the plot, and counting takes a microscope.", (CORE, (1,)), (PHONE, (1,))),
        ),
        "aspects": ("approach", "result"),
        "rows": (
            row(CORE, ("reconstructs them from a single core", 2), (CORE.sentences[2], 2, 3)),
            row(PHONE, ("an app that counts them", 2), ()),
        ),
        "missing": ("Not stated in the abstracts: cost.",),
        "notes": ("These figures come from different benchmarks | they cannot be compared.",),
        "consulted": tuple(paper.id for paper in papers),
        "why": tuple(Consulted(paper_id=paper.id, why="named “Rootlight”") for paper in papers),
        "papers": papers,
        "provenance": samples.provenance("compare@1", checks=Checks(kept=6)),
    }
    return Comparison(**known | fields)


def unanswered(**fields):
    nothing = {"answered": False, "answer": (), "aspects": (), "rows": (), "notes": ()}
    missing = ("No paper that was read is called “Peatlight”.",)
    return comparison(**nothing | {"question": "How does Peatlight work?", "missing": missing} | fields)


def many():
    """More papers than stand beside each other, with an aspect of many words."""
    papers = (CORE, PHONE, DEEP, samples.paper(4, "A Survey of Nitrogen Budgets in the Soils of Northern Meadows"))
    said = [row(paper, (paper.sentences[0], 1), (), (paper.sentences[1], 2)) for paper in papers]
    aspects = ("need", "what it was trained and measured on", "approach")
    return comparison(papers, question="What is needed?", aspects=aspects, rows=tuple(said))


def hostile(text):
    """A comparison with the text in every field that takes one."""
    papers = (
        samples.paper(1, text, url=text, sentences=(text, text)),
        samples.paper(2, text, url=f"https://example.org/{text}", sentences=(text,)),
        CORE.model_copy(update={"id": f"doi:{text}", "title": f"{text}: {text}"}),
    )
    first, second, third = papers
    written = {"model": text, "prompt": text, "engine_version": text, "degraded": text}
    return comparison(
        papers,
        question=text,
        answer=(sentence(text, (first, (1, 2)), (third, (1,))), sentence(text, (second, (9,)), quoted=True)) * 2,
        aspects=(text, f"{text}."),
        rows=(row(first, (text, 1), (text, 2)), row(second, (), (text,)), row(third, (text, 1, 7))),
        missing=(text, text),
        notes=(text,),
        why=tuple(Consulted(paper_id=paper.id, why=text) for paper in papers),
        provenance=samples.provenance(**written),
    )
