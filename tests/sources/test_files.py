import gzip
import io
import json
import os
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.schema import Paper
from agent.sources import Problem, find, read
from agent.sources.decoding import clean, lines
from tests.sources.reading import read_bytes, read_text, split

PAGE = "On Sheep\n\nWe count sheep, and count them again.\n"


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path):
    """Folders are walked; hidden files and what describes a folder are left out."""
    for name in [
        "b/2.txt",
        "b/1.txt",
        "a.txt",
        "c.txt",
        ".hidden",
        ".git/x.txt",
        "b/README.md",
        "LICENSE",
        "sources.toml",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe")
    files, problems = find([str(tmp_path), "-", str(tmp_path / "a.txt")])

    assert [os.path.relpath(path, tmp_path) for path in files[:-1]] == ["a.txt", "c.txt", "b/1.txt", "b/2.txt"]
    assert (files[-1], problems) == ("-", [])


def test_a_path_that_is_not_there_is_told():
    """A path that names nothing is a remark that says so."""

    assert find(["no/such/place"]) == (
        [],
        [Problem("no/such/place", "there is no such file or folder; check the spelling", entry=False)],
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path):
    """A folder and a file without permission are remarks, and do not stop the others."""
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "page.txt").touch(mode=0)
    files, problems = find([str(tmp_path)])

    assert problems[0].source == str(tmp_path / "closed")
    assert "Permission denied" in split(list(read(files[0])))[2][0].reason


@pytest.mark.parametrize("path", ["no/such/file", "a\0b", ".", "\udcff"])
def test_a_file_that_cannot_be_read_is_a_remark(path):
    """A file that vanished, a folder and an impossible name are one remark each."""
    papers, lost, remarks = split(list(read(path)))

    assert papers == lost == []
    assert "the file cannot be read" in remarks[0].reason
    assert remarks[0].reason.isprintable()


BINARY = {
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG image"),
    "gzip": (gzip.compress(PAGE.encode(), mtime=0), "a gzip file"),
    "pdf": (b"%PDF-1.7\nOn Sheep\n", "a PDF document"),
    "noise": (bytes(range(256)) * 9, "a binary file"),
    "zeros": (bytes(999), "a binary file"),
}


@pytest.mark.parametrize("kind", BINARY)
def test_a_binary_file_is_a_remark(tmp_path, kind):
    """What is not text is told by its kind, whatever its name says."""
    content, name = BINARY[kind]
    papers, lost, remarks = read_bytes(tmp_path, content, "page.json")

    assert papers == lost == []
    assert [name in one.reason for one in remarks] == [True]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "page.txt", "the file is empty"),
        (b"", "page.jsonl", "the file is empty"),
        (b"\xef\xbb\xbf\r\n \n", "page.txt", "no paper was found"),
        (b"new\n\nSubscribe\n\nMar 13, 2025\n", "page.txt", "no paper was found"),
        (b"[]", "page.json", "no paper was found"),
        (b"title,abstract\n", "page.csv", "no paper was found"),
        (b"<!DOCTYPE html><html></html>", "page.html", "this is markup"),
    ],
)
def test_a_file_without_papers_is_a_remark(tmp_path, content, name, reason):
    """A file in which nothing is found says so in one remark."""
    papers, lost, remarks = read_bytes(tmp_path, content, name)

    assert papers == lost == []
    assert [reason in one.reason for one in remarks] == [True]


ENTRY = "@{}{{key,\n  title = {{On Sheep}},\n  abstract = {{We count sheep.}}\n}}\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (ENTRY.format("article"), "all.bib"),
        (ENTRY.format("InProceedings"), "all.txt"),
        ("% Encoding: UTF-8\n" + ENTRY.format("book") + ENTRY.format("misc"), "all.csv"),
        ("@string(a = 'b')\n" + ENTRY.format("article"), "all.bib"),
    ],
)
def test_bibtex_is_refused(tmp_path, content, name):
    """A file of BibTeX entries is one remark that says what it is, and no paper comes out of it."""
    papers, lost, remarks = read_text(tmp_path, content, name)

    assert papers == lost == []
    assert ["this is BibTeX, which is not read yet" in one.reason for one in remarks] == [True]


def test_how_to_cite_does_not_spoil_a_page(tmp_path):
    """A page that ends with one entry of BibTeX is still a page, and so are lines that begin with an address."""
    page = PAGE + "\nOn Goats\n\nWe count goats.\n\n@author wrote this.\n\n" + ENTRY.format("misc")

    assert "On Sheep" in [paper.title for paper in read_text(tmp_path, page)[0]]


def test_the_content_counts_before_the_extension(tmp_path):
    """A saved page called .json and a page called .csv are pages; JSON Lines called .txt are JSON Lines."""
    page = "Get trending papers in your email inbox!\n\n" + PAGE
    names = {
        "page.json": page,
        "page.csv": page,
        "page.txt": json.dumps({"title": "On Sheep", "abstract": "We count."}),
    }

    for name, content in names.items():
        assert [paper.title for paper in read_text(tmp_path, content, name)[0]] == ["On Sheep"]


def test_standard_input_is_read():
    """`-` reads the stream it is given and names it in the place."""
    (paper,) = read("-", stdin=io.BytesIO(PAGE.encode()))

    assert paper.sightings[0].source == "stdin:1"


@given(st.binary(max_size=3000))
def test_no_bytes_make_the_reader_raise(content):
    """Whatever bytes come in, at least one paper or problem comes out."""

    assert list(read("-", year=2025, stdin=io.BytesIO(content)))


@given(st.text(alphabet="ab \r\n", max_size=50), st.integers(1, 5))
def test_lines_do_not_depend_on_the_pieces(text, size):
    """Lines are those of `splitlines`, with their numbers, however the text is cut into pieces."""
    pieces = [text[begin : begin + size] for begin in range(0, len(text), size)]

    assert [tuple(line) for line in lines(pieces)] == [
        (number, line, False) for number, line in enumerate(text.splitlines(), 1)
    ]


@given(st.text())
def test_clean_text_is_one_printable_line_of_unicode(text):
    """Cleaning leaves no control character, no double space and nothing that cannot be encoded."""
    cleaned = clean(text + "\0\ud800\x9b\u2028x")

    assert cleaned == clean(cleaned) == " ".join(cleaned.split())
    assert cleaned.encode().decode() == cleaned
    assert not any(character < " " or "\x7f" <= character < "\xa0" for character in cleaned)


class Endless(io.RawIOBase):
    """A stream that makes up its content as it is read."""

    def __init__(self, head, piece, size, tail=b""):
        self._parts = iter([head, *[piece] * (size // len(piece)), tail])
        self._rest = b""

    def readable(self):
        return True

    def readinto(self, buffer):
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


SIZE = 2_000_000
RECORD = json.dumps({"title": "On Sheep", "abstract": "We count sheep. " * 600}).encode()
GIANTS = {
    "one line of text": (b"On Sheep\n\n", b"We count sheep. " * 4000, b""),
    "a page": (
        b"",
        b"On Sheep\n\n" + b"We count sheep, and then goats. " * 1000 + b"\n\nOn Goats\n\nWe count goats.\n\n",
        b"",
    ),
    "json lines": (b"", RECORD + b"\n", b""),
    "a list on one line": (b'{"papers": [' + RECORD, b", " + RECORD, b"]}"),
    "a string that never ends": (b'[{"title": "On Sheep', b"baa " * 4000, b""),
    "a table": (b"title,abstract\n", b"On Sheep," + b"We count sheep. " * 600 + b"\n", b""),
    "a quote that never ends": (b'title,abstract\n"On Sheep,', b"baa " * 2000 + b"\n", b""),
}


@pytest.mark.parametrize("kind", GIANTS)
def test_a_file_of_any_size_is_read_in_bounded_memory(kind):
    """A file needs less memory than it is long, also where they are one line, one list or one string."""
    head, piece, tail = GIANTS[kind]
    stream = io.BufferedReader(Endless(head, piece, SIZE, tail))
    tracemalloc.start()
    try:
        number = sum(1 for _ in read("-", stdin=stream))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert number > 0
    assert peak < SIZE


def test_the_same_paper_twice_is_two_papers(tmp_path):
    """Merging is the work of the library; every sighting comes out."""
    papers, _, _ = read_text(tmp_path, PAGE + "\nOn Goats\n\nWe count goats.\n\n" + PAGE)

    assert [isinstance(paper, Paper) and paper.title for paper in papers] == ["On Sheep", "On Goats", "On Sheep"]


@pytest.mark.parametrize("stdin", [None, io.StringIO()])
def test_a_closed_standard_input_is_a_remark(monkeypatch, stdin):
    """Where a program starts without standard input, or closed it, `-` says so."""
    if stdin:
        stdin.close()
    monkeypatch.setattr(sys, "stdin", stdin)
    papers, lost, remarks = split(list(read("-")))

    assert papers == lost == []
    assert ["standard input is closed" in one.reason for one in remarks] == [True]
