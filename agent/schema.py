"""The nouns of `digest`: frozen records whose JSON shape is public.

Other people's scripts stand on these shapes, so they change only with `SCHEMA_VERSION`.
"""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1
"""Grows when a field is renamed, removed or changes its meaning."""

Role = Literal["background", "objective", "method", "result", "other"]
Contribution = Literal["method", "model", "dataset", "benchmark", "survey", "analysis", "system", "theory"]
Modality = Literal[
    "text", "image", "video", "audio", "speech", "3d", "medical-image", "time-series", "graph", "tabular", "action",
    "other",
]  # fmt: skip
ArtifactKind = Literal["code", "data", "model", "demo", "page"]


class Record(BaseModel):
    """A frozen record that refuses unknown fields; what a field means stands beneath it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sighting(Record):
    """One place where a paper was found."""

    source: str
    """File and line of the title, such as `seeds/003_5ae359ff57e68e96.txt:41`."""
    seen: datetime.date | None = None
    """The day on which that place listed the paper; None when the place does not say."""


class Paper(Record):
    """A paper, merged from all the places where it was found."""

    id: str
    """`doi:…`, `arxiv:…` (no version) or `t:` and a hash of title and first author or abstract."""
    title: str
    """The title as printed, white space folded."""
    abstract: str
    """The abstract as printed, white space folded; remains of LaTeX are kept."""
    sentences: tuple[str, ...] = ()
    """The abstract's sentences, cleaned for reading; evidence numbers count these from 1. Empty until summarized."""
    roles: tuple[Role, ...] | None = None
    """One role a sentence, where a model gave them."""
    authors: tuple[str, ...] = ()
    published: datetime.date | None = None
    """The day of publication, where the source states it; not the day the paper was seen."""
    url: str | None = None
    """The page of the paper, http or https."""
    arxiv_id: str | None = None
    """Without version: `2403.01234` or `cs/0301001`."""
    doi: str | None = None
    """Lower case, without resolver: `10.1000/182`."""
    sightings: tuple[Sighting, ...] = ()
    """Every place where it was found, in reading order."""


class Statement(Record):
    """A sentence of a summary and the sentences that carry it."""

    text: str
    evidence: tuple[int, ...]
    """1-based numbers of the abstract's sentences that carry the text; never empty."""
    quoted: bool = False
    """Whether a check put the cited sentence itself in the place of what a model wrote."""


class Result(Record):
    """A quantitative result, not a size of data or model."""

    value: str
    """Verbatim with sign and unit: `51.06%`, `2.8 times`, `+4.6`."""
    metric: str | None = None
    """What was measured, in the abstract's words."""
    on: str | None = None
    """The benchmark, dataset or setting it was measured on."""
    versus: str | None = None
    """What it was compared with."""
    evidence: tuple[int, ...]
    """1-based numbers of the sentences that state it."""


class Artifact(Record):
    """Something released with the paper."""

    kind: ArtifactKind
    url: str
    """Verbatim from the abstract, without trailing punctuation."""


class SummaryFields(Record):
    """What is said of one paper, drafted or checked."""

    tldr: Statement
    """One sentence that says what is new and, where it fits, what came of it; at most 30 words where it can be cut."""
    contribution: Contribution
    """The main kind of contribution."""
    name: str | None = None
    """What the paper calls the thing it proposes, verbatim; None where it has no name."""
    problem: tuple[Statement, ...] = ()
    """The gap or need the paper starts from; at most two."""
    approach: tuple[Statement, ...] = ()
    """What was done or built; at most two."""
    findings: tuple[Statement, ...] = ()
    """What came out; at most two."""
    results: tuple[Result, ...] = ()
    benchmarks: tuple[str, ...] = ()
    """Names of benchmarks, proposed or used."""
    datasets: tuple[str, ...] = ()
    """Names of datasets, proposed or used."""
    models: tuple[str, ...] = ()
    """Names of models, proposed, used or compared with."""
    tasks: tuple[str, ...] = ()
    """Standard task names in lower case; at most five."""
    modalities: tuple[Modality, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    limitations: tuple[Statement, ...] = ()
    """The paper's own limits, as its abstract states them."""
    keywords: tuple[str, ...] = ()
    """Terms of the abstract that tell the paper from others; at most eight."""


class SummaryDraft(SummaryFields):
    """What a model answers about one abstract, before the checks.

    Smaller than `Summary`: nothing in it speaks of the model, the prompt or the price.
    """

    roles: tuple[Role, ...] = ()
    """One role a sentence; empty where the model gives none."""


class Checks(Record):
    """How what was drafted fared against the abstract: statements, results, names and links, each counted once."""

    kept: int = 0
    """Items that passed as drafted."""
    warned: int = 0
    """Of these, statements that say more than their sentences: a lost hedge or scope, praise, advice."""
    repaired: int = 0
    """Statements replaced by the sentence they cite."""
    dropped: int = 0
    """Items that could not be supported and are not shown."""
    withheld: int = 0
    """Sentences and titles that speak to a machine; no model was shown them, and nothing was taken from them."""


class Provenance(Record):
    """Where an answer comes from and what it cost."""

    engine_version: str
    """Version of `digest` that wrote the record."""
    model: str
    """`embedded` or the LiteLLM model string."""
    prompt: str
    """Task and prompt version: `summarize@3`."""
    prompt_sha: str
    """First 12 hex digits of the sha-256 of the prompt file."""
    made_at: datetime.datetime | None = None
    """When an endpoint answered (UTC); None for the embedded model."""
    cached: bool = False
    """Whether the answer is kept in the cache, so that asking again costs nothing."""
    attempts: int = 1
    """Requests made for this answer when it was made, retries and re-asks included."""
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float | None = None
    """US dollars; None when the price is unknown, 0 for the embedded model."""
    seconds: float = 0.0
    """How long the endpoint took when the answer was made."""
    reasked: bool = False
    """Whether the model was told what its first answer said without support, and asked once more."""
    degraded: str | None = None
    """Why the embedded model wrote this although another was asked; None where nothing went wrong."""
    checks: Checks = Checks()


class Summary(SummaryFields):
    """The normalized summary of one paper; every field was checked against the abstract."""

    paper_id: str
    provenance: Provenance


class Citation(Record):
    """The sentences of one paper that carry a sentence about several."""

    paper_id: str
    evidence: tuple[int, ...]


class CitedSentence(Record):
    """A sentence about one or more papers."""

    text: str
    cites: tuple[Citation, ...]
    """Never empty: a sentence that cites nothing is not printed."""
    quoted: bool = False
    """Whether a check put the cited sentence itself in the place of what a model wrote."""


class Topic(Record):
    """A group of the window's papers."""

    id: str
    """The label as a slug, unique in its digest."""
    label: str
    """Two to five words that say what the papers do."""
    overview: tuple[CitedSentence, ...] = ()
    keywords: tuple[str, ...] = ()
    paper_ids: tuple[str, ...]
    """Every paper of the window stands in exactly one topic; most typical first."""


class NumberedCitation(Record):
    """`Citation` as a model writes it."""

    paper: int
    """1-based number of the paper in the input."""
    evidence: tuple[int, ...]


class DraftSentence(Record):
    """`CitedSentence` as a model writes it."""

    text: str
    cites: tuple[NumberedCitation, ...]


class TopicDraft(Record):
    """`Topic` as a model writes it."""

    label: str
    keywords: tuple[str, ...] = ()
    papers: tuple[int, ...]
    """1-based numbers of the papers in the input, most typical first."""
    overview: tuple[DraftSentence, ...] = ()


class TopicsDraft(Record):
    """What a model answers about a window's papers."""

    topics: tuple[TopicDraft, ...]


class Cell(Record):
    """What one paper says of one aspect."""

    text: str | None = None
    """In the abstract's words where the embedded model answers; None where the abstract does not state it."""
    evidence: tuple[int, ...] = ()
    """1-based numbers of the abstract's sentences that carry the text; empty where there is none."""


class Row(Record):
    """A paper in a comparison."""

    paper_id: str
    cells: tuple[Cell, ...]
    """One for each aspect, in their order."""


class Consulted(Record):
    """A paper that was looked at for an answer, and why."""

    paper_id: str
    why: str
    """`named “AIM”`, `speaks of “token pruning”, “training-free”`, `chosen with --papers`."""
    name: str | None = None
    """What the question calls it, where it names it."""


class Comparison(Record):
    """An answer to a question across papers, every sentence and cell of it checked against the abstracts."""

    schema_version: int = SCHEMA_VERSION
    question: str
    """As it was asked, white space folded."""
    answered: bool
    """False where the papers do not hold the answer; `missing` then says what they lack."""
    answer: tuple[CitedSentence, ...] = ()
    """Empty where nothing is answered."""
    aspects: tuple[str, ...] = ()
    """What the papers are compared in: the heads of the columns of `rows`."""
    rows: tuple[Row, ...] = ()
    """In the order of `consulted`; papers of which nothing is told have none."""
    missing: tuple[str, ...] = ()
    """Sentences on what the papers do not state, or which paper is not there; said also beside an answer."""
    notes: tuple[str, ...] = ()
    """Sentences on how to read the answer, made by code: that figures come from different benchmarks, for one."""
    consulted: tuple[str, ...] = ()
    """Ids of the papers that were looked at, the most fitting first."""
    why: tuple[Consulted, ...] = ()
    """The reason for each of `consulted`, in their order."""
    papers: tuple[Paper, ...] = ()
    """The consulted papers with their sentences, in the order of `consulted`."""
    provenance: Provenance

    @property
    def partial(self) -> bool:
        """Whether the embedded model stood in for the one that was asked."""
        return bool(self.provenance.degraded)


class Comparisons(Record):
    """The answers to several questions, in their order."""

    schema_version: int = SCHEMA_VERSION
    comparisons: tuple[Comparison, ...]


class RowDraft(Record):
    """`Row` as a model writes it."""

    paper: int
    """1-based number of the paper in the input."""
    cells: tuple[Cell, ...]
    """One for each aspect, in their order."""


class ComparisonDraft(Record):
    """What a model answers to a question about some papers."""

    answered: bool
    """Whether the abstracts hold the answer."""
    answer: tuple[DraftSentence, ...] = ()
    aspects: tuple[str, ...] = ()
    rows: tuple[RowDraft, ...] = ()
    missing: tuple[str, ...] = ()
    """What was asked for that the abstracts do not state, in the question's words; a few words each."""


class Window(Record):
    """The days a digest covers; a paper belongs to the day of its first dated sighting."""

    label: str
    """`2025-W12`, `2025-03-01 to 2025-03-18` or `all`."""
    since: datetime.date | None = None
    """First day, included; None for no bound."""
    until: datetime.date | None = None
    """Last day, included; None for no bound."""
    undated: bool = False
    """Whether papers without a dated sighting belong to it."""


class Coverage(Record):
    """What became of every entry that was read; the counts must close."""

    entries: int
    """Records met in all sources."""
    duplicates: int = 0
    """Further sightings of a paper already met."""
    out_of_window: int = 0
    undated: int = 0
    unreadable: int = 0
    """Records without a usable title and abstract."""
    filtered: int = 0
    """Papers left out by the user's own filters."""
    failed: int = 0
    """Papers of the window for which no summary could be made."""
    summarized: int = 0

    @property
    def closes(self) -> bool:
        """Whether every entry is accounted for exactly once."""
        parts = (self.duplicates, self.out_of_window, self.undated, self.unreadable, self.filtered, self.failed)
        return self.entries == sum(parts) + self.summarized


class LeftOut(Record):
    """An entry that is not in the digest, and why."""

    paper_id: str | None = None
    source: str | None = None
    """File and line, where the entry never became a paper."""
    reason: str


class Digest(Record):
    """The digest of a window."""

    schema_version: int = SCHEMA_VERSION
    window: Window
    papers: tuple[Paper, ...] = ()
    """The papers of the window, then those listed under `seen_before`."""
    topics: tuple[Topic, ...] = ()
    """In order of size."""
    summaries: tuple[Summary, ...] = ()
    """One for each paper of the window that could be summarized, in reading order."""
    seen_before: tuple[str, ...] = ()
    """Ids of papers that the window's pages list but that were first seen in an earlier window."""
    coverage: Coverage
    left_out: tuple[LeftOut, ...] = ()
    """Unreadable, undated, filtered and failed entries; those of other windows are only counted."""
    provenance: Provenance
    """Of the topics; each summary carries its own."""

    @property
    def partial(self) -> bool:
        """Whether some papers failed, or the embedded model stood in for the one that was asked."""
        sources = (self.provenance, *(summary.provenance for summary in self.summaries))
        return bool(self.coverage.failed or any(source.degraded for source in sources))


class Reason(Record):
    """Something that speaks for a paper, found by code."""

    kind: Literal["interest", "result", "code", "breadth", "novelty", "kind"]
    text: str
    """A few words: `has code`, `reports 51.06% on ImageNet`."""
    evidence: tuple[int, ...] = ()
    """1-based numbers of the abstract's sentences that show it; empty where it is counted over papers."""


class Pick(Record):
    """A paper that the editor might put first, and why."""

    paper_id: str
    reasons: tuple[Reason, ...]
    """The strongest first; never empty."""


class NewsletterEntry(Record):
    """A paper as an issue tells of it."""

    paper_id: str
    line: Statement
    """What is new, in one sentence: the TL;DR, or what a model made of it in another language or tone."""
    result: Statement | None = None
    """The headline result with what it was measured on; None where there is none, or the line says it already."""
    marks: tuple[str, ...] = ()
    """What it has of the reader's interests: `keyword “token pruning”`."""


class NewsletterSection(Record):
    """A topic in an issue."""

    topic_id: str
    """Of the digest's topic."""
    label: str
    tally: str = ""
    """Its papers counted by code, in an English sentence; empty where there is nothing to count."""
    overview: tuple[CitedSentence, ...] = ()
    entries: tuple[NewsletterEntry, ...] = ()
    """Papers shown in full, the best ranked first."""
    further: tuple[str, ...] = ()
    """Ids of the papers that are only named, the best ranked first."""


class Share(Record):
    """One part of something counted."""

    label: str
    count: int
    paper_ids: tuple[str, ...] = ()
    """The papers that were counted."""


class Figure(Record):
    """Something about the week that code has counted; no model writes any of it."""

    kind: Literal["papers", "released", "contributions", "benchmarks", "gains"]
    label: str
    """What is counted: `Papers with code`."""
    count: int
    of: int
    """How many there are in all."""
    shares: tuple[Share, ...] = ()
    """The parts, largest first; with `gains`, a result each: its words are the label."""
    note: str = ""
    """What was counted and what not, in a sentence."""


class Trend(Record):
    """How a topic fares against the week before."""

    kind: Literal["new", "growing", "fading"]
    label: str
    now: int
    """Papers of this window."""
    before: int
    """Papers of the window before."""
    paper_ids: tuple[str, ...] = ()
    """Some of them: of this window, or of the one before where it fades."""


class Trends(Record):
    """A window against an earlier one."""

    before: Window
    papers_now: int
    papers_before: int
    trends: tuple[Trend, ...] = ()
    papers: tuple[Paper, ...] = ()
    """Those of the earlier window that are named."""


class Newsletter(Record):
    """A draft of an issue; its sentences are checked, its numbers counted."""

    schema_version: int = SCHEMA_VERSION
    subject: str
    """Of the mail: at most 70 characters."""
    preheader: str
    """What mail programs show behind the subject: 40 to 130 characters."""
    intro: tuple[CitedSentence, ...] = ()
    """What the window was about: three to five sentences where its papers say so much."""
    picks: tuple[Pick, ...] = ()
    """Three to five papers, the best ranked first; fewer where there are fewer."""
    sections: tuple[NewsletterSection, ...] = ()
    by_the_numbers: tuple[Figure, ...] = ()
    trends: Trends | None = None
    """None where no earlier window has papers."""
    closing: str = ""
    language: str = "en"
    """BCP 47."""
    tone: str | None = None
    """As it was asked for."""
    digest: Digest
    """What it was made of, with everything that is left out and the coverage."""
    provenance: Provenance
    """Of subject, preheader and intro, and of the sections where a model rewrote them."""

    @property
    def partial(self) -> bool:
        """Whether some papers failed, or the embedded model stood in for the one that was asked."""
        return self.digest.partial or bool(self.provenance.degraded)


class NewsletterDraft(Record):
    """What a model answers when it is asked to open an issue."""

    subject: DraftSentence
    preheader: DraftSentence
    intro: tuple[DraftSentence, ...] = ()


class LineDraft(Record):
    """What a model says of one paper."""

    paper: int
    """1-based number of the paper in the input."""
    text: str
    evidence: tuple[int, ...]


class SectionDraft(Record):
    """What a model answers when it is asked to tell of a topic in another language or tone."""

    overview: tuple[DraftSentence, ...] = ()
    lines: tuple[LineDraft, ...] = ()


class SummarizedPaper(Record):
    """One line of `digest summarize --format jsonl`."""

    paper: Paper
    summary: Summary


class Remark(Record):
    """Something to know about a place that was read: a record or a file that could not be, a date without a year."""

    source: str
    """File, or file and line."""
    reason: str


class SourceReport(Record):
    """What one file held."""

    source: str
    entries: int
    """Records met, the unreadable ones included."""
    distinct: int
    """Different papers among them."""
    new: int
    """Those that no earlier file had."""
    unreadable: int
    since: datetime.date | None = None
    """Earliest day on which the file lists a paper."""
    until: datetime.date | None = None
    """Latest day on which the file lists a paper."""


class ReadingReport(Record):
    """What was read, file by file."""

    schema_version: int = SCHEMA_VERSION
    entries: int
    distinct: int
    """Different papers in all files together."""
    sources: tuple[SourceReport, ...]
    remarks: tuple[Remark, ...] = ()
