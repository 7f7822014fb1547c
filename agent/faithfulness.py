"""How faithful a model is to the abstracts it was given: what its drafts say without support, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from agent.errors import DigestError
from agent.grounding import Violation, check, ground
from agent.models.base import Completion
from agent.schema import SCHEMA_VERSION, Checks, Provenance, Record, SummaryDraft


class KindCount(Record):
    """How often one kind of violation was found."""

    kind: str
    blocks: bool
    """Whether it must not be shown; otherwise an editor is warned."""
    violations: int
    papers: int
    """Drafts that have any."""


class Faithfulness(Record):
    """What a model's drafts were worth, before anything was mended."""

    schema_version: int = SCHEMA_VERSION
    model: str
    """`embedded` or the LiteLLM model string."""
    window: str
    """The label of the days whose papers were summarized."""
    papers: int
    first_try: int
    """Answers in which nothing blocks, as they first came."""
    after_reask: int
    """Answers in which nothing blocks any more, after the model was told once what its first one said unsupported."""
    mended: int
    """Answers in which something blocks in the end; that is replaced or dropped before anyone sees it."""
    degraded: int
    """Papers that the embedded model had to write instead; nothing of them is counted below."""
    failed: int
    """Papers about which nothing could be asked or answered."""
    violations: tuple[KindCount, ...] = ()
    """In the model's last drafts, most frequent first."""
    checks: Checks = Checks()
    """What became of the statements, results, names and links in them."""
    requests: int = 0
    """Retries and re-asks included."""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    """Of the model, when the answers were made; kept with the cached ones."""
    cost_usd: float | None = None
    """US dollars of all answers, the cached ones included; None when a price is unknown."""
    reasons: tuple[str, ...] = ()
    """Why papers failed or the embedded model had to write, each once."""

    @property
    def answered(self) -> int:
        """Papers that the model itself answered."""
        return self.first_try + self.after_reask + self.mended

    @property
    def closes(self) -> bool:
        """Whether every paper is accounted for exactly once."""
        return self.papers == self.answered + self.degraded + self.failed


@dataclass(frozen=True)
class Trial:
    """One paper, and what was answered about it."""

    title: str
    sentences: tuple[str, ...]
    answer: Completion[SummaryDraft] | DigestError


def measure(trials: Iterable[Trial], model: str, window: str) -> Faithfulness:
    """Returns how a model's drafts fared, checked as they came."""
    count = _Count()
    for trial in trials:
        count.take(trial)
    return count.report(model, window)


@dataclass
class _Count:
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, bool]] = field(default_factory=Counter)
    drafts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    makers: list[Provenance] = field(default_factory=list)
    reasons: dict[str, None] = field(default_factory=dict)

    def take(self, trial: Trial) -> None:
        answer = trial.answer
        self.outcomes["papers"] += 1
        if isinstance(answer, DigestError):
            self.outcomes["failed"] += 1
            self.reasons[answer.message] = None
        elif answer.provenance.degraded:
            self.outcomes["degraded"] += 1
            self.reasons[answer.provenance.degraded] = None
        else:
            self._weigh(trial, answer)

    def _weigh(self, trial: Trial, answer: Completion[SummaryDraft]) -> None:
        found = check(answer.answer, trial.sentences, trial.title)
        self.outcomes[_outcome(found, answer.provenance)] += 1
        self.kinds.update((one.kind, one.blocks) for one in found)
        self.drafts.update({(one.kind, one.blocks) for one in found})
        _, checks = ground(answer.answer, trial.title, trial.sentences)
        self.fates.update(checks.model_dump())
        self.makers.append(answer.provenance)

    def report(self, model: str, window: str) -> Faithfulness:
        ranked = sorted(self.kinds, key=lambda kind: (-self.kinds[kind], kind))
        costs = [maker.cost_usd for maker in self.makers]
        outcomes = {name: self.outcomes[name] for name in (*OUTCOMES, "papers")}
        return Faithfulness(
            model=model,
            window=window,
            **outcomes,
            violations=tuple(
                KindCount(kind=kind[0], blocks=kind[1], violations=self.kinds[kind], papers=self.drafts[kind])
                for kind in ranked
            ),
            checks=Checks(**self.fates),
            requests=sum(maker.attempts for maker in self.makers),
            tokens_in=sum(maker.tokens_in for maker in self.makers),
            tokens_out=sum(maker.tokens_out for maker in self.makers),
            seconds=round(sum(maker.seconds for maker in self.makers), 3),
            cost_usd=None if None in costs else sum(cost for cost in costs if cost),
            reasons=tuple(self.reasons),
        )


OUTCOMES = ("first_try", "after_reask", "mended", "degraded", "failed")


def _outcome(found: Iterable[Violation], source: Provenance) -> str:
    if any(one.blocks for one in found):
        return "mended"
    return "after_reask" if source.reasked else "first_try"
