"""Reads labelled papers, and keeps trained weights as text, a feature a line, so that a change of them can be read."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

WEIGHTS = Path(__file__).parents[3] / "agent" / "models" / "embedded" / "weights"


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Returns the objects of JSON Lines files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def keep(name: str, features: Sequence[str], weights: np.ndarray, bias: np.ndarray, least: int = 1) -> None:
    """Writes the weights in thousandths, without features whose every weight is below `least`."""
    kept = {"@bias": np.rint(1000 * bias).astype(int).tolist()}
    for feature, row in zip(features, np.rint(1000 * weights).astype(int).tolist(), strict=True):
        if max(map(abs, row)) >= least:
            kept[feature] = row
    lines = [
        f"{json.dumps(feature, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for feature, row in kept.items()
    ]
    (WEIGHTS / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
