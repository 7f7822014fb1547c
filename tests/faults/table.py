"""The exit code of every way to fail, thought out before it was tried."""

from __future__ import annotations

from tests.faults.matrix import Case, Command

WHEN: tuple[str, ...] = ("always", "first", "every-5", "only")
DONE, PARTIAL, REFUSED, UNREACHABLE = 0, 3, 4, 5

KINDS = {
    # The exit code when it fails       always, first, every fifth call, about one paper only.
    "read as it is": (DONE, DONE, DONE, DONE),
    "read at the second asking": (PARTIAL, DONE, DONE, PARTIAL),
    "refused, and not asked again": (PARTIAL, PARTIAL, PARTIAL, PARTIAL),
    "passing": (UNREACHABLE, DONE, DONE, PARTIAL),
    "of this answer": (UNREACHABLE, PARTIAL, PARTIAL, PARTIAL),
    "of this way of asking": (UNREACHABLE, DONE, DONE, PARTIAL),
    "of the key or the model": (REFUSED, REFUSED, PARTIAL, PARTIAL),
    "of the address": (UNREACHABLE, UNREACHABLE, PARTIAL, PARTIAL),
    "a wait beyond the run's time": (UNREACHABLE, UNREACHABLE, PARTIAL, PARTIAL),
}
NAMES = {
    "read as it is": "good fenced in-prose bom think two-equal-objects schema-echo extra-keys lone-surrogate "
    "lone-surrogate-outside string-numbers ollama-truncated-prompt",
    "read at the second asking": "think-unclosed only-thinking duplicate-keys two-objects nan missing-keys "
    "deep-nesting empty null refusal-in-prose loop loop-cut cut-length cut-stop ollama-load content-null",
    "refused, and not asked again": "refusal content-filter",
    "passing": "429-seconds 429-milliseconds 429-date 429-negative 429-garbage 429-none 408 500 502 503 529 error-200 "
    "reset reset-in-body close hang drip html-200 html-502 empty-body invalid-json choices-empty choices-missing",
    "of this answer": "huge gzip-bomb",
    "of this way of asking": "400 422",
    "of the key or the model": "401 401-echo 403 404",
    "of the address": "redirect-302 redirect-307",
    "a wait beyond the run's time": "429-absurd",
}
KIND = {name: kind for kind, names in NAMES.items() for name in names.split()}
OVER_OLLAMA = KIND | {
    # Only Ollama says so; elsewhere it is an empty answer and a good one.
    "ollama-load": "passing",
    "ollama-truncated-prompt": "refused, and not asked again",
    # Ollama has no such answers: its `content` is always a text.
    "content-null": "passing",
    "refusal": "passing",
}
COMMANDS: tuple[Command, ...] = ("summarize", "weekly")
CASES = [Case(name, command, when) for command in COMMANDS for when in WHEN for name in KIND]
CASES += [Case(name, "summarize", when, "ollama_chat") for when in ("always", "first") for name in OVER_OLLAMA]


def expected(case: Case) -> int:
    """The exit code that a case should have."""
    if case.fault in {"400", "422"} and case.when == "every-5" and case.command == "weekly":
        # The fifteenth call is about the topics, and by then every way of asking has been refused once.
        return PARTIAL
    return KINDS[(KIND if case.provider == "openai" else OVER_OLLAMA)[case.fault]][WHEN.index(case.when)]
