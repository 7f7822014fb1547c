"""A small digest made by hand, with something of everything that a digest can hold."""

import datetime

from agent.schema import (
    Artifact,
    Checks,
    Citation,
    CitedSentence,
    Coverage,
    Digest,
    LeftOut,
    Paper,
    Provenance,
    Result,
    Sighting,
    Statement,
    SummarizedPaper,
    Summary,
    Topic,
    Window,
)

WEEK = Window(label="2025-W12", since=datetime.date(2025, 3, 17), until=datetime.date(2025, 3, 23))


def provenance(prompt="summarize@1", **fields):
    known = {"engine_version": "0.1.0", "model": "embedded", "prompt": prompt, "prompt_sha": "0123456789ab"}
    return Provenance(**known | {"cost_usd": 0.0, "checks": Checks(kept=4)} | fields)


def paper(key, title, **fields):
    sighting = Sighting(source=f"pages/a.txt:{key}", seen=datetime.date(2025, 3, 18))
    known = {"abstract": "One. Two.", "sentences": ("One.", "Two."), "sightings": (sighting,)}
    return Paper(id=f"t:{key}", title=title, **known | fields)


def summary(key, tldr, **fields):
    known = {"contribution": "method", "provenance": provenance()}
    return Summary(paper_id=f"t:{key}", tldr=Statement(text=tldr, evidence=(2,)), **known | fields)


def topic(label, ids, overview=()):
    cited = [CitedSentence(text=text, cites=[Citation(paper_id=f"t:{c}", evidence=(1,)) for c in cites])
             for text, cites in overview]  # fmt: skip
    return Topic(id=label, label=label, overview=tuple(cited), paper_ids=tuple(f"t:{key}" for key in ids))


def digest(**fields):
    known = {
        "window": WEEK,
        "papers": PAPERS,
        "topics": TOPICS,
        "summaries": SUMMARIES,
        "seen_before": ("t:8", "t:9"),
        "coverage": Coverage(
            entries=19, duplicates=4, out_of_window=6, undated=2, unreadable=1, failed=1, summarized=5
        ),
        "left_out": LEFT_OUT,
        "provenance": provenance("topics@1", checks=Checks(kept=3, dropped=1)),
    }
    return Digest(**known | fields)


def summarized():
    return [SummarizedPaper(paper=one, summary=two) for one, two in zip(PAPERS, SUMMARIES, strict=False)]


PAPERS = (
    paper(1, "Rootlight: Mapping Fungal Networks in Forest Soil from a Single Core", url="https://example.org/abs/1"),
    paper(2, "How Deep Do Earthworms Carry Carbon?", doi="10.1000/182"),
    paper(3, "Counting Springtails with a Phone: a Study of 1.5\\% of Europe's Meadows", arxiv_id="2503.01234"),
    paper(4, "A Survey of Nitrogen Budgets"),
    paper(5, "מיפוי רשתות: 土壌中の菌糸ネットワークを一つの試料から推定する新しい方法についての研究とその応用"),
    paper(8, "Old News about Peat"),
    paper(9, "Lichens, Revisited [v2] <b>*now*</b>"),
)

SUMMARIES = (
    summary(
        1,
        "Rootlight reconstructs fungal networks from one soil core, without destroying the plot.",
        name="Rootlight",
        problem=(Statement(text="Mapping networks destroys the plot.", evidence=(1,)),),
        approach=(Statement(text="A core is sliced and imaged; a graph is fitted to the slices.", evidence=(2,)),),
        findings=(
            Statement(text="It finds more links than excavation does.", evidence=(1, 2)),
            Statement(text="It takes an hour.", evidence=(2,)),
        ),
        results=(
            Result(value="+12.5%", metric="recall of links", on="ForestPlots", versus="excavation", evidence=(2,)),
            Result(value="3 times", metric="faster", evidence=(2,)),
        ),
        benchmarks=("ForestPlots",),
        datasets=("ForestPlots", "SoilCores"),
        tasks=("network reconstruction",),
        modalities=("image", "graph"),
        artifacts=(
            Artifact(kind="code", url="https://example.org/rootlight"),
            Artifact(kind="data", url="https://example.org/rootlight"),
            Artifact(kind="demo", url="https://demo.example.org/(root)/light?of=soil&in=a core"),
        ),
        limitations=(Statement(text="Only temperate forests were sampled.", evidence=(1,)),),
        keywords=("mycelium", "soil core"),
    ),
    summary(2, "Most of the carbon stays above 30 cm.", contribution="analysis"),
    summary(
        3,
        "A phone camera counts springtails in 1.5% of Europe's meadows.",
        contribution="dataset",
        name="PhoneTail",
        results=(Result(value="0.93", metric="correlation", versus="counts by hand", evidence=(2,)),),
        artifacts=(Artifact(kind="data", url="https://example.org/phonetail"),),
        provenance=provenance(checks=Checks(kept=3, repaired=1)),
    ),
    summary(4, "Nitrogen budgets disagree on where a third of the nitrogen goes.", contribution="survey"),
    summary(5, "一つの試料から菌糸ネットワークを推定する。", contribution="method"),
)

TOPICS = (
    topic(
        "Life in the soil",
        (1, 3, 5),
        (
            ("Soil hides most of what lives in it.", (3, 1)),
            ("Rootlight reconstructs fungal networks from one core.", (1,)),
        ),
    ),
    topic("Carbon and nitrogen", (2, 4), (("Budgets disagree on where nitrogen goes.", (4,)),)),
)

LEFT_OUT = (
    LeftOut(source="pages/a.txt:77", reason="unreadable: a title without an abstract"),
    LeftOut(paper_id="t:10", reason="undated"),
    LeftOut(paper_id="t:11", reason="undated"),
    LeftOut(paper_id="t:12", source="pages/b.txt:3", reason="failed: the abstract has no text left once it is cleaned"),
)
