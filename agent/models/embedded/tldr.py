"""The one sentence a busy reader gets."""

from __future__ import annotations

import re

from agent.grounding import check
from agent.models.embedded.abstract import Abstract, Sentence
from agent.models.embedded.compress import compress, without_lead
from agent.schema import Contribution, Statement
from agent.text import words


def tldr(abstract: Abstract, contribution: Contribution) -> Statement:
    """Returns the sentence that best says what is new, compressed as far as nothing is lost that it depends on."""
    best = max(abstract.sentences, key=lambda sentence: _weigh(sentence, abstract, contribution))
    short = Statement(text=compress(best.text, abstract.name), evidence=(best.number,))
    texts = [sentence.text for sentence in abstract.sentences]
    if check(short, texts, abstract.title):
        longer = Statement(text=without_lead(best.text), evidence=(best.number,))
        return (
            longer if not check(longer, texts, abstract.title) else Statement(text=best.text, evidence=(best.number,))
        )
    return short


_CONCLUDES = re.compile(r"(?:Conclusions?|CONCLUSIONS?|Interpretation):|We conclude\b|In conclusion\b")
_ROLE = {"background": -2.0, "objective": 0.6, "method": 1.0, "result": 0.0, "other": -3.0}
_MAIN = re.compile(
    r"\b(?:[Ww]e (?:\w+ ){0,2}?(?:propose|introduce|present|develop|design|describe|construct|build|create|release)|"
    r"(?:paper|work|study|report|survey) (?:\w+ )?(?:proposes|introduces|presents|represents|develops"
    r"|describes|offers|provides)|[Ii]n this (?:survey|review|tutorial), we)"
)
_HERE = re.compile(
    r"\b(?:[Ii]n this|[Tt]his|[Tt]he present|[Ii]n our) (?:paper|work|study|survey|article|report"
    r"|review)\b|\b[Hh]ere,? we\b"
)
_GENERIC = re.compile(
    r"\b(?:novel techniques|several|various|two key|three key|as follows|in this (?:context|regard)"
    r"|two-fold|to address the (?:issue|problem)s?)\b"
)
_DANGLING = re.compile(
    r"\b(?:these|those|such an?|such|this|the (?:mentioned|aforementioned|above|existing))(?: \w+)?"
    r" (?:goals?|aims?|directions?|challenges?|obstacles?|issues?|problems?|limitations?|gaps?|skills?|needs?|demands?"
    r"|bias(?:es)?|difficult(?:y|ies)|questions?|shortcomings?|drawbacks?|abilit(?:y|ies)|gradients)\b"
    r"|\b(?:address|tackle|solve|mitigate|fill|bridge) the (?:issue|problem|gap|challenge)s?\b"
    r"|\bin (?:two|three|four|several) ways\b"
)
"""What points at a sentence that the reader does not see."""
_LATER = re.compile(
    r"(?:Additionally|Moreover|Furthermore|Also|Besides|Second|Secondly|Third|Finally|In addition"
    r"|Lastly|Notably)\b|\(?[2-9]\)|.{0,40}\b[Ww]e (?:also|further)\b"
)


def _weigh(sentence: Sentence, abstract: Abstract, contribution: Contribution) -> float:
    """Returns how well a sentence alone would stand for the paper."""
    text, role = sentence.text, abstract.roles[sentence.number - 1]
    weight = (
        _ROLE[role]
        + 2.6 * bool(sentence.cues["own"] and _MAIN.search(text))
        + 1.5 * bool(sentence.cues["own"] and _HERE.search(text))
    )
    weight += 0.8 * bool(sentence.cues["studying"]) + 0.4 * bool(sentence.cues["finding"])
    if contribution in ("analysis", "theory"):
        # What was found says more than that something was looked into.
        weight += (role == "result") * (2.0 + 1.0 * bool(sentence.cues["finding"]) + 0.5 * sentence.quantified)
        weight += 1.5 * bool(_CONCLUDES.match(text))
    weight += 1.2 * bool(abstract.name and abstract.name in text)
    weight += 1.0 * _shared(sentence, abstract)
    weight -= 1.5 * bool(_LATER.match(text)) + 0.8 * bool(_GENERIC.search(text))
    short = compress(text, abstract.name)
    content = len(short.split())
    weight -= 1.5 * (content < 8) + 1.0 * (content < 6) + 1.0 * bool(_DANGLING.search(short))
    return weight - 0.12 * sentence.number


def _shared(sentence: Sentence, abstract: Abstract) -> float:
    """Returns the share of the title's long words that the sentence has too."""
    title = {word for word in words(abstract.title) if len(word) > 3}
    return len(title.intersection(sentence.words)) / len(title) if title else 0.0
