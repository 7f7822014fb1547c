"""How a digest accounts for itself: what was left out, whether the counts close, who wrote it, what the checks did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from agent.render.safe import printable
from agent.render.words import counted, listed
from agent.schema import Checks, Coverage, Digest, LeftOut, Provenance

ADVICE = {"undated": " (--include-undated takes them in)"}
"""What to do about a reason."""

LISTED = 10
"""Places that are named before the rest is only counted."""


def left_out(digest: Digest) -> tuple[str, ...]:
    """Returns the counts by reason, then the entries that could not be read or summarized, with their places."""
    reasons = Counter(printable(item.reason) or "for no reason given" for item in digest.left_out if not item.source)
    counts = (f"{count} {reason}{ADVICE.get(reason, '')}" for reason, count in reasons.most_common())
    return (*counts, *troubles(digest))


def troubles(digest: Digest) -> tuple[str, ...]:
    """Returns the places of the entries that could not be read or summarized, and why."""
    found = [item for item in digest.left_out if item.source]
    places = (f"{_place(item)}: {printable(item.reason)}" for item in found[:LISTED])
    more = (f"and {len(found) - LISTED} more",) if len(found) > LISTED else ()
    return (*places, *more)


def coverage(counts: Coverage) -> str:
    """Returns the sum of all entries in words; what is zero is not said."""
    parts = (
        counted(counts.duplicates, "duplicate"),
        f"{counts.out_of_window} out of window",
        f"{counts.undated} undated",
        f"{counts.unreadable} unreadable",
        f"{counts.filtered} filtered",
        f"{counts.failed} failed",
    )
    told = [*(part for part in parts if not part.startswith("0 ")), f"{counts.summarized} summarized"]
    sign = "=" if counts.closes else "≠"
    warning = "" if counts.closes else " (the counts do not close; this is a bug)"
    return f"{counted(counts.entries, 'entry')} {sign} {' + '.join(told)}{warning}"


def covered(counts: Coverage) -> str:
    """Returns what became of all entries, for somebody who has not read them: `36 of 568 entries are …`."""
    parts = (
        (counts.duplicates, "are repetitions"),
        (counts.out_of_window, "belong to other days"),
        (counts.undated, "have no date"),
        (counts.unreadable, "could not be read"),
        (counts.filtered, "were filtered out"),
        (counts.failed, "could not be summarized"),
    )
    told = listed([f"{number:,} {what}" for number, what in parts if number])
    warning = "" if counts.closes else " (the counts do not close; this is a bug)"
    rest = f"; of the others, {told}" if told else ""
    return f"{counts.summarized:,} of {counted(counts.entries, 'entry')} read are in this issue{rest}{warning}."


def made(digest: Digest) -> tuple[str, ...]:
    """Returns who wrote the digest, and what that took where a remote model did."""
    makers = _makers(digest)
    models = _distinct(maker.model for maker in makers)
    prompts = _distinct(maker.prompt for maker in makers)
    versions = _distinct(maker.engine_version for maker in makers)
    who = f"digest {', '.join(versions)} · model {', '.join(models)} · prompts {', '.join(prompts)}"
    reading = "[n] behind a sentence is paper n of this digest; `digest summarize` tells the sentences of each paper"
    return who, *spent(makers), *_stand_ins(digest), reading


def checks(digest: Digest) -> str:
    """Returns how the drafted statements fared, in all."""
    again = sum(maker.reasked for maker in _makers(digest))
    asked = f"; {counted(again, 'answer')} asked for again" if again else ""
    return f"Checks of statements, results, names and links: {tally(total(digest))}{asked}"


def tally(counts: Checks) -> str:
    """Returns how drafted statements fared; what a repair or a drop means is said only where there was one.

    Warnings are for an editor: statements that say more than their sentences, but nothing that these deny.
    """
    repaired = f"{counts.repaired} repaired" + (" (the cited sentence stands instead)" if counts.repaired else "")
    dropped = f"{counts.dropped} dropped" + (" (not carried by the cited sentences)" if counts.dropped else "")
    warned = f" ({counts.warned} of them with a warning)" if counts.warned else ""
    withheld = f", {counted(counts.withheld, 'sentence')} withheld (it speaks to a machine)" if counts.withheld else ""
    return f"{counted(counts.kept, 'item')} kept{warned}, {repaired}, {dropped}{withheld}"


def total(digest: Digest) -> Checks:
    """Returns the checks of all summaries and of the topics, added up."""
    each = [maker.checks for maker in _makers(digest)]
    return Checks(
        kept=sum(one.kept for one in each),
        warned=sum(one.warned for one in each),
        repaired=sum(one.repaired for one in each),
        dropped=sum(one.dropped for one in each),
        withheld=sum(one.withheld for one in each),
    )


def degraded(digest: Digest) -> bool:
    """Tells whether a check changed something, a model stood in for another, or the counts do not close."""
    counts = total(digest)
    return bool(counts.repaired or counts.dropped or counts.withheld or digest.partial) or not digest.coverage.closes


def _makers(digest: Digest) -> list[Provenance]:
    return [*(summary.provenance for summary in digest.summaries), digest.provenance]


def spent(makers: Sequence[Provenance]) -> Iterator[str]:
    """What the answers cost when they were made, which a cached rerun repeats word for word."""
    asked = [maker for maker in makers if maker.tokens_in or maker.tokens_out or maker.made_at]
    if asked:
        tokens_in, tokens_out = sum(maker.tokens_in for maker in asked), sum(maker.tokens_out for maker in asked)
        requests, seconds = sum(maker.attempts for maker in asked), sum(maker.seconds for maker in asked)
        yield (
            f"{counted(requests, 'request')} · {tokens_in:,} tokens in · {tokens_out:,} tokens out · {_cost(asked)} · "
            f"{seconds:.1f} s of the model's time"
        )


def _stand_ins(digest: Digest) -> Iterator[str]:
    """Which parts the embedded model wrote although another was asked, and why."""
    reasons = Counter(printable(item.provenance.degraded) for item in digest.summaries if item.provenance.degraded)
    for reason, count in reasons.most_common():
        yield f"{count} of {counted(len(digest.summaries), 'summary')} by the embedded model instead: {reason}"
    if digest.provenance.degraded:
        yield f"the topics by the embedded model instead: {printable(digest.provenance.degraded)}"


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(printable, texts)))


def _cost(makers: Iterable[Provenance]) -> str:
    costs = [maker.cost_usd for maker in makers]
    known = [cost for cost in costs if cost is not None]
    return f"${sum(known):.2f}" if len(known) == len(costs) else "cost unknown"


def _place(item: LeftOut) -> str:
    return printable(item.source or item.paper_id or "")
