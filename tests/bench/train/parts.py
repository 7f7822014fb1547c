"""Trains which sentences tell problem, approach and findings: `python -m tests.bench.train.parts FOLDER LABELS.jsonl…`.

The folder is that of CSAbstruct, whose development part shows how other fields write; its training part has taught the
roles that this model reads, and would make it trust them too much.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from agent.models.embedded.summary import understand
from tests.bench.train.store import keep, read

PARTS = {"problem": ("background", "objective"), "approach": ("method",), "findings": ("result",)}
FITTING = 0.5
"""What a sentence of a fitting role is worth that is not among the best of its part."""
OTHER_FIELDS = 0.1
"""What a sentence of CSAbstruct weighs against one of a labelled paper."""
REGULARIZATION = 0.3


def main(folder: Path, labels: list[Path]) -> None:
    """Trains for each part how likely a sentence belongs to it."""
    others = [
        {"title": "", "sentences": paper["sentences"], "roles": paper["labels"]}
        for paper in read([folder / "csabs_dev.jsonl"])
    ]
    papers = [*read(labels), *others]
    clues = [understand(paper["title"], paper["sentences"]).clues for paper in papers]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict(row) for rows in clues for row in rows])
    weights = np.array([1.0 if "problem" in paper else OTHER_FIELDS for paper in papers])
    importance = np.repeat(weights, [len(rows) for rows in clues])
    models = [fit(matrix, worths(papers, part, roles), importance) for part, roles in PARTS.items()]
    keep(
        "parts",
        vectorizer.feature_names_,
        np.hstack([model.coef_.T for model in models]),
        np.hstack([model.intercept_ for model in models]),
    )


def worths(papers: Sequence[Mapping[str, Any]], part: str, roles: Sequence[str]) -> np.ndarray:
    """Returns how well each sentence tells a part, from 0 to 1; where only roles are labelled, these decide."""
    found = []
    for paper in papers:
        fitting = FITTING if part in paper else 1.0
        best = paper.get(part, ())
        found += [1.0 if n in best else fitting * (role in roles) for n, role in enumerate(paper["roles"], 1)]
    return np.array(found)


def fit(matrix: csr_matrix, worth: np.ndarray, importance: np.ndarray) -> LogisticRegression:
    """Returns the logistic regression to a worth between 0 and 1: each row stands there as right and as wrong."""
    both, wanted = vstack([matrix, matrix]).tocsr(), np.repeat([1, 0], len(worth))
    weight = np.concatenate([worth * importance, (1 - worth) * importance])
    told = weight > 0
    return LogisticRegression(C=REGULARIZATION, max_iter=3000).fit(both[told], wanted[told], weight[told])


if __name__ == "__main__":
    main(Path(sys.argv[1]), list(map(Path, sys.argv[2:])))
