"""A writer's Markdown as HTML and as text: readable, and with nothing live in it."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.render.newsletter.edited import SCHEMES, TAGS, as_html, as_text
from tests.render import hostile

LIVE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<style>*{}</style>",
    "<!--[if mso]><p>x</p><![endif]-->", "[x](javascript:alert(1))", "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html,x)", "![x](https://example.org/track.gif)", "![x](data:image/png;base64,AAAA)",
    "[![x](https://example.org/a.png)](https://example.org)", "<https://example.org>", "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]", "<a href='x' onclick=alert(1)>x</a>", "<iframe src=x>", "<div\n\n![x](//y.z)",
    "| a |\n|---|\n| <img src=x> |", "```html\n<script>\n```", "`<b>`", "&lt;script&gt;", "<!-- x --> *a*",
    "<!-- <script> -->", "<![CDATA[x]]>", "<?php x ?>", "x\n===", "# a", "> <b>", "- <i>\n  <i>", "1) x\n2) y",
    "<base href=https://example.org>", "<link rel=stylesheet href=x>", "<meta http-equiv=refresh>", "~~x~~", "    x",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(LIVE + hostile.ATTACKS) | st.text(max_size=5), max_size=6).map("\n\n".join) | st.lists(
    st.sampled_from(LIVE + hostile.ATTACKS) | st.text(max_size=5), max_size=6
).map("".join)


@settings(max_examples=40)
@given(TEXTS)
def test_nothing_is_live(text):
    """Only the few tags, no attribute but addresses of the web and of mail, no image, no comment."""
    made = as_html(text)
    root = html5lib.parseFragment(made, namespaceHTMLElements=False)

    for element in root.iter():
        if element is not root:
            assert element.tag in TAGS
            assert set(element.keys()) <= {"href", "rel", "start"}
            assert element.get("href", "https://x").split(":")[0].lower() in SCHEMES
    assert "<!--" not in made
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", as_text(text) + made)


@pytest.mark.parametrize(
    ("markdown", "html", "text"),
    [
        ("# One\n\n##### Two", "<h2>One</h2>\n<h4>Two</h4>", "One\n\nTwo"),
        ("A *b* **c** `d`\\\ne\nf", "<p>A <em>b</em> <strong>c</strong> <code>d</code><br>\ne\nf</p>", "A b c d\ne f"),
        ("[a](https://x.org)", '<p><a href="https://x.org" rel="noreferrer">a</a></p>', "a (https://x.org)"),
        ("<me@x.org>", '<p><a href="mailto:me@x.org" rel="noreferrer">me@x.org</a></p>', "me@x.org"),
        ("![*a* b](https://x.org/i.png)", '<p><a href="https://x.org/i.png" rel="noreferrer">a b</a></p>',
         "a b (https://x.org/i.png)"),
        ("[![a](https://x.org/i.png)](https://y.org)", '<p><a href="https://y.org" rel="noreferrer">a</a></p>',
         "a (https://y.org)"),
        ("[a](b.html)", '<p><a rel="noreferrer">a</a></p>', "a"),
        ("<b>x</b> y", "<p>&lt;b&gt;x&lt;/b&gt; y</p>", "<b>x</b> y"),
        ("<!-- digest @x --> a *b*", "<p>a <em>b</em></p>", "a *b*"),
        ("a <!-- digest t:1#2 --> b<!-- x -->.", "<p>a  b.</p>", "a b."),
        ("- a\n- b\n\n  c", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n<p>c</p>\n</li>\n</ul>", "- a\n\n- b\n\n  c"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', "3. a\n4. b"),
        ("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>", "> a b"),
        ("```py\na <b>\n```", "<pre><code>a &lt;b&gt;\n</code></pre>", "    a <b>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>", "a\n\n* * *\n\nb"),
        ("a|b\n-|-\n1|2", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n"
         "<td>2</td>\n</tr>\n</tbody>\n</table>", "a | b\n1 | 2"),
        ("👩‍🔬 &amp; {{x}}", "<p>👩‍🔬 &amp; {{x}}</p>", "👩‍🔬 & {{x}}"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_what_a_writer_writes(markdown, html, text):
    """Headings below the one title, lists, quotes, tables, code: as HTML and as text."""
    assert as_html(markdown) == html
    assert as_text(markdown) == text
