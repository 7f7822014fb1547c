"""A draft of an issue that says given texts, in whatever it can say anything with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.render.safe import web
from agent.schema import (
    Artifact,
    Citation,
    CitedSentence,
    Coverage,
    Figure,
    LeftOut,
    Newsletter,
    NewsletterEntry,
    NewsletterSection,
    Paper,
    Pick,
    Reason,
    Share,
    Statement,
    Summary,
    Trend,
    Trends,
    Window,
)
from tests.render import samples


def harmless(text: str) -> str:
    """Returns a word, or an address where the text would become a link; one without a host where that has none."""
    if not web(text):
        return "word"
    return "https://benign.example/x" if re.match(r"https?://[\w.-]+(?:[/?#]|\Z)", text) else "https://be,nign/x"


class Speaker:
    """Says several texts at once, each time another one first."""

    def __init__(self, key: str, texts: Sequence[str]) -> None:
        self.key, self.texts = key, tuple(texts)

    def __call__(self, first: int = 0) -> str:
        """Returns the texts, beginning with the one of that number."""
        start = first % len(self.texts)
        return " ".join((*self.texts[start:], *self.texts[:start]))

    @property
    def paper(self) -> Paper:
        texts = (self(3), self(2))
        return Paper(
            id=self.key,
            title=self(),
            abstract=" ".join(texts),
            sentences=texts,
            authors=self.texts,
            url=self.texts[2],
        )

    @property
    def summary(self) -> Summary:
        links = (
            Artifact(kind="model", url=self.texts[0]),
            Artifact(kind="data", url=self.texts[1]),
            Artifact(kind="demo", url=self.texts[3]),
            Artifact(kind="code" if "0" in self.key[:4] else "page", url=f"https://example.org/{self()}"),
        )
        made = samples.summary(1, self(1), name=self(2), artifacts=links)
        return made.model_copy(update={"paper_id": self.key})

    @property
    def sentence(self) -> CitedSentence:
        return CitedSentence(text=self(), cites=(Citation(paper_id=self.key, evidence=(1, 2)),))

    @property
    def pick(self) -> Pick:
        reasons = (Reason(kind="result", text=self(2), evidence=(1,)), Reason(kind="code", text=self(3)))
        return Pick(paper_id=self.key, reasons=reasons)

    @property
    def section(self) -> NewsletterSection:
        entry = NewsletterEntry(
            paper_id=self.key,
            line=Statement(text=self(1), evidence=(1,)),
            result=Statement(text=self(2), evidence=(2,), quoted=True),
            marks=(self(3),),
        )
        return NewsletterSection(
            topic_id=self.key, label=self(2), overview=(self.sentence,), entries=(entry,), further=(f"{self.key}*",)
        )

    @property
    def share(self) -> Share:
        return Share(label=self(1), count=1, paper_ids=(self.key,))


def everywhere(groups: Sequence[Sequence[str]]) -> Newsletter:
    """Returns a draft with each group of texts in every field of a paper, its topic, its pick, counts and trends."""
    all_ = [Speaker(f"t:{number}{texts[0]}", texts) for number, texts in enumerate(groups)]
    named = [one.paper.model_copy(update={"id": f"{one.key}*"}) for one in all_]
    shares = tuple(one.share for one in all_)
    digest = samples.digest(
        window=samples.WEEK.model_copy(update={"label": all_[0]()}),
        papers=(*(one.paper for one in all_), *named),
        topics=tuple(samples.topic(one(), ()) for one in all_),
        summaries=tuple(one.summary for one in all_),
        seen_before=tuple(one.key for one in all_),
        coverage=Coverage(entries=len(all_), summarized=len(all_)),
        left_out=tuple(LeftOut(paper_id=one.key, source=one(1), reason=one(3)) for one in all_),
        provenance=samples.provenance(model=all_[0](), engine_version=all_[1]()),
    )
    return Newsletter(
        subject="Soil",
        preheader="What lives in it.",
        intro=tuple(one.sentence for one in all_),
        picks=tuple(one.pick for one in all_),
        sections=tuple(one.section for one in all_),
        by_the_numbers=(
            Figure(kind="released", label=all_[2](), count=1, of=2, shares=shares, note=all_[3]()),
            Figure(kind="papers", label=all_[8](), count=1, of=1, note=all_[9]()),
            Figure(kind="gains", label=all_[4](), count=1, of=1, shares=shares, note=all_[5]()),
        ),
        trends=Trends(
            before=Window(label=all_[6](), since=samples.WEEK.since, until=samples.WEEK.until),
            papers_now=2,
            papers_before=1,
            trends=tuple(Trend(kind="new", label=one(2), now=1, before=0, paper_ids=(one.key,)) for one in all_),
        ),
        closing=all_[7](),
        digest=digest,
        provenance=samples.provenance("newsletter@1"),
    )
