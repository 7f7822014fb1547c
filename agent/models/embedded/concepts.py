"""Abbreviations that stand for a kind of thing and name no single one."""

from __future__ import annotations

import re

from agent.models.embedded.abstract import Abstract
from agent.models.embedded.shape import expansion

_ACRONYM = re.compile(r"\((?:(?:i\.e\.,|dubbed|or|aka) )?([A-Z][\w-]*?s?)\)")
GENERIC = frozenset(
    "ai agi ml nlp cv llm lm mllm vlm lvlm lmm rl rlhf icl vqa ocr gpu cpu tpu cnn rnn dnn gan sota cot moe rag"
    " api qa ir kg peft sft dpo ppo grpo mri ct eeg dna rna 3d 2d 4d 1d flops gflops mlp svm lstm asr tts gui url"
    " os iot vr ar hd rgb kv bleu rouge map auc iou miou fid ndcg mrr f1 wer cer psnr ssim usa uk eu us un html"
    " pdf sql json cvpr iccv eccv acl emnlp neurips iclr icml ood id vla slm ffn ssm bpe i2t t2i t2v vl mm nn pca"
    " ui it tv pc ii iii iv vi gdp hd 4k ci github arxiv doi".split()
)
"""Abbreviations of fields, quantities and kinds of things, which name no single benchmark, dataset or model."""


def concepts_of(abstract: Abstract) -> frozenset[str]:
    """Returns the abbreviations that stand for a common noun: `small widget models (SWMs)`."""
    found: set[str] = set()
    for sentence in abstract.sentences:
        for match in _ACRONYM.finditer(sentence.text) if "(" in sentence.text else ():
            short = match[1].rstrip("s")
            long_form = expansion(sentence.text[: match.start()], short)
            if long_form and match[1] != abstract.name and not _names_one(long_form):
                found.update((match[1], short, f"{short}s"))
    return frozenset(found)


def _names_one(long_form: str) -> bool:
    """Whether the long form is spelt as the name of one thing: every long word has a capital, no plural."""
    words = [word for word in long_form.split() if len(word) > 3]
    return (
        bool(words)
        and all(word[0].isupper() for word in words)
        and bool(re.search(r"(?:benchmark|dataset)$", long_form, re.I))
    )
