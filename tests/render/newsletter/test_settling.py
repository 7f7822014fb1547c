"""What a writer did to one block is followed in the others."""

from dataclasses import replace

from agent.render.newsletter import blocks, markdown, plain
from agent.render.newsletter.merging import merge
from agent.render.newsletter.settling import settled
from agent.sources.kept import parse
from tests.render.newsletter import issues

FRESH = issues.issue()
DRAFT = markdown.issue(FRESH)


def after(edit):
    """The issue after an edit of its draft."""
    edited = edit(DRAFT)
    assert edited != DRAFT
    return settled(merge(FRESH, parse(edited, "issue.md"))[0])


def without(*ids):
    """Takes out every block of some papers."""

    def edit(draft):
        parts = draft.split("<!-- digest @")
        return "<!-- digest @".join(part for part in parts if not part.startswith(tuple(ids)))

    return edit


def test_sentences_about_papers_that_were_taken_out_go():
    """The opening no longer cites a paper that has no place in the issue; sentences that cite others as well stay."""
    intro = next(block for block in FRESH.blocks if isinstance(block, blocks.Intro))
    alone = [one for one in intro.sentences if [cite.source.number for cite in one.citations] == [1]]
    lost = alone[0].citations[0].source.paper_id

    told = next(
        block for block in after(without(f"paper:{lost}", f"pick:{lost}")).blocks if isinstance(block, blocks.Intro)
    )

    assert told.sentences == tuple(one for one in intro.sentences if one not in alone)
    assert told.sentences


def test_a_renamed_section_has_its_new_name_everywhere():
    """Bars and papers call a section as its writer does."""
    made = after(lambda draft: draft.replace("## Life in the soil · ", "## Worms & co · "))

    assert "Worms & co" in plain.text(made)
    assert "Life in the soil:" not in plain.text(made)
    assert {block.topic for block in made.blocks if isinstance(block, blocks.Paper)} >= {"Worms & co"}
    assert "Life in the soil" not in {block.topic for block in made.blocks if isinstance(block, blocks.Paper)}


def test_what_was_counted_of_a_section_goes_with_its_papers():
    """A section of which a paper was taken out is no longer what code has counted; the others are."""
    first, second = (block for block in FRESH.blocks if isinstance(block, blocks.Section))
    made = merge(replace(FRESH, blocks=_counted(FRESH.blocks)), parse(without("paper:t:2 ")(DRAFT), "issue.md"))[0]
    tallies = {block.topic_id: block.tally for block in settled(made).blocks if isinstance(block, blocks.Section)}

    assert tallies == {first.topic_id: "Counted.", second.topic_id: ""}


def _counted(some):
    return tuple(replace(block, tally="Counted.") if isinstance(block, blocks.Section) else block for block in some)


def test_an_issue_that_nobody_edited_stays_as_it_is():
    """Nothing is followed where nothing was done."""
    assert settled(FRESH) is FRESH
