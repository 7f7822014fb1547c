"""Trains the choice of the TL;DR: `python -m tests.bench.train.tldr SCITLDR_FOLDER LABELS.jsonl…`."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer

from agent.models.embedded import tldr
from agent.models.embedded.compress import shortenings
from agent.models.embedded.summary import understand
from tests.bench.rouge import Rouge
from tests.bench.train.store import keep, read

LEAST = 20
"""Forms that a feature must occur in."""
TEMPERATURE = 0.1
REGULARIZATION = 0.02
LABELLED = 12
"""What a labelled paper weighs against one of SciTLDR; there are few of them."""
ACCEPTED = 0.5
"""What it adds to a form's ROUGE that people chose its sentence."""

Form = tuple[str, int, dict[str, float]]


def main(folder: Path, labels: list[Path]) -> None:
    """Trains a softmax over all forms of all sentences of a paper towards those with the highest ROUGE-1 and -2."""
    rouge, papers = Rouge(), []
    for paper in read([folder / "scitldr_train.jsonl"]):
        # Once without its title, since a title may say little.
        for title in (paper["title"], ""):
            found = list(forms(title, paper["source"]))
            papers.append((1, found, [sum(rouge.best(text, paper["target"])) for text, _, _ in found]))
    for paper in read(labels):
        found = list(forms(paper["title"], paper["sentences"]))
        chosen = [ACCEPTED * (number in paper["tldr_sentence"]) for _, number, _ in found]
        said = [sum(rouge.best(text, [paper["tldr"]])) for text, _, _ in found]
        papers.append((LABELLED, found, [one + other for one, other in zip(chosen, said, strict=True)]))
    often = Counter(name for _, found, _ in papers for _, _, clues in found for name in clues)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [
            {name: value for name, value in clues.items() if often[name] >= LEAST}
            for _, found, _ in papers
            for _, _, clues in found
        ]
    )
    ends = np.cumsum([0, *(len(found) for _, found, _ in papers)])
    rewards = np.concatenate([reward for _, _, reward in papers])
    learned = fit(matrix, rewards, ends, np.array([weight for weight, _, _ in papers]))
    keep("tldr", vectorizer.feature_names_, learned[:, None], np.zeros(1))


def forms(title: str, sentences: list[str]) -> Iterator[Form]:
    """Yields every form of every sentence, its number and its features."""
    abstract = understand(title, sentences)
    gist = tldr.Gist(abstract)
    for sentence, found in zip(abstract.sentences, abstract.clues, strict=True):
        for form in shortenings(sentence.text, abstract.name):
            clues = {name: float(value) for name, value in [*found, *gist.clues(sentence, form)]}
            yield form.text, sentence.number, clues


def fit(matrix: csr_matrix, rewards: np.ndarray, ends: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """Returns the weights whose softmax is nearest to that of the rewards, in cross entropy with an L2 penalty."""
    starts, papers = ends[:-1], np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    importance = (importance / importance.sum())[papers]

    def softmax(values: np.ndarray) -> np.ndarray:
        raised = np.exp(values - np.maximum.reduceat(values, starts)[papers])
        return raised / np.add.reduceat(raised, starts)[papers]

    wanted = softmax(rewards / TEMPERATURE)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chances = softmax(matrix @ weights)
        entropy = -(wanted * np.log(chances + 1e-12) * importance).sum() + REGULARIZATION * weights @ weights
        return entropy, -(matrix.T @ ((wanted - chances) * importance)) + 2 * REGULARIZATION * weights

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


if __name__ == "__main__":
    main(Path(sys.argv[1]), list(map(Path, sys.argv[2:])))
