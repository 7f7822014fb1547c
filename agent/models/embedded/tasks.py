"""Which standard tasks a paper names."""

from __future__ import annotations

import re
from collections import Counter

from agent.models.embedded.abstract import Abstract


def tasks(abstract: Abstract) -> tuple[str, ...]:
    """Returns up to five task names in lower case, most often named first: a task's noun with what it is done to.

    What stands before a noun belongs to its task as far as it is a word of which names of tasks are made; any other
    word only where the paper says so again.
    """
    counts: Counter[str] = Counter()
    counts.update(dict.fromkeys(_named(abstract.title), 2))
    for sentence in abstract.sentences:
        if not _LAST_WORDS.isdisjoint(sentence.words):
            counts.update(_named(sentence.text))
    known = [task for task in counts if _made_of_parts(task) or counts[task] > 1]
    longest = [task for task in known if not any(other.endswith(f" {task}") for other in known)]
    return tuple(sorted(longest, key=lambda task: -counts[task])[:5])


_NOUNS = frozenset(
    "answering captioning retrieval classification segmentation detection recognition translation summarization"
    " generation reasoning grounding understanding parsing matching estimation tracking reconstruction synthesis"
    " forecasting localization navigation manipulation planning prediction editing reranking re-ranking ranking"
    " recommendation inpainting super-resolution denoising completion extraction linking disambiguation clustering"
    " tagging diarization separation diagnosis screening comprehension question-answering following modeling perception"
    " narration embedding dialogue compression pruning adaptation generalization mitigation distillation registration"
    " imputation".split()
)
_WHOLE = frozenset(
    "in-context learning,representation learning,domain adaptation,domain generalization,machine translation,"
    "knowledge distillation,few-shot learning,zero-shot learning,transfer learning,continual learning,"
    "contrastive learning,multi-task learning,federated learning,preference alignment,visual prompting,"
    "retrieval-augmented generation,information retrieval,drug discovery,program synthesis,theorem proving".split(",")
)
"""Tasks that are told by all of their words."""
_LAST_WORDS = _NOUNS | {whole.split()[-1] for whole in _WHOLE} | {"vqa"}
_NOT_BEHIND = frozenset("model models method methods framework frameworks".split())
"""What follows a task's noun where it tells how something works."""
_PARTS = frozenset(
    "image images video audio speech text language vision visual multimodal multi-modal cross-modal cross-lingual"
    " multilingual"
    " document code music sound scene object instance semantic panoptic point cloud graph time series table tabular"
    " data"
    " knowledge natural medical clinical biomedical radiology human face facial action activity event question"
    " open-ended"
    " sentiment emotion intent entity named relation anomaly outlier keypoint pose depth motion optical flow style"
    " character"
    " handwriting chart diagram figure layout lesion tumor tumour organ disease patient protein molecule molecular"
    " drug gene"
    " reading commonsense mathematical math spatial temporal logical causal compositional numerical moral social legal"
    " financial long short high-resolution fine-grained coarse-grained open-vocabulary open-domain open-set open-world"
    " zero-shot few-shot one-shot weakly-supervised unsupervised self-supervised semi-supervised supervised"
    " vision-language"
    " vision-and-language audio-visual referring expression phrase moment story report news response conversational"
    " dialogue"
    " turn slot opinion topic keyword answer passage sentence word part-of-speech dependency coreference machine"
    " link node"
    " edge trajectory traffic weather demand price sequential session click-through rate robot robotic path"
    " hallucination"
    " token model domain long-form long-context multi-image multi-document multi-hop multi-turn embodied interactive"
    " streaming egocentric person vehicle lane crowd hand gesture gaze lip speaker accent voice singing lyrics"
    " text-rich mask shape surface view novel-view 3d 2d 4d remote sensing aerial satellite hyperspectral endoscopic"
    " mri ct x-ray ecg eeg histopathology retinal skin cell species plant crop fault defect intrusion malware spam"
    " fake hate toxicity bias deepfake misinformation claim fact stance sarcasm humor instruction preference".split()
)
"""Words of which names of tasks are made, of any field."""
_NO_PART = frozenset(
    "a an the of in on for and or to with by from at as its their our this that these those both various diverse"
    " such novel"
    " new effective efficient accurate better improved strong robust including multiple many several existing different"
    " unified general enhanced like is are can via using during while improves enable enables enabling improve"
    " improving we"
    " achieve supports comprehensive joint further complex challenging fundamental superior high-quality"
    " state-of-the-art"
    " simultaneous advanced precise across human-like not more than into over potential significant automatic"
    " systematic"
    " seamless deep requires between within through all any each other when while lack lacks tasks task be was were"
    " has have"
    " models data training test also first only based overall without perform performs require support applied need"
    " must"
    " may could how what whether why where which next faster high low better resulting current standard single".split()
)


_SAID = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


def _named(text: str) -> list[str]:
    """Returns the tasks that a text names."""
    found: dict[str, None] = {}
    said = _SAID.findall(text.lower())
    for at, word in enumerate(said):
        if word not in _LAST_WORDS or (at + 1 < len(said) and said[at + 1] in _NOT_BEHIND):
            continue
        pair = f"{said[at - 1]} {word}" if at else word
        if word == "vqa":
            found["visual question answering"] = None
        elif pair in _WHOLE:
            found[pair] = None
        elif word in _NOUNS and (parts := _parts(said[max(0, at - 4) : at])):
            found[" ".join([*parts, word.replace("question-", "question ")])] = None
    return list(found)


def _parts(before: list[str]) -> list[str]:
    """Returns the words before a noun that belong to its task: parts of names of tasks, else the last word."""
    first = len(before)
    while first and _is_part(before[first - 1]):
        first -= 1
    if first < len(before):
        return before[first:]
    alone = before[-1:]
    usable = alone and alone[0] not in _NO_PART and alone[0][0].isalpha() and not alone[0].endswith(("ly", "s"))
    return alone if usable else []


def _is_part(word: str) -> bool:
    return word in _PARTS or "-to-" in word or ("-" in word and _PARTS.issuperset(word.split("-")))


def _made_of_parts(task: str) -> bool:
    return task in _WHOLE or all(map(_is_part, task.split()[:-1]))
