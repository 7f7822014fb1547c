"""Names of a text and what kind of thing they name."""

from __future__ import annotations

import itertools
import re
from functools import cache

from tests.faith.pairs import Pair

WRITTEN = r"[A-Za-z0-9](?:[\w+]|[-./](?=\w))*"
VERSIONED = r"(?<!^)[A-Z][a-z]+ (?!\d{4}\b)\d+(?:\.\d+)?\b(?!,\d)(?: (?:Pro|Ultra|Flash|Sonnet|Opus|Turbo))?"
NAME = re.compile(rf"(?<![\w/.@-])(?:{VERSIONED}|{WRITTEN}(?: \d+(?:\.\d+)+)?)")
DATA = """ImageNet COCO MS-COCO CIFAR-10 CIFAR-100 MNIST SQuAD GLUE SuperGLUE MMLU GSM8K HumanEval KITTI
Cityscapes LibriSpeech MMBench MME VQAv2 ScienceQA MathVista MMMU SEED-Bench LSUN CelebA SVHN
WikiText-103 VCR MSCOCO Flickr30K nuScenes ScanNet POPE TextVQA ADE20K Omniglot""".split()
NO_NAME = re.compile(
    r"(?:[IVX]+|\d\w|[\d.,]+[A-Za-z]+|[Tt]op-\d+|\d+-\w+|.|.*(?:http|/).*|.*-(?:[a-z]+|[A-Z][a-z]{4,}ed))$"
    r"|[A-Z]{2} |(?:In|At|Over|From|Of|Only|About|Across|Adding|By|After|For) "
)
DATA_ENDING = re.compile(r"(?i)(?:bench|set|qa|eval|data|vqa|corpus)(?:-\w+)?$")
METRICS = "BLEU ROUGE AUC AUROC mAP FID SSIM PSNR WER METEOR CIDEr RMSE MAE MSE NDCG OA IoU mIoU MRR".split()
FIELDS = """AI NLP ML RL CV IR VQA QA OCR ASR TTS NMT MT ICL SFT RLHF DPO PPO GPU CPU API URL RGB CL PDF HTML EEG MRI
CT UI GUI IoT US USA UK DNA LLM VLM MLLM LVLM LMM CNN RNN GAN VAE DNN LSTM SGD SVM MLP ViT GNN HCI AGI SOTA CoT DNNs
3D 2D 1D II III IV VI VII SOTA CI SD OR HR Q&A LVLMs""".split()
LANGUAGES = (
    "English Chinese French German Spanish Japanese Korean Arabic Russian Hindi Italian Portuguese Turkish".split()
)
PLACES = (
    "China Germany France Japan India Brazil Canada Australia Italy Spain Sweden Korea Taiwan Africa Europe".split()
)
NUMBERED = "Table Figure Section Stage Scenario Step Chapter Phase Task Part Level Type Group Experiment".split()


@cache
def names(text: str) -> tuple[re.Match[str], ...]:
    """Finds tokens that are written as names are: two capitals, or a capital and a digit."""
    return tuple(spot for spot in NAME.finditer(text) if is_name(spot[0]) or spot[0] in (*LANGUAGES, *PLACES))


def is_name(token: str) -> bool:
    """Whether a token is written as a name."""
    if token.split()[0] in NUMBERED or NO_NAME.match(token):
        return False
    capitals, digit = sum(sign.isupper() for sign in token), any(sign.isdigit() for sign in token)
    title = all(re.fullmatch(r"[A-Z]?[a-z]*|[A-Z]|\d+", part) for part in token.split("-")) and not digit
    return not title and (capitals > 1 or bool(capitals and digit))


@cache
def kind(name: str, abstract: str) -> str:
    """What sort of thing the name stands for, so far as spelling and the next word show."""
    if name in METRICS or name in LANGUAGES or name in PLACES:
        return "metric" if name in METRICS else "language" if name in LANGUAGES else "place"
    if name.rstrip("s") in FIELDS or len(name.rstrip("s")) < 3 or spelled_small(name, abstract):
        return "field, plural" if name.endswith("s") else "field"
    behind = rf"\b{re.escape(name)}\)? (?:[\w-]+ )?(?:datasets?|benchmarks?|corpus|corpora|suite|challenge|test set)\b"
    behind = rf"{behind}|\bon (?:the )?{re.escape(name)}(?![\w-])"
    if name in DATA or DATA_ENDING.search(name) or re.search(behind, abstract):
        return "data"
    return "system, plural" if re.search(r"[A-Z]s$", name) else "system"


def spelled_small(name: str, abstract: str) -> bool:
    """Whether the abstract writes the name out in small letters, as common terms are."""
    before = re.search(rf"([A-Za-z]+) ?\({re.escape(name)}\)", abstract)
    return bool(before) and before[1].islower()


def listed(a: str, b: str, text: str) -> bool:
    """Whether two names stand in one list of the text, so that either may stand for the other."""
    found = sorted((spot.start(), spot.end(), spot[0]) for name in (a, b) for spot in whole(name).finditer(text))
    neighbours = itertools.pairwise(found)
    return any(x[2] != y[2] and joined(text[x[1] : y[0]]) for x, y in neighbours)


def whole(name: str) -> re.Pattern[str]:
    """Matches a name that is no part of a longer one."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def joined(between: str) -> bool:
    """Whether only conjunctions and other names stand between two names."""
    joints = {"and", "or", "as", "well", "both", "the", "on", "in"}
    words = re.findall(r"[^\s,()/]+", between)
    return all(word in joints or not word.islower() for word in words) and not re.search(r"[.;:] ", between)


def related(a: str, b: str) -> bool:
    """Whether one name is part or plural of the other."""
    first, second = a.lower().rstrip("s"), b.lower().rstrip("s")
    return first in second or second in first


def named_in(pair: Pair) -> list[str]:
    """The names of the whole abstract, each once."""
    return list(dict.fromkeys(spot[0] for sentence in (pair.title, *pair.sentences) for spot in names(sentence)))
