"""Sections are told anew one by one: where one fails, it is known which, and the others are told."""

from agent.models.base import Completion, provenance
from agent.models.embedded import EmbeddedModel
from agent.schema import LineDraft, SectionDraft
from agent.tasks import retelling
from agent.tasks.newsletter import newsletter
from tests.editorial.samples import digest, items
from tests.examples import ScriptedModel

OWN = newsletter(digest(), EmbeddedModel())
PAPERS = {item.paper.id: item for item in items()}
TOLD = SectionDraft(lines=(LineDraft(paper=1, text="Neu.", evidence=(1,)),))


class FailingModel(ScriptedModel):
    """An endpoint that cannot answer one of its questions, so that the embedded model does."""

    def __init__(self, fails: int) -> None:
        super().__init__()
        self.fails = fails

    def complete(self, task, inputs):
        """Answers all but that one."""
        self.asked.append((task.name, inputs))
        failed = len(self.asked) == self.fails
        origin = provenance(task.name, self.name, degraded="no usable answer" if failed else None)
        return Completion(SectionDraft() if failed else TOLD, origin)


def retold(fails):
    """The sections in German, but for the one that fails, and where they come from."""
    return list(retelling.retell(OWN.sections, PAPERS, FailingModel(fails), "de", ""))


def test_one_section_that_fails_is_known():
    """A section without an answer stays as it is, the others are told, and how many stay is said with the reason."""
    told = retold(2)
    full = [section for section in OWN.sections if section.entries]

    assert [one == own for (one, _), own in zip(told, OWN.sections, strict=True) if own.entries] == [
        place == 2 for place in range(1, len(full) + 1)
    ]
    left = retelling.left([origin for _, origin in told if origin])
    assert left == f"1 of {len(full)} sections as the digest has them: no usable answer"


def test_where_all_are_told_nothing_is_left():
    """Nothing is said of sections that stay where none does."""
    assert retelling.left([origin for _, origin in retold(0) if origin]) is None
