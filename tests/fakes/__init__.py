"""A model server on a real socket that answers from a script, and every way in which one can fail.

with FakeServer([FAULTS["429-seconds"](), answer('{"tldr": …}')]) as server:
    …  # server.url, then server.calls, server.paths, server.highest
with FakeServer(summarizing) as server: …
with FakeServer(named("reset@every-5")) as server: …
with fake_process("--script", "summarizing", "--latency", 0.5, "--log", path) as url: …
"""

from tests.fakes.answers import ANSWERS
from tests.fakes.call import Call
from tests.fakes.faults import FAULTS
from tests.fakes.process import fake_process
from tests.fakes.replies import ChatCompletion, Reply, Script, answer, error
from tests.fakes.scripts import named, summarizing
from tests.fakes.server import FakeServer

__all__ = [
    "ANSWERS",
    "FAULTS",
    "Call",
    "ChatCompletion",
    "FakeServer",
    "Reply",
    "Script",
    "answer",
    "error",
    "fake_process",
    "named",
    "summarizing",
]
