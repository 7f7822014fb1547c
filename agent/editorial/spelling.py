"""Short forms that an abstract spells out elsewhere than in the sentence that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.grounding import check
from agent.models.embedded.newsletter.phrasing import capital, with_article
from agent.models.embedded.shape import expansion
from agent.schema import Paper, Statement, SummarizedPaper
from agent.text import clean


def spelled_out(statement: Statement, item: SummarizedPaper) -> Statement:
    """Returns the statement with the long forms of what it abbreviates, and the sentences that have them as evidence.

    What readers of the field know stays short, as do the paper's own name, what the title has, and what the checks
    would not let pass.
    """
    if statement.quoted:
        return statement
    known = f"{clean(item.paper.title)} {item.summary.name or ''}"
    for short in dict.fromkeys(found[0] for found in _SHORT.finditer(statement.text)):
        if short.removesuffix("s") not in _KNOWN and not re.search(rf"(?<!\w){short}(?!\w)", known):
            statement = next(_spelling(short, statement, item.paper), statement)
    return statement


def _spelling(short: str, statement: Statement, paper: Paper) -> Iterator[Statement]:
    """Yields the statement with a long form in the place of a short one, which stays beside it where it comes again."""
    place = re.compile(rf"(?:\b(?P<article>[Aa])n? )?(?<![\w-]){short}(?![\w-])")
    again = f" ({short})" if len(place.findall(statement.text)) > 1 else ""
    for long, number in _long_forms(short.removesuffix("s"), paper):
        form = long + "s" * short.endswith("s") + again

        def spelt(found: re.Match[str], form: str = form) -> str:
            article = with_article(form).partition(" ")[0]
            return form if not found["article"] else f"{found['article']}{article[1:]} {form}"

        text = place.sub(spelt, statement.text, count=1)
        text = capital(text) if statement.text.startswith(short) else text
        # The title may have the words, where the sentence that explains them says something else of them.
        for evidence in (statement.evidence, tuple(dict.fromkeys((*statement.evidence, number)))):
            told = statement.model_copy(update={"text": text, "evidence": evidence})
            if long.lower() not in statement.text.lower() and not check(told, paper.sentences, clean(paper.title)):
                yield told


_SHORT = re.compile(r"(?<![\w(-])[A-Z]{2,5}s?(?![\w)-])")
_KNOWN = frozenset(
    "AI API AR CLIP CNN CPU CT DNA EEG FLOP GAN GPT GPU HTML IQ KV LLM LMM LM LVLM MLLM MLP MRI NLP OCR QA RAG RGB RNA"
    " RNN SQL UI US VLM VQA".split()
)
"""What nobody in the field spells out."""


def _long_forms(short: str, paper: Paper) -> Iterator[tuple[str, int]]:
    """Yields what an abbreviation is said to stand for, and the number of the sentence that says so."""
    bracket = re.compile(rf"\({short}s?\)")
    for number, text in enumerate(paper.sentences, 1):
        for found in bracket.finditer(text):
            form = expansion(text[: found.start()], short)
            if form and len(form.split()) <= len(short) + 2:
                yield _uncapped(form, paper).removesuffix("s" * form.endswith("s")), number


def _uncapped(form: str, paper: Paper) -> str:
    """The long form without the capitals that only explain the short one."""
    plain = {word for text in paper.sentences for word in re.findall(r"[a-z]+", text)}
    capped = [word for word in form.split() if word[1:].islower() and not word[0].islower()]
    explain = all("-" in word or word.lower() in plain for word in capped)
    return " ".join(word.lower() if explain and word in capped else word for word in form.split())
