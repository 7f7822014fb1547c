"""`digest compare` and `digest ask`: what is asked of which papers, and how it comes back."""

import csv
import io
import json
import shlex
import sys

import pytest
from typer.testing import CliRunner

from agent.cli import app
from agent.cli.comparing import EXAMPLE
from agent.cli.questions import read
from agent.cli.session import Session
from agent.errors import SourceError, UsageError
from agent.schema import Comparison, Comparisons
from tests.examples import ABSTRACT
from tests.render import answers
from tests.terminal import on_a_terminal

DRIZZLE = (
    "Rain gauges miss light rain. We present Drizzlecam, a camera that counts drops. "
    "On the Bergen benchmark, Drizzlecam finds 30% more rainy hours than gauges."
)
PAPERS = [
    {"title": "Mireflux: Measuring Peat", "abstract": ABSTRACT},
    {"title": "Drizzlecam: Counting Drops", "abstract": DRIZZLE},
]
QUESTION = "How do Mireflux and Drizzlecam differ in approach?"
RAIN = "What is the approach of Drizzlecam?"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in a folder with two papers, as a user without settings would."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))

    def run(*arguments, stdin=None):
        return CliRunner().invoke(app, list(map(str, arguments)), input=stdin)

    return run


def asked(done):
    """The questions that were answered, in order."""
    return [Comparison.model_validate_json(line).question for line in done.stdout.splitlines()]


def consulted(done):
    """The titles of the papers that were consulted for each question."""
    made = [Comparison.model_validate_json(line) for line in done.stdout.splitlines()]
    return [{paper.title.partition(":")[0] for paper in one.papers} for one in made]


@pytest.mark.parametrize("command", ["compare", "ask"])
def test_a_question_is_answered(run, command):
    """Either name answers a question about the papers that it names, with exit code 0 and nothing else said."""
    done = run(command, QUESTION, "papers.jsonl")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{QUESTION}\n\n")
    assert "[1:s" in done.stdout
    assert "[2:s" in done.stdout


def test_an_honest_silence_is_no_failure(run):
    """A question that the papers cannot answer is told so, with exit code 0."""
    done = run("ask", "How does PeatLight-2 lower the error?", "papers.jsonl")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "The abstracts do not answer this.\n  – " in done.stdout


@pytest.mark.parametrize("form", ["markdown", "csv", "html"])
def test_it_goes_into_a_file(run, tmp_path, form):
    """`-o` writes the whole answer and nothing on stdout."""
    done = run("compare", QUESTION, "papers.jsonl", "--format", form, "-o", "answer")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert "Drizzlecam" in (tmp_path / "answer").read_text()


def test_a_saved_answer_is_sound(run, tmp_path):
    """What is saved as Markdown passes `digest check`, and a changed number does not."""
    run("compare", "What does Mireflux report compared with closed chambers?", "papers.jsonl", "--format", "markdown",
        "-o", "answer.md")  # fmt: skip
    text = (tmp_path / "answer.md").read_text()
    sound = run("check", "answer.md", "--papers", "papers.jsonl", "--format", "json")
    (tmp_path / "answer.md").write_text(text.replace("12.5%", "15.2%"))
    changed = run("check", "answer.md", "--papers", "papers.jsonl", "--format", "json")

    assert "12.5%" in text
    assert [json.loads(sound.stdout)[key] for key in ("blocked", "yours", "unreadable")] == [0, [], []]
    assert (sound.exit_code, changed.exit_code) == (0, 3)


@pytest.mark.parametrize("command", ["compare", "ask"])
def test_help_ends_with_an_example_that_is_understood(run, command):
    """The example of each name parses; only its papers are not there."""
    shown = run(command, "--help").stdout.splitlines()[-1]
    done = run(*shlex.split(shown)[1:])

    assert shown.startswith(f"    digest {command} ")
    assert (done.exit_code, "seeds" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], ["No question was given", EXAMPLE]),
        (["", "papers.jsonl"], ["The question is empty", EXAMPLE]),
        ([" ?\t", "papers.jsonl"], ["The question is empty"]),
        (["papers.jsonl"], ["papers.jsonl is a file, not a question", EXAMPLE]),
        (["."], [". is a folder, not a question"]),
        (["-", "-"], ["cannot both come from stdin"]),
        (["--questions", "-", "-"], ["cannot both come from stdin"]),
        (["--interactive", "-"], ["cannot both come from stdin"]),
        (["--interactive", QUESTION, "-"], ["cannot both come from stdin"]),
        (["--questions", "q.txt", QUESTION], [f"{QUESTION}: no such file or folder", "--questions"]),
        (["--questions", "q.txt", "--interactive"], ["do not go together"]),
        (["--interactive", "--dry-run"], ["--dry-run cannot know"]),
        ([QUESTION, "papers.jsonl", "--papers", "t:nope"], ["t:nope", "no paper"]),
        ([QUESTION, "papers.jsonl", "--papers", ""], ["--papers names no paper"]),
        ([QUESTION, "papers.jsonl", "--papers", " , "], ["--papers names no paper"]),
        (["what " * 1000, "papers.jsonl"], ["The question is longer than 4,000 characters"]),
        (["--interactive", "what " * 1000, "papers.jsonl"], ["The question is longer than 4,000 characters"]),
        ([QUESTION, "papers.jsonl", "--top", "0"], ["--top"]),
        ([QUESTION, "papers.jsonl", "--format", "pdf"], ["--format"]),
        ([QUESTION, "papers.jsonl", "-o", "papers.jsonl"], ["papers.jsonl is one of the files that are read"]),
        (["--questions", "q.txt", "papers.jsonl", "-o", "q.txt"], ["q.txt is the file of questions"]),
    ],
)
def test_what_makes_no_sense(run, tmp_path, arguments, told):
    """A command line that makes no sense exits with 2, says why, and prints nothing."""
    (tmp_path / "q.txt").write_text(f"{QUESTION}\n")
    done = run("compare", *arguments, stdin="")

    assert (done.exit_code, done.stdout) == (2, "")
    assert [text for text in told if text not in done.stderr] == []


# Which papers


def test_papers_are_fixed_by_their_ids(run):
    """`--papers` takes ids, shortened or not, repeated or with commas, and only those are consulted."""
    everything = run("compare", QUESTION, "papers.jsonl", "--format", "json").stdout
    mire, drizzle = sorted(Comparison.model_validate_json(everything).papers, key=lambda paper: paper.title)[::-1]
    for ids in (["--papers", f"{mire.id},{drizzle.id}"], ["--papers", mire.id[:6], "--papers", drizzle.id[:6]]):
        done = run("compare", "What is the approach?", "papers.jsonl", *ids, "--format", "jsonl")
        assert consulted(done) == [{"Mireflux", "Drizzlecam"}]
    done = run("compare", "What is the approach?", "papers.jsonl", "--papers", f" {mire.id},", "--format", "jsonl")

    assert consulted(done) == [{"Mireflux"}]


# Batches


BATCH = f"""\
# what the reviewers asked
{RAIN}

   {QUESTION}
{{"question": "What is the approach of Mireflux?", "id": 7}}
"""


def test_a_file_of_questions(run, tmp_path):
    """`--questions` answers a question a line in order, and a line of JSON; comments and blank lines are none."""
    (tmp_path / "q.txt").write_text(BATCH)
    done = run("compare", "--questions", "q.txt", "papers.jsonl", "--format", "jsonl")

    assert (done.exit_code, done.stderr) == (0, "")
    assert asked(done) == [RAIN, QUESTION, "What is the approach of Mireflux?"]
    assert consulted(done) == [{"Drizzlecam"}, {"Drizzlecam", "Mireflux"}, {"Mireflux"}]


@pytest.mark.parametrize("arguments", [["-", "papers.jsonl"], ["--questions", "-", "papers.jsonl"]])
def test_questions_from_stdin(run, arguments):
    """`-` in the place of the question reads a question a line, and so does `--questions -`."""
    done = run("ask", *arguments, "--format", "json", stdin=BATCH)

    assert len(Comparisons.model_validate_json(done.stdout).comparisons) == 3


def test_papers_from_stdin(run, tmp_path):
    """The papers can come from stdin while the questions come from a file."""
    (tmp_path / "q.txt").write_text(RAIN)
    text = (tmp_path / "papers.jsonl").read_text()

    assert consulted(run("ask", "--questions", "q.txt", "-", "--format", "jsonl", stdin=text)) == [{"Drizzlecam"}]


def test_a_spoiled_line_spoils_no_other(run, tmp_path):
    """A line that holds no question is told with its place, the others are answered, and the exit code is 3."""
    (tmp_path / "q.jsonl").write_text(
        f'{{"question": 7}}\n{{broken\n???\n{{"question": "{RAIN}"}}\n{{"q": "x"}}\n{"why " * 1001}\n'
    )
    done = run("compare", "--questions", "q.jsonl", "papers.jsonl", "--format", "jsonl")

    assert (done.exit_code, asked(done)) == (3, [RAIN])
    assert done.stderr.splitlines() == [
        'note: q.jsonl:1: there is no "question" in it',
        "note: q.jsonl:2: this is not JSON",
        "note: q.jsonl:3: this is no question",
        'note: q.jsonl:5: there is no "question" in it',
        "note: q.jsonl:6: it is longer than 4,000 characters",
    ]
    assert run("compare", "--questions", "q.jsonl", "papers.jsonl", "-q").stderr == done.stderr


def test_csv_holds_a_batch(run, tmp_path):
    """All questions of a batch stand in one table with one head, those that nothing answers too."""
    (tmp_path / "q.txt").write_text(f"{RAIN}\nHow does PeatLight-2 lower the error?\n")
    done = run("compare", "--questions", "q.txt", "papers.jsonl", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))

    assert (rows[0]["question"], rows[0]["answered"], rows[0]["part"]) == (RAIN, "yes", "answer")
    assert {row["answered"] for row in rows if "PeatLight" in row["question"]} == {"no"}
    assert done.stdout.count("question,answered") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is no question in it"),
        (b"# nothing\n\n", "there is no question in it"),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is a PNG image"),
    ],
)
def test_a_file_without_questions(tmp_path, content, told):
    """A file that holds no question at all is an error that says so."""
    (tmp_path / "q").write_bytes(content)

    with pytest.raises(SourceError, match=told):
        read(str(tmp_path / "q"))


@pytest.mark.parametrize(
    "content",
    [
        "Wie groß ist es?\n".encode("utf-16"),
        "\ufeffWie groß ist es?\r\n".encode(),
        "Wie groß ist es?".encode("latin-1"),
        "\x1b[1mWie\tgroß  ist es?\u200b\n".encode().replace(b"\x1b[1m", b"\x07"),
        b'{"question": "Wie gro\\u00df ist es?\\n"}',
    ],
)
def test_questions_in_any_encoding(tmp_path, content):
    """A question reads the same in whatever encoding, white space folded and controls gone."""
    (tmp_path / "q").write_bytes(content)

    assert [one.replace("\u200b", "") for one in read(str(tmp_path / "q")).questions] == ["Wie groß ist es?"]


def test_deep_json_is_no_question(tmp_path):
    """A line that is nested too deeply to be read is told like any other."""
    (tmp_path / "q").write_text('{"question":' * 20_000)

    assert [one.reason for one in read(str(tmp_path / "q")).spoiled] == ["this is not JSON"]


# Talks


def test_a_talk_keeps_to_the_papers_of_the_first_answer(run):
    """Follow-up questions are about the papers of the first answer, until `/new` starts over; stdin may be a pipe."""
    talk = ["What is the approach?", "/papers", "", f"/new {QUESTION}", "/huh", "/quit", "never asked"]
    done = run("ask", "--interactive", RAIN, "papers.jsonl", "--format", "jsonl", stdin="\n".join(talk))

    assert done.exit_code == 0
    assert asked(done) == [RAIN, "What is the approach?", QUESTION]
    assert consulted(done) == [{"Drizzlecam"}, {"Drizzlecam"}, {"Drizzlecam", "Mireflux"}]
    assert "1. Drizzlecam: Counting Drops (t:" in done.stderr
    assert "/huh: unknown" in done.stderr
    assert "Question" not in done.stderr
    assert [line.count("of the answer before") for line in done.stdout.splitlines()] == [0, 1, 0]


def test_a_talk_may_begin_with_nothing(run):
    """Without a first question the first line is one, and the end of stdin ends it."""
    done = run("ask", "--interactive", "papers.jsonl", "--format", "jsonl", stdin=f"/papers\n{RAIN}")

    assert (done.exit_code, asked(done)) == (0, [RAIN])
    assert done.stderr == "no papers yet: the next question looks for its own\n"


class Talk:
    """Answers from a script, and keeps what it was asked."""

    def __init__(self, *made):
        self.made, self.asked = list(made), []

    def __call__(self, questions, ids):
        self.asked.append((*questions, tuple(ids)))
        made = self.made.pop(0)
        if isinstance(made, Exception):
            raise made
        yield made


def test_what_goes_wrong_ends_no_talk(monkeypatch, capsys):
    """An error is told and the next question is asked; a question without an answer holds no papers."""
    made = (answers.unanswered(), UsageError("It is down.", "Wait."), answers.comparison(), *[answers.unanswered()] * 2)
    talk = Talk(*made)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"two\nthree\nfour\n/new\nfive")))
    session = Session(talk, ("t:9",))

    assert len(list(session.answers("one"))) == 4
    assert talk.asked == [
        ("one", ("t:9",)),
        ("two", ("t:9",)),
        ("three", ("t:9",)),
        ("four", ("t:1", "t:2")),
        ("five", ("t:9",)),
    ]
    assert session.failed == ["two"]
    assert "error: It is down.\nhint: Wait.\n" in capsys.readouterr().err


def test_a_question_that_is_too_long_ends_no_talk(run):
    """What nobody can mean as a question is told, and the next question is asked."""
    done = run("ask", "--interactive", "papers.jsonl", "--format", "jsonl", stdin=f"{'what ' * 1000}\n{RAIN}\n")

    assert (done.exit_code, asked(done)) == (3, [RAIN])
    assert done.stderr.startswith("error: The question is longer than 4,000 characters.\nhint: ")


@pytest.mark.parametrize("is_there", [False, True])
def test_a_talk_without_stdin(monkeypatch, is_there):
    """A closed stdin has no question in it."""
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed if is_there else None)

    assert list(Session(Talk(answers.comparison())).answers("one")) == [answers.comparison()]


class Interrupted(io.BytesIO):
    """A stream at which the user interrupts."""

    def readline(self, size=-1):
        raise KeyboardInterrupt


def test_an_interruption_ends_a_talk(monkeypatch):
    """Ctrl-C at the prompt is a way to end, and loses no answer."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Interrupted()))

    assert list(Session(Talk(answers.comparison())).answers("one")) == [answers.comparison()]


def test_a_talk_on_a_terminal(run, tmp_path):
    """On a terminal the prompt stands on stderr and says how many papers are held; stdout has the answers only."""
    command = [sys.executable, "-m", "agent", "ask", "--interactive", "papers.jsonl", "--format", "jsonl"]
    done = on_a_terminal(command, typed=f"{RAIN}\n/quit\n", cwd=tmp_path, HOME=str(tmp_path))

    assert (done.code, done.out.count("\n")) == (0, 1)
    assert "Question (/new QUESTION starts over, /papers lists the papers, /quit ends): " in done.drawn
    assert "Question about the same 1 paper: " in done.drawn
    assert Comparison.model_validate_json(done.out).question == RAIN
