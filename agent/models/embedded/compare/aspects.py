"""In what papers are compared: what the question asks of each, else what any comparison tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.grounding.words import stems
from agent.models.embedded.compare.concepts import Concept
from agent.models.embedded.compare.phrases import Phrase, phrase, said
from agent.models.embedded.compare.question import Question
from agent.models.embedded.topics.words import EVALUATIVE, VERBS
from agent.schema import Role

MOST = 6
"""Aspects of one comparison."""


@dataclass(frozen=True)
class Aspect:
    """Something that is told of each paper."""

    label: str
    concepts: tuple[Concept, ...] = ()
    """What a sentence must speak of; empty for an aspect of the vocabulary."""
    signs: tuple[Phrase, ...] = ()
    """What sentences on an aspect of the vocabulary often say."""
    roles: frozenset[Role] = frozenset()
    """The roles that its sentences have."""
    figures: bool = False
    """Whether it is told in numbers."""


@dataclass(frozen=True)
class _Known:
    """An aspect of the vocabulary, and the words of questions that ask for it."""

    asked: tuple[Phrase, ...]
    aspect: Aspect


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(phrase(part) for part in text.split(","))


def _known(label: str, asked: str, signs: str, *roles: Role, figures: bool = False) -> _Known:
    return _Known(_phrases(asked), Aspect(label, (), _phrases(signs), frozenset(roles), figures))


@lru_cache(maxsize=1)
def vocabulary() -> tuple[_Known, ...]:
    """Returns the aspects that any comparison of papers may have, in the order in which they are told."""
    return (
        _known(
            "Problem", "problem, goal, aim, purpose, motivation, why, what for, gap, address, tackle, solve",
            "however, problem, challenge, lack, limit, suffer, fail, gap, aim, goal, need, struggle, costly",
            "background", "objective",
        ),
        _known(
            "Approach",
            "how, approach, method, way, ways, technique, idea, mechanism, differ, difference, different, design,"
            " architecture, strategy, pipeline, improve, do, work, new, go about, change, module, component, pick",
            "propose, introduce, present, design, develop, module, framework, consist, by, via, leverage, employ, use,"
            " architecture, strategy, mechanism, first, then, comprise, integrate, combine",
            "method",
        ),
        _known(
            "Training",
            "train, training, recipe, stage, fine-tune, tune, pretrain, learn, curriculum, loss, objective, distill,"
            " teach, optimize, instruction tuning, supervised",
            "train, fine-tune, tune, stage, pretrain, objective, loss, optimize, distill, curriculum, learn, supervise,"
            " reinforcement, training-free, without training, frozen",
            "method",
        ),
        _known(
            "Data",
            "data, dataset, corpus, source, come from, collect, built from, material, contain, in it, sample, made of",
            "dataset, corpus, collect, curate, construct, sample, pair, annotate, source, comprise, generate, synthetic"
            ", contain, extract, crawl",
            "method",
        ),
        _known(
            "Supervision",
            "label, annotation, annotate, supervision, feedback, preference, signal, human, annotator, unlabelled",
            "annotate, label, human, feedback, preference, supervise, unsupervised, self-supervised, weakly, unlabelled"
            ", expert, judge, reward, pseudo-label",
            "method",
        ),
        _known(
            "Scale",
            "big, large, size, many, scale, how much data, parameters, hours, small, how long, count, number of",
            "million, billion, thousand, k, m, b, pair, sample, image, video, question, hour, parameter, language, task"
            ", token, document, over, more than, total, comprise, cover, contain, across",
            "method", figures=True,
        ),
        _known(
            "Result",
            "result, report, achieve, accuracy, score, perform, performance, gain, effect, find, conclude, conclusion,"
            " show, outcome, good, bad, reach, evidence, badly, margin, claim, reveal, pay, help, hurt, compression,"
            " success, rate, pros, win, worth",
            "achieve, improve, outperform, show, demonstrate, result, state of the art, surpass, reach, find, reveal,"
            " performance, accuracy, score, reduce, increase, gain, percent, times, significant, yield",
            "result",
        ),
        _known(
            "Compared with",
            "against, versus, baseline, beat, outperform, compared, better, than, worse, faster, margin, competitor,"
            " opponents, prior, previous, win",
            "outperform, surpass, than, compared, versus, over, baseline, comparable, prior, previous, beat, exceed,"
            " state of the art, competitive, rival, superior",
            "result",
        ),
        _known(
            "Evaluation",
            "test, evaluate, evaluation, benchmark, validate, validated, measure, probe, assess, tested, metric,"
            " experiment, checked, where",
            "evaluate, benchmark, test, experiment, validate, measure, assess, probe, task, dataset, across, conduct,"
            " suite, zero-shot, metric, question",
            "result", "method",
        ),
        _known(
            "Cost",
            "cost, speed, fast, latency, memory, flops, compute, efficient, cheap, light, throughput, resource, gpu,"
            " faster, lighter, speed-up, speedup, tokens per second, expensive, energy, time, quick, parameters",
            "cost, speed, fast, latency, memory, flops, compute, efficient, throughput, gpu, parameter, times, second,"
            " reduce, overhead, speedup, inference, cheap, millisecond, faster",
            "result", "method",
        ),
        _known(
            "Availability",
            "code, open, release, available, licence, license, download, weights, open source, public, publicly, link",
            "code, release, available, open-source, github, https, publicly, open, weights, project page, license",
            "other",
        ),
        _known(
            "Limits",
            "limit, limitation, weakness, fail, drawback, struggle, shortcoming, caveat, downside, weak, lose, fall",
            "limit, fail, struggle, however, lack, worse, challenge, still, only, cannot, drop, degrade, gap, below",
            "result",
        ),
        _known(
            "Built on",
            "backbone, base model, built on, llm, encoder, base, foundation, underlying, behind, put together, start",
            "based on, built on, backbone, encoder, llm, initialize, frozen, start from, pretrained, on top of, extend"
            ", adapt, decoder, mllm, vlm, transformer",
            "method",
        ),
        _known(
            "Modalities",
            "modality, modalities, inputs, input, output, media, which kinds of data",
            "text, image, video, audio, speech, modality, multimodal, input, output, 3d, point cloud, music, depth",
            "method", "objective",
        ),
    )  # fmt: skip


DEFAULTS = ("Approach", "Result")
"""Told where the question asks for little."""
_LEAST = 3
_LONGEST = 6
"""Words over a column."""
FITS = "Why it fits"
"""The aspect that tells of each paper how it is of the kind that the question asks for."""


def aspects(question: Question, criterion: Sequence[Concept], own: Sequence[Concept]) -> list[Aspect]:
    """Returns what is told of each paper: what the question names, what it asks for in common words, then the usual.

    `criterion` is what papers of the kind that is asked for speak of; `own` are the things that are asked of each.
    """
    fits = [Aspect(FITS, tuple(criterion))] if criterion else []
    named = [
        Aspect(_label(concept), (concept,), figures=question.asks_figure(concept.printed))
        for concept in own
        if len(concept.printed.split()) <= _LONGEST and not _acts(concept.printed)
    ]
    clauses = [clause for clause in question.clauses if not criterion or clause != question.criterion]
    asked = [known.aspect for known in _asked(clauses)]
    chosen = {aspect.label: aspect for aspect in (*fits, *named[: MOST - 2], *asked)}
    for known in vocabulary():
        if known.aspect.label in DEFAULTS and (len(chosen) < _LEAST or not criterion):
            chosen.setdefault(known.aspect.label, known.aspect)
    return list(chosen.values())[:MOST]


def _asked(clauses: Sequence[str]) -> Iterator[_Known]:
    """Yields the aspects of the vocabulary that some clauses ask for, the most plainly asked first."""
    texts = [phrase(clause) for clause in clauses]
    counts = [
        (sum(said(word, text) == 1 for word in known.asked for text in texts), -number, known)
        for number, known in enumerate(vocabulary())
    ]
    for count, _, known in sorted(counts, key=lambda one: one[:2], reverse=True):
        if count:
            yield known


def _acts(words: str) -> bool:
    """Whether some words are a verb or a judgement rather than a thing."""
    return " " not in words and not _ACTING.isdisjoint(phrase(words))


_ACTING = frozenset(stems(sorted(VERBS | EVALUATIVE)))


_COUNT = re.compile(r"^(?:how )?(?:many|much) ", re.IGNORECASE)


def _label(concept: Concept) -> str:
    text = _COUNT.sub("", concept.printed)
    return text[:1].upper() + text[1:]
