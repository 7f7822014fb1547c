"""What the tests of mails look at them with."""

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import html5lib

from agent.render.newsletter.blocks import Further, Issue, Paper, Section
from tests.render.newsletter import issues


def strictly(html):
    """The tree of a page, as elements by name; raises where the HTML has any error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


class Tags(HTMLParser):
    """All tags of a page with their attributes, its comments, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.comments, self.texts = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_data(self, data):
        self.texts.append(data)

    def attributes(self, name):
        return [values[name] for _, values in self.tags if name in values]

    def text(self):
        return " ".join("".join(self.texts).split())


@cache
def long(papers: int = 230, sections: int = 10, word: str = "carbon ") -> Issue:
    """An issue of many papers: half of each section in full, half of them named."""
    issue = issues.issue()
    shown = next(block for block in issue.blocks if isinstance(block, Paper))
    head = next(block for block in issue.blocks if isinstance(block, Section))
    first, *rest = issue.blocks
    made, sources = [first], []
    each = papers // sections
    for number in range(sections):
        made.append(replace(head, key=f"section:{number}", topic_id=f"{number}", size=each))
        own = [
            replace(shown.source, number=number * each + place, paper_id=f"t:{number}.{place}")
            for place in range(1, each + 1)
        ]
        line = replace(shown.line, text=word * 60)
        made += [replace(shown, key=f"paper:{one.paper_id}", source=one, line=line) for one in own[: each // 2]]
        made.append(
            Further(key=f"further:{number}", topic_id=f"{number}", sources=tuple(own[each // 2 :]), label="Also")
        )
        sources += own
    made += [block for block in rest if block.kind in ("title", "pick", "numbers", "listing", "closing")]
    return replace(issue, blocks=tuple(made), sources=tuple(sources))
