"""Text as somebody would write it who wants to break a page, and a digest made of nothing else."""

from hypothesis import strategies as st

from agent.schema import Artifact, LeftOut, Result, Statement, Window
from tests.render import samples

ATTACKS = [
    "<b>x</b>", "<script>", "<!-- x -->", "<https://x.org>", "https://x.org/a_b",
    "www.x.org", "a@x.org", "&amp;", "&#35;",
    "![a](https://x.org)", "[a](https://x.org)", "[a]: https://x.org", "[a][1]", "[1]", "[^1]", "](https://x.org)",
    "# ", "## ", " #", "> ", "- ", "+ ", "* ", "1. ", "12) ", "===", "---", "***", "```", "~~~", "    x", "\t",
    "|a|b|", "|-|-|", "|-|",
    "*", "**", "_", "__", "`", "~", "~~", "\\", "!", ":", "%", "$x$", "{{x}}", "{#x}",
    "\n", "\n\n", "\r", "\x00", "\x0b", "\x1b[31m", "\x1b]8;;https://x.org\x1b\\", "\x07", "\x7f",
    "\x9b2J", "\u2028", "\x85",
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\xad", "\U000e0041", "\ud800",
    "[red]", "[/]", "[link=https://x.org]x", ":smile:",
    "word", "a sentence.", "好的题目", "עברית", "e\u0301", "👩‍🔬", "\\emph{x}", "x" * 90,
]  # fmt: skip

texts = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=4), max_size=6).map("".join)


def digest(text):
    """A digest with the text in every field that takes one."""
    statement = (Statement(text=text, evidence=(1, 2)),)
    fields = {"problem": statement, "approach": statement, "findings": statement, "limitations": statement}
    terms = dict.fromkeys(("benchmarks", "datasets", "models", "tasks", "keywords"), (text, text))
    results = (Result(value=text, metric=text, on=text, versus=text, evidence=(1,)),)
    links = (Artifact(kind="code", url=text), Artifact(kind="page", url=f"https://example.org/{text}"))
    provenance = samples.provenance(prompt=text, model=text, engine_version=text)
    written = samples.summary(
        1, text, name=text, results=results, artifacts=links, provenance=provenance, **fields | terms
    )
    return samples.digest(
        window=Window(label=text),
        papers=(samples.paper(1, text, url=text, abstract=text), samples.paper(8, text)),
        topics=(samples.topic(text, (1,), ((text, (1,)), (text, (1,)))), samples.topic(f"{text}.", (8,))),
        seen_before=("t:8",),
        summaries=(written,),
        left_out=(LeftOut(source=text, reason=text), LeftOut(paper_id=text, reason=text)),
        provenance=provenance,
    )
