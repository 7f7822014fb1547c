"""Made-up papers of no seeds page, summarized by the embedded model, in a digest."""

from __future__ import annotations

import datetime
from functools import cache

from agent.models.embedded import EmbeddedModel
from agent.schema import Coverage, Digest, SummarizedPaper, Window
from agent.tasks import topics
from agent.tasks.summarize import summarize
from tests.examples import paper

WEEK = Window(label="2030-W02", since=datetime.date(2030, 1, 7), until=datetime.date(2030, 1, 13))
BEFORE = Window(label="2030-W01", since=datetime.date(2029, 12, 31), until=datetime.date(2030, 1, 6))

PAPERS = """
PeatCap: A Corpus for Audio Captioning of Wetlands
  Audio captioning lacks recordings of wetlands. We introduce PeatCap, a wetland audio captioning dataset of 40
  hours of sound. Models trained on PeatCap describe frogs. Data are available at https://example.org/peatcap-data.
MireBench: Testing Video Models on Bogs
  Long videos of bogs are hard to follow. We present MireBench, a benchmark for video understanding of bogs, which
  covers 24 tasks. We evaluate nine video models on MireBench. Code is released at https://example.org/mirebench.
FenNet: Token Pruning for Video
  Video models waste tokens. We propose FenNet, a method that prunes visual tokens of videos before the decoder.
  FenNet reduces inference latency by 45% on VideoFen. Code is available at https://example.org/fennet.
SedgeDiff: Text-to-Image Diffusion of Plants
  Image generation of plants is poor. We propose SedgeDiff, a diffusion model for text-to-image generation of plants.
  SedgeDiff achieves a 3.5% improvement in fidelity on PlantGen. Human raters prefer its images.
Why Do Language Models Forget? A Study of Continual Learning
  Language models forget what they learned. We study forgetting of language models in continual learning. We find
  that replay helps small models more than large ones.
HeathRAG: Retrieval for Field Guides
  Field guides are long. We present HeathRAG, a retrieval-augmented generation system for field guides. HeathRAG
  outperforms dense retrieval by 8.2 points on GuideQA. It was tested on 12 datasets.
MossVQA: Questions about Moss
  Visual question answering about moss is unexplored. We introduce MossVQA, a dataset of 9,000 questions about
  images of moss. The best model reaches 41% accuracy on MossVQA, while humans reach 93%.
LichenCLIP: Contrastive Learning of Lichens
  Contrastive learning needs many pairs. We propose LichenCLIP, a contrastive learning method for images and text of
  lichens. On LichenBench, we achieve a 6.1% increase in recall.
BogSpeech: Speech Recognition in Wind
  Wind spoils recordings. We propose BogSpeech, a speech recognition model that is robust to wind. BogSpeech lowers
  the word error rate by 17% on WindSpeech.
ReedAgent: Planning for Robots in Reeds
  Robots get stuck in reeds. We propose ReedAgent, an agent that plans paths through reeds with a language model.
  ReedAgent succeeds more often than rule-based planners.
"""


@cache
def items() -> tuple[SummarizedPaper, ...]:
    """The papers, summarized."""
    found = []
    for line in PAPERS.strip().splitlines():
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return summarized(*((title, " ".join(abstract)) for title, abstract in found))


def summarized(*papers: tuple[str, str]) -> tuple[SummarizedPaper, ...]:
    """Papers given by title and abstract, as the embedded model summarizes them."""
    made = summarize([paper(title, abstract) for title, abstract in papers], EmbeddedModel())
    return tuple(one for one in made if isinstance(one, SummarizedPaper))


def digest(papers: tuple[SummarizedPaper, ...] | None = None) -> Digest:
    """A digest of the papers."""
    papers = items() if papers is None else papers
    grouped, provenance = topics.group(papers, EmbeddedModel())
    return Digest(
        window=WEEK,
        papers=tuple(item.paper for item in papers),
        topics=grouped,
        summaries=tuple(item.summary for item in papers),
        coverage=Coverage(entries=len(papers), summarized=len(papers)),
        provenance=provenance,
    )


def of(start: str) -> SummarizedPaper:
    """The paper whose title begins so."""
    return next(item for item in items() if item.paper.title.startswith(start))
