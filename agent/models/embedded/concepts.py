"""Abbreviations that stand for a kind of thing and name no single one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.shape import expansion

_ACRONYM = re.compile(r"\((?:(?:i\.e\.,|dubbed|or|aka) )?([A-Z][\w-]*?s?)\)")
GENERIC = frozenset(
    "ai agi ml nlp cv llm lm mllm vlm lvlm lmm rl rlhf icl vqa ocr gpu cpu tpu cnn rnn dnn gan sota cot moe rag"
    " api qa ir kg peft sft dpo ppo grpo mri ct eeg dna rna 3d 2d 4d 1d flops gflops mlp svm lstm asr tts gui url"
    " os iot vr ar hd rgb kv bleu rouge map auc iou miou fid ndcg mrr f1 wer cer psnr ssim usa uk eu us un html"
    " pdf sql json cvpr iccv eccv acl emnlp neurips iclr icml ood id vla slm ffn ssm bpe i2t t2i t2v vl mm nn pca"
    " ui it tv pc fpga asic gelu relu cuda dft cider meteor spice bleurt bertscore clipscore oa x-ray ultrasound"
    " pathology fundu radiology openai nvidia deepmind google microsoft youtube tiktok facebook i2i p40 imu fmri"
    " int8 kv-cache lora ctc cache gb mb tb ii iii"
    " iv vi gdp hd"
    " 4k ci github arxiv doi".split()
)
"""Abbreviations of fields, quantities and kinds of things, which name no single benchmark, dataset or model."""


def computing(abstract: Abstract) -> bool:
    """Whether a paper is of computing: only there are benchmarks, data sets and models, and few things are measured."""
    found: set[str] = set()
    for sentence in abstract.sentences:
        if not _COMPUTING.isdisjoint(sentence.words):
            return True
        found.update(_ALSO_COMPUTING.intersection(sentence.words))
    return len(found) > 1


_COMPUTING = frozenset(
    "benchmark benchmarks llm llms mllm mllms pretrained pre-trained pretraining pre-training transformer transformers"
    " baselines vision-language multimodal classifier classifiers neural-network deep-learning fine-tuning"
    " zero-shot few-shot".split()
)
_ALSO_COMPUTING = frozenset(
    "learning network networks neural dataset datasets training trained language corpus state-of-the-art algorithm"
    " algorithms reinforcement supervised embeddings".split()
)
"""Words of computing that other sciences use as well."""


@dataclass(frozen=True)
class Abbreviation:
    """A short form in a bracket, and the words before it that it stands for."""

    short: str
    long_form: str
    is_concept: bool
    """Whether it stands for a common noun, as in `small widget models (SWMs)`, and so names nothing."""


def abbreviations(abstract: Abstract) -> list[Abbreviation]:
    """Returns the abbreviations that the abstract explains, in its order."""
    found = []
    for sentence in abstract.sentences:
        for match in _ACRONYM.finditer(sentence.text) if "(" in sentence.text else ():
            before, behind = sentence.text[: match.start()], sentence.text[match.end() :]
            long_form = expansion(before, match[1].rstrip("s"))
            if long_form:
                concept = match[1] != abstract.name and not _names_one(match[1], long_form, before, behind)
                found.append(Abbreviation(match[1], long_form, concept))
    return found


def _names_one(short: str, long_form: str, before: str, behind: str) -> bool:
    """Whether an abbreviation names one thing: by its spelling, what it is an example of, or the noun behind it."""
    if (_MIXED.search(short) and long_form[0].isupper()) or _EXAMPLE.search(before[: -len(long_form) - 1].rstrip()):
        return True
    words = [word for word in long_form.split() if len(word) > 3]
    called = _THING.match(behind) or _THING_LAST.search(long_form)
    return bool(words) and all(word[0].isupper() for word in words) and bool(called)


_MIXED = re.compile(r"^(?:[A-Z][a-z]+[A-Z]|.*[A-Z][a-z]+[A-Z][a-z]).*[^s]$")
"""A short form that is spelt as only names are, and is no plural."""
_EXAMPLE = re.compile(r"\bmodels,? (?:such as|like|including)(?: the)?$")
_THING = re.compile(r" (?:[\w-]+ )?(?:benchmark|dataset|corpus|challenge|leaderboard|test suite)s?\b")
_THING_LAST = re.compile(r"(?:benchmark|dataset|corpus)$", re.I)
