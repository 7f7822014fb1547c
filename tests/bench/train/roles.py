"""Trains the roles of sentences on CSAbstruct: `python -m tests.bench.train.roles FOLDER`."""

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from agent.models.embedded import roles
from agent.models.embedded.abstract import read
from agent.models.embedded.roles import ROLES
from tests.bench.train.store import keep
from tests.bench.train.store import read as read_labels

LEAST = 5
"""Sentences that a feature must occur in."""
FOLDS = 5
REGULARIZATION = 0.03


def main(folder: Path) -> None:
    """Trains both models and keeps their weights; the second learns from what the first says of abstracts unseen."""
    abstracts = read_labels([folder / "csabs_train.jsonl"])
    found = [list(roles.features(read("", abstract["sentences"]).sentences)) for abstract in abstracts]
    wanted = np.array([ROLES.index(label) for abstract in abstracts for label in abstract["labels"]])
    sizes = [len(sentences) for sentences in found]
    often = Counter(feature for sentences in found for features in sentences for feature in features)
    rows = [{name: 1.0 for name in features if often[name] >= LEAST} for sentences in found for features in sentences]
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform(rows)
    words = learn(matrix, wanted)
    keep("roles", vectorizer.feature_names_, words.coef_.T, words.intercept_, least=12)
    chances = np.zeros((len(wanted), len(ROLES)))
    for seen, unseen in GroupKFold(FOLDS).split(matrix, wanted, np.repeat(np.arange(len(found)), sizes)):
        chances[unseen] = learn(matrix[seen], wanted[seen]).predict_proba(matrix[unseen])
    parted = np.split(chances, np.cumsum(sizes)[:-1])
    beside = DictVectorizer()
    contexts = beside.fit_transform([dict(row) for alone in parted for row in roles.contexts(list(map(tuple, alone)))])
    context = LogisticRegression(C=1.0, max_iter=3000).fit(contexts, wanted)
    keep("roles_context", beside.feature_names_, context.coef_.T, context.intercept_)


def learn(matrix: csr_matrix, wanted: np.ndarray) -> LogisticRegression:
    """Returns the regression from words to roles."""
    return LogisticRegression(C=REGULARIZATION, max_iter=500).fit(matrix, wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
