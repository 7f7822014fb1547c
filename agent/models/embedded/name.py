"""What a paper calls the thing it proposes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from agent.models.embedded.abstract import Abstract, Sentence
from agent.models.embedded.shape import NAME, coined, expansion
from agent.models.embedded.titles import from_title
from agent.text import fold


def name(abstract: Abstract) -> str | None:
    """Returns the name of the main thing proposed, verbatim from the abstract; None where nothing is named.

    Each place where authors name their work gives its candidate weight: the title before a colon, `called X`, `we
    propose X, a …`, `our model, X,`, and `X` as the one who acts in the sentences that follow.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    titled = from_title(abstract)
    for candidate, weight in (*titled, *_from_sentences(abstract)):
        # Where the title says FooNet-Z, FooNet is a part of its name, or what it was made with.
        whole = next((head for head, _ in titled if head.startswith(f"{candidate}-")), candidate)
        weights[whole] += weight
    for candidate in weights:
        weights[candidate] += _standing(candidate, abstract)
    best = max(weights, key=lambda candidate: weights[candidate], default=None)
    return best if best is not None and weights[best] >= _ENOUGH else None


_ENOUGH = 3.0


_NAMES = rf"({NAME}(?:[ -]{NAME}){{0,5}})"
_QUOTED = r"[\"“'‘]?"
_CALLED = re.compile(
    r"\b(?:named|called|termed|dubbed|coined|namely|titled|entitled|abbreviated(?: as)?|denoted(?: as| by)?"
    r"|referred to as|refer to as|refer to it as|we call it|which we call|we call|we name|which we name|known as)"
    rf" (?:as |the |a )?{_QUOTED}{_NAMES}"
)
_PROPOSED = re.compile(
    r"(?:\b(?:[Ww]e|[Pp]aper|[Ww]ork|[Ss]tudy|[Rr]eport|to|and|here|also|then|further|by|[Cc]ontribution|proudly)"
    r"(?: (?:also|then|further|first|thus|therefore|here|proudly|now|next|additionally))?"
    r" (?:propos|introduc|present|develop|design|releas|describ|build|construct|creat|devis|unveil"
    r"|offer|represent|establish"
    r"|open-sourc|curat|built|implement|provid|contribut|launch)(?:es|e|ed|ing|s|t)?)"
    rf"(?: (?:and|to) \w+)?(?: the| an?| our| its| this)?(?: (?:new|novel|first|simple|so-called|method"
    rf"|model|framework|dataset|benchmark|concept of|term))*(?: [A-Za-z][^,.;:()]{{0,60}}(?:method|model|[A-Z]LM"
    rf"|approach|framework|architecture|algorithm|strategy|technique|benchmark|dataset|system|network"
    rf"|pipeline|solution|suite|toolkit|paradigm|agent|mechanism|module|corpus|family),"
    rf"?)? {_QUOTED}{_NAMES}"
    r"(?=[\"”’']?(?:[,:;.(–—]| \(| [–—-]| is | are | as | which| that| to | for | by | with | on | in "
    r"| and | in | based| using| aim| design| benchmark| dataset| framework| model| method|$))"
)
_OURS = re.compile(
    r"\b(?:[Oo]ur|[Tt]his|[Tt]he(?! latest\b| recent\b| current\b| existing\b| original\b| popular\b))"
    r" (?:[a-z-]+ ){0,3}?(?:model|method|approach|framework|system|architecture|algorithm|network|benchmark|dataset"
    rf"|toolkit|pipeline|solution|strategy|agent|suite|platform|corpus)s?,? {_NAMES}"
)
_OURS_APPOSED = re.compile(rf"\b[Oo]ur (?:[\w-]+ ){{0,2}}[\w-]+, {_NAMES},? (?=is\b|which\b|that\b|can\b|[a-z]+s\b)")
_OUR_NAME = re.compile(
    r"\b[Oo]ur (?:(?:proposed|full|best|final|new|novel) )?([A-Z][\w+*-]*)"
    r"(?= (?:models?|methods?|frameworks?|approach|system|agents?|algorithm|networks?|benchmark|dataset|can|[a-z]+s)\b)"
)
_SUBJECT = re.compile(
    r"(?:[A-Z]+: )?(?:The )?([A-Z][\w+*-]*)(?: (?:score|experiment|survey|system|tool|software|database|catalogue|atlas"
    r"|platform|trial|index))?"
    r" (?:is (?:an?|the|written|implemented|available)\b|has imaged|comprises|consists of|contains|provides|runs on)"
)
_RESULTING = re.compile(r"\b[Tt]he resulting [\w-]+, ([A-Z][\w+*-]*), (?:[a-z]+s|can)\b")
_QUOTED_NAME = re.compile(
    r"\b(?:propos|introduc|present|develop|call|describ|nam|term|dub)\w* (?:it |this |the "
    r"|an? )?(?:[a-z-]+ ){0,3}?[\"“]"
    r"([A-Z][^\"“”]{2,60})[\"”]"
)
_SHORT = re.compile(rf"\(({NAME}(?:[ -]{NAME})?)(?:[,;][^()]*)?\)")


def _from_sentences(abstract: Abstract) -> Iterator[tuple[str, float]]:
    besides, title, whole = abstract.besides(), fold(abstract.title), None
    for sentence in abstract.sentences:
        for candidate, weight in _from_sentence(sentence, abstract):
            if _usable(candidate):
                # What comes on top of the main thing, or is one of its parts, is seldom what the paper is known by.
                part = (
                    sentence.number in besides
                    or (whole is not None and whole != candidate)
                    or _is_aside(candidate, sentence, abstract)
                )
                yield candidate, weight - 2.0 * (part and fold(candidate) not in title)
        whole = whole or _whole(sentence)


def _whole(sentence: Sentence) -> str | None:
    """Returns what a sentence announces with what it is: `We present X, a model`; later ones are its parts."""
    found = _APPOSED.search(sentence.text) if sentence.cues["proposing"] else None
    return found[1] if found and coined(found[1]) else None


def _is_aside(candidate: str, sentence: Sentence, abstract: Abstract) -> bool:
    """Whether a study comes upon what a sentence names, or the sentence names one thing for each of several ends."""
    if _OF_A_STUDY.search(abstract.title) and _FROM_INSIGHT.match(sentence.text):
        return True
    return bool(_FOR_EACH.search(sentence.text)) and len(_WE_MAKE.findall(sentence.text)) > 1


_OF_A_STUDY = re.compile(r"\b(?:study|analysis|investigation|exploration)\b", re.IGNORECASE)
_FROM_INSIGHT = re.compile(
    r"(?:Based|Building|Drawing) (?:up)?on (?:these|this|the|our) |(?:Motivated|Inspired) by (?:this|these)"
)
_FOR_EACH = re.compile(r"\b[Ff]or (?:the )?[\w-]+(?: \(\w+\))?, we\b")
_WE_MAKE = re.compile(
    r"\bwe (?:\w+ly )?(?:propose|introduce|present|develop|design|build|construct|create|carry out)\b"
)
_APPOSED = re.compile(
    rf"\b[Ww]e (?:propose|introduce|present|develop) ({NAME}), an? (?:[a-z][\w-]*,? ){{1,7}}?"
    r"(?:model|framework|benchmark|dataset|system|method|approach|architecture|family)s?\b"
)


def _from_sentence(sentence: Sentence, abstract: Abstract) -> Iterator[tuple[str, float]]:
    text, announces = sentence.text, bool(sentence.cues["proposing"])
    if not announces and not sentence.cues["own"]:
        subject = _SUBJECT.match(text) or ("esulting" in text and _RESULTING.search(text))
        if subject and coined(subject[1]):
            yield _trimmed(subject[1]), 2.0
        return
    if '"' in text or "“" in text:
        yield from ((match[1], 3.5) for match in _QUOTED_NAME.finditer(text))
    ours = "our " in text or "Our " in text
    for pattern, weight in ((_CALLED, 3.5 if announces or ours else 2.5), (_PROPOSED, 3.5), (_OURS, 2.0)):
        yield from ((_trimmed(match[1]), weight) for match in pattern.finditer(text))
    if ours:
        yield from ((_trimmed(match[1]), 3.5) for match in _OURS_APPOSED.finditer(text))
        yield from ((match[1], 2.0) for match in _OUR_NAME.finditer(text) if coined(match[1]))
    if "(" in text:
        yield from _abbreviated(sentence, abstract) if announces else _shortened(text)


def _shortened(text: str) -> list[tuple[str, float]]:
    """Returns the short form of what is called proposed or resulting: `the proposed fast foo network (FFN)`."""
    found = []
    for match in _SHORT.finditer(text):
        long_form = expansion(text[: match.start()], match[1])
        if long_form and _PROPOSED_BEFORE.search(_before(text, match.start(), long_form)):
            found.append((match[1], 3.5))
    return found


def _before(text: str, bracket: int, long_form: str) -> str:
    """Returns what stands before the long form that ends at a bracket."""
    end = max(0, bracket - len(long_form) - 1)
    return text[max(0, end - _FAR) : end].rstrip()


_PROPOSED_BEFORE = re.compile(r"\b(?:proposed|resulting|our|Our|novel|new)[ \"“]*(?:[a-z-]+ )?$")
_ANNOUNCED_BEFORE = re.compile(
    r"\b(?:propos|introduc|present|develop|design|build|construct|creat|devis|releas|describ|unveil|contribut|provid"
    r"|establish|offer)\w*(?: (?!(?:for|to|of|that|using|with|in|on|by|from|and|which|where|via|into|against|between"
    r"|utilizing|integrating|combining|leveraging|incorporating|employing)\b)[\w-]+,?){0,5}[ \"“]*$"
)
_NAMED_BEFORE = re.compile(r"\b(?:named|name|called|call|termed|dubbed|namely)(?: the| an?| as)?[ \"“]*$")


def _abbreviated(sentence: Sentence, abstract: Abstract) -> list[tuple[str, float]]:
    """Returns the short forms whose long form is named, or is what is announced: `We propose a Fast Foo Net (FFN)`.

    What is studied, used or combined has a short form too. What stands behind another name, as in `Bar, a new Fast Foo
    Net (FFN)`, is mostly the kind of thing that it is.
    """
    other = next(chain(_CALLED.finditer(sentence.text), _PROPOSED.finditer(sentence.text)), None)
    found = []
    for match in _SHORT.finditer(sentence.text):
        long_form = expansion(sentence.text[: match.start()], match[1])
        before = _before(sentence.text, match.start(), long_form or "")
        if long_form is None:
            if coined(match[1]) and (_DIRECTLY.search(before) or _leads(match[1], abstract)):
                found.append((match[1], 3.0))
        elif _NAMED_BEFORE.search(before):
            found.append((match[1], 4.0))
        elif not _ANNOUNCED_BEFORE.search(before):
            continue
        elif 2 * sum(word[:1].isupper() for word in long_form.split()) > len(long_form.split()):
            part = other and other.end() < match.start() - len(long_form) and coined(other[1])
            found.append((match[1], 1.5 if part else 4.0))
        elif other is None:
            found.append((match[1], 3.0))
    return found


def _leads(candidate: str, abstract: Abstract) -> bool:
    """Whether a name is what more than one sentence begins with."""
    return sum(sentence.text.startswith((f"{candidate} ", f"{candidate}'s ")) for sentence in abstract.sentences) > 1


_DIRECTLY = re.compile(r"\b(?:propos|introduc|present)\w* (?:the |an? )?[A-Z][^().;]{0,80}$")


_FAR = 200
"""Characters before a long form in which its announcement is looked for."""


def _trimmed(candidate: str) -> str:
    return candidate.rstrip(".,;:'’-").removesuffix("'s").removesuffix("’s")


def _usable(candidate: str) -> bool:
    words = candidate.split()
    if len(words) == 1 and not coined(candidate):
        return candidate[:1].isupper() and len(candidate) > 2 and candidate.lower().rstrip("s") not in _COMMON
    return not candidate.isdigit() and not all({word.lower(), word.lower().rstrip("s")} & _COMMON for word in words)


_COMMON = frozenset(
    "ai ml nlp cv llm llms lm lms mllm mllms vlm vlms lvlm lvlms lmm lmms rl rlhf icl vqa ocr gpu gpus cnn cnns rnn "
    "dnn dnns gan gans sota cot moe rag api qa ir kg peft sft dpo mri ct eeg dna rna 3d 2d 4d ourmethod ourmodel "
    "methodname modelname this these that our we large language multimodal vision both such first second third "
    "finally based code project specifically extensive however motivated existing recent additionally moreover "
    "furthermore english chinese transformer transformers ours name bayesian gaussian learning deep mle em sgd gmm "
    "hmm hmms vae vaes mcmc kl ode pde svd nmt lda crf mdp pomdp gcn gnn gnns gp erm nas ssl mil ner nli mmd kld mlp "
    "mlps iot dos dcnn drl ehr lstm lstms tpu fpga ui ux sql the for our its one two three new all any was are has "
    "can not but yet may per via non pre".split()
)


def _standing(candidate: str, abstract: Abstract) -> float:
    """Returns what the rest of the paper says for or against a candidate."""
    texts = [sentence.text for sentence in abstract.sentences]
    where = [index for index, text in enumerate(texts) if candidate in text]
    own = [index for index, sentence in enumerate(abstract.sentences) if sentence.cues["own"]]
    weight = 0.5 * min(len(where), 4)
    weight += 0.7 * min(2, sum(texts[index].startswith(candidate) for index in where))
    if own and where and where[0] < own[0]:
        weight -= 3.0
    if fold(candidate) in fold(abstract.title):
        weight += 1.0
    if own and where:
        # The main thing is announced first.
        weight -= 0.2 * min(5, max(0, where[0] - own[0]))
    return weight + (0.5 if coined(candidate) else -0.5)
