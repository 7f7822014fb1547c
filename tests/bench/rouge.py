"""ROUGE against several references, the best of them (C.-Y. Lin, 2004)."""

from collections.abc import Sequence

from rouge_score.rouge_scorer import RougeScorer


class Rouge:
    """ROUGE-1 and ROUGE-2, F1, with stemming."""

    def __init__(self) -> None:
        self._scorer = RougeScorer(["rouge1", "rouge2"], use_stemmer=True)

    def best(self, text: str, references: Sequence[str]) -> tuple[float, float]:
        """Returns the highest ROUGE-1 and the highest ROUGE-2 over the references."""
        found = [self._scorer.score(reference, text) for reference in references]
        return max(s["rouge1"].fmeasure for s in found), max(s["rouge2"].fmeasure for s in found)
