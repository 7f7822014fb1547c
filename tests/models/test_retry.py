import asyncio
import socket
from contextlib import suppress
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agent.models.retry import Failure, Stopped, Ticket, Traffic, wait_asked
from agent.models.wire import Wire
from tests.fakes import FAULTS, FakeServer, answer

NOON = datetime(2025, 3, 17, 12, tzinfo=UTC)


class Hourglass(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer as soon as nothing else is left to do."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        self.look = self._selector.select
        self._selector.select = self.select

    def time(self):
        return self.now

    def select(self, timeout):
        if timeout is None:
            raise AssertionError("everybody waits for somebody else")
        self.now += timeout
        return self.look(0)


def in_no_time(story):
    with asyncio.Runner(loop_factory=Hourglass) as runner:
        return runner.run(story)


def status(number, **facts):
    return Failure("status", f"HTTP {number}", status=number, **facts)


class Endpoint:
    """Answers from a script of failures and `None`s, the last of which goes on for ever; notes who asked when."""

    def __init__(self, *script, seconds=0.1):
        self.script, self.seconds = list(script), seconds
        self.times, self.callers = [], []
        self.active = self.highest = 0

    async def __call__(self, caller=0):
        self.times.append(asyncio.get_running_loop().time())
        self.callers.append(caller)
        outcome = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        self.active += 1
        self.highest = max(self.highest, self.active)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.active -= 1
        if outcome is not None:
            # A fresh one, as the wire makes it.
            raise Failure(
                outcome.kind, outcome.message, status=outcome.status, code=outcome.code,
                retry_after=outcome.retry_after,
            )  # fmt: skip
        return "answer"


def traffic(**options):
    return Traffic(clock=asyncio.get_running_loop().time, random=Random(7), **options)  # noqa: S311


async def papers(endpoint, count, concurrency, shared=None):
    """Sends for so many papers by so many workers; returns the traffic, the outcomes and the tickets."""
    shared = shared or traffic()
    numbers, outcomes, tickets = iter(range(count)), [None] * count, [Ticket() for _ in range(count)]

    async def worker():
        for number in numbers:
            try:
                outcomes[number] = await shared.send(lambda number=number: endpoint(number), tickets[number])
            except (Failure, Stopped) as end:
                outcomes[number] = end

    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return shared, outcomes, tickets


HEADERS = {
    "seconds": ({"Retry-After": "7"}, 7),
    "fraction": ({"retry-after": "1.5"}, 1.5),
    "spaces": ({"Retry-After": " 3 "}, 3),
    "milliseconds": ({"retry-after-ms": "250"}, 0.25),
    "milliseconds before seconds": ({"Retry-After": "9", "Retry-After-Ms": "250"}, 0.25),
    "broken milliseconds, then seconds": ({"Retry-After": "9", "Retry-After-Ms": "soon"}, 9),
    "date": ({"Retry-After": "Mon, 17 Mar 2025 12:00:30 GMT"}, 30),
    "date by the server's clock": (
        {"Retry-After": "Mon, 17 Mar 2025 15:00:30 GMT", "Date": "Mon, 17 Mar 2025 15:00:00 GMT"}, 30,
    ),
    "date of RFC 850": ({"Retry-After": "Monday, 17-Mar-25 12:00:30 GMT"}, 30),
    "date of asctime": ({"Retry-After": "Mon Mar 17 12:00:30 2025"}, 30),
    "past date": ({"Retry-After": "Mon, 17 Mar 2025 11:00:00 GMT"}, 0),
    "far date": ({"Retry-After": "Mon, 17 Mar 2045 11:00:00 GMT"}, 120),
    "negative": ({"Retry-After": "-5"}, 0),
    "absurd": ({"Retry-After": "86400"}, 120),
    "more than a float": ({"Retry-After": "9" * 399}, 120),
    "longer than any number": ({"Retry-After": "9" * 5000}, None),
    "words": ({"Retry-After": "soon"}, None),
    "underscore": ({"Retry-After": "1_0"}, None),
    "not a number": ({"Retry-After": "nan"}, None),
    "infinite": ({"Retry-After": "inf"}, None),
    "other digits": ({"Retry-After": "٣"}, None),
    "empty": ({"Retry-After": ""}, None),
    "allowance": ({"x-ratelimit-reset-requests": "6m0s"}, None),
    "none": ({}, None),
}  # fmt: skip


@pytest.mark.parametrize(("headers", "seconds"), HEADERS.values(), ids=HEADERS.keys())
def test_retry_after_is_read_in_its_forms(headers, seconds):
    """Seconds, milliseconds and dates become seconds between 0 and 120; nonsense is no wish at all."""

    assert wait_asked(headers, NOON) == seconds


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["Retry-After", "retry-after-ms", "Date"]), st.text()))
@example({"Retry-After": "Mon, 17 Mar 99999 12:00:00 GMT"})
@example({"Retry-After": "Mon, 17 Mar 2025 12:00:00 +9999999"})
def test_no_header_breaks_the_reading(headers):
    """Whatever a server sends, the wait is none or between 0 and 120 seconds."""

    seconds = wait_asked(headers, NOON)

    assert seconds is None or 0 <= seconds <= 120


WAITS = {
    "429-seconds": (1, 1), "429-milliseconds": (0.05, 0.05), "429-date": (0, 2), "429-negative": (0, 0),
    "429-absurd": (120, 120), "429-garbage": (0.25, 0.5), "429-none": (0.25, 0.5), "503": (0.25, 0.5),
}  # fmt: skip


@pytest.mark.enable_socket
@pytest.mark.parametrize(("fault", "bounds"), WAITS.items(), ids=WAITS.keys())
def test_a_server_is_asked_again_when_it_wishes(fault, bounds):
    """Over a real socket, one more request is made, after the wait that the server asks for, else about half a step."""
    now, naps = [0.0], []

    async def nap(seconds):
        naps.append(seconds)
        now[0] += seconds

    async def story(url):
        wire, shared = Wire(timeout=30, connections=1), Traffic(clock=lambda: now[0], sleep=nap)
        try:
            return await shared.send(lambda: wire.post(url, {}, b"{}"), Ticket()), shared
        finally:
            await wire.close()

    with FakeServer([FAULTS[fault](), answer("{}")]) as server:
        reply, shared = asyncio.run(story(f"{server.url}/v1/chat/completions"))

    assert reply.status == 200
    assert len(server.calls) == shared.requests == 2
    assert shared.retries == shared.failures.total() == 1
    assert bounds[0] <= sum(naps) <= bounds[1]


def test_waits_double_and_keep_half():
    """Without a wish of the server, the n-th wait lies between half and all of 0.5, 1 and 2 seconds."""
    endpoint = Endpoint(status(500))

    with pytest.raises(Failure, match="HTTP 500"):
        in_no_time(once(endpoint))

    waits = [later - earlier - 0.1 for earlier, later in zip(endpoint.times, endpoint.times[1:], strict=False)]
    assert len(waits) == 3
    assert all(step / 2 <= wait <= step for step, wait in zip([0.5, 1, 2], waits, strict=True)), waits


def test_waits_double_from_paper_to_paper():
    """While nothing succeeds, the third failure in a row is waited for as a third, whoever met the others."""
    endpoint = Endpoint(status(400), status(503), status(503), None)

    in_no_time(papers(endpoint, 2, 1))

    assert endpoint.callers == [0, 1, 1, 1]
    assert 1 <= endpoint.times[3] - endpoint.times[2] - 0.1 <= 2


async def once(endpoint, ticket=None, **options):
    shared = traffic(**options)
    return await shared.send(endpoint, ticket or Ticket())


FINAL = {
    **{str(code): status(code) for code in (400, 401, 402, 403, 404, 409, 413, 422)},
    "429 without money": status(429, code="insufficient_quota"),
    "redirect": Failure("redirect", "…", status=307),
    **{kind: Failure(kind, "…") for kind in ("tls", "proxy", "too-large", "request", "spent")},
}
AGAIN = {
    **{str(code): status(code) for code in (408, 429, 500, 502, 503, 504, 529)},
    **{kind: Failure(kind, "…") for kind in ("reset", "timeout", "refused", "dns", "empty", "not-json", "not-http")},
}


@pytest.mark.parametrize("failure", FINAL.values(), ids=FINAL.keys())
def test_what_cannot_get_better_is_asked_once(failure):
    """A refusal, a redirect, a TLS error or an answer without end is final after one request."""
    endpoint = Endpoint(failure)

    with pytest.raises(Failure):
        in_no_time(once(endpoint))

    assert len(endpoint.times) == 1


@pytest.mark.parametrize("failure", AGAIN.values(), ids=AGAIN.keys())
def test_what_passes_is_asked_again(failure):
    """A failure that passes costs one more request and no answer."""
    endpoint = Endpoint(failure, None)

    assert in_no_time(once(endpoint)) == "answer"
    assert len(endpoint.times) == 2


def test_a_ticket_is_good_for_four_requests():
    """Retries and re-asks of one answer together make four requests; then the last failure stands."""
    endpoint, ticket = Endpoint(None, None, status(500)), Ticket()

    async def story():
        shared = traffic()
        for _ in range(2):
            await shared.send(endpoint, ticket)
        for _ in range(2):
            with pytest.raises(Failure, match="HTTP 500"):
                await shared.send(endpoint, ticket)
        return shared

    shared = in_no_time(story())
    assert (len(endpoint.times), ticket.requests, shared.calls, shared.retries) == (4, 4, 3, 1)


def test_a_ticket_that_was_answered_four_times_is_spent():
    """Four answers that nobody could use end in a failure that says so."""
    ticket = Ticket(requests=4)

    with pytest.raises(Failure, match="no usable answer after 4 requests"):
        in_no_time(once(Endpoint(None), ticket))


def test_the_first_request_goes_alone():
    """Until one request is answered there is one under way; then all workers send."""
    endpoint = Endpoint(None)

    in_no_time(papers(endpoint, 40, 16))

    assert [time for time in endpoint.times if time < 0.1] == [0]
    assert endpoint.highest == 16


@pytest.mark.parametrize("failure", [FINAL["401"], FINAL["403"], FINAL["404"], FINAL["429 without money"]])
def test_a_bad_key_costs_one_request(failure):
    """Key, account or model wrong: one request a run, and everybody else hears why."""
    endpoint = Endpoint(failure)

    shared, outcomes, _ = in_no_time(papers(endpoint, 100, 16))

    assert shared.requests == len(endpoint.times) == 1
    assert [type(end) for end in outcomes] == [Failure] + [Stopped] * 99
    assert {(end.reason, end.cause) for end in outcomes[1:]} == {("rejected", outcomes[0])}
    assert outcomes[0].message in outcomes[50].message


def test_who_waits_hears_of_the_end_at_once():
    """When a key is withdrawn in the middle of a run, nobody sleeps on."""
    endpoint = Endpoint(None, status(429, retry_after=60), status(401))

    async def story():
        return *await papers(endpoint, 9, 2), asyncio.get_running_loop().time()

    _, outcomes, _, seconds = in_no_time(story())
    assert seconds < 1
    assert sorted(str(end)[:8] for end in outcomes[:3]) == ["HTTP 401", "answer", "no furth"]


def test_a_refusal_of_one_paper_stops_no_other():
    """Once the endpoint has answered, a 403 is about one paper."""
    endpoint = Endpoint(None, None, status(403), None)

    shared, outcomes, _ = in_no_time(papers(endpoint, 20, 4))

    assert shared.stopped is None
    assert [str(end) for end in outcomes if end != "answer"] == ["HTTP 403"]


@pytest.mark.parametrize("concurrency", [1, 16])
def test_nothing_listening_is_told_within_two_seconds(concurrency):
    """Over a dead server and 100 papers, two requests are made in well under two seconds."""
    endpoint = Endpoint(Failure("refused", "nobody there"), seconds=0)

    async def story():
        return *await papers(endpoint, 100, concurrency), asyncio.get_running_loop().time()

    shared, outcomes, _, seconds = in_no_time(story())
    assert len(endpoint.times) == shared.requests == 2
    assert seconds < 1
    assert all(isinstance(end, Failure | Stopped) for end in outcomes)
    assert shared.stopped.reason == "silent"
    assert shared.stopped.cause.kind == "refused"


@pytest.mark.parametrize("failure", [status(500), status(429), status(429, retry_after=120), Failure("timeout", "…")])
def test_a_server_that_only_fails_is_left_alone(failure):
    """Whatever it fails with, the fifth failure in a row ends the run, in bounded time."""
    endpoint = Endpoint(failure)

    async def story():
        return *await papers(endpoint, 100, 16), asyncio.get_running_loop().time()

    shared, _, _, seconds = in_no_time(story())
    assert shared.requests == 5
    assert seconds < 5 * 120 + 1


def test_longest_wait_is_the_callers_to_choose():
    """A server that asks for two minutes gets as long as the caller allows."""
    endpoint = Endpoint(status(429, retry_after=120), None)

    in_no_time(once(endpoint, longest_wait=3))

    assert endpoint.times == pytest.approx([0, 3.1])


def test_what_fails_together_counts_once():
    """A server that drops all connections at once and comes back loses nobody who may still retry."""
    endpoint = Endpoint(None, *[Failure("reset", "…")] * 8, None)

    shared, outcomes, _ = in_no_time(papers(endpoint, 100, 8))

    assert shared.stopped is None
    assert outcomes == ["answer"] * 100
    assert shared.failures == {"reset": 8}


def test_a_server_that_dies_is_noticed():
    """When it dies in the middle, what was under way and four more requests find it out."""
    endpoint = Endpoint(*[None] * 50, Failure("refused", "…"))

    shared, outcomes, _ = in_no_time(papers(endpoint, 200, 16))

    assert shared.stopped.reason == "breaker"
    assert shared.requests <= 50 + 16 + 4
    assert outcomes.count("answer") == 50


def test_a_429_slows_everybody():
    """Nobody sends before the time asked for; then one, and not more than half as many as before."""
    endpoint = Endpoint(*[None] * 30, status(429, retry_after=60), None)

    in_no_time(papers(endpoint, 80, 16))

    end = next(later for earlier, later in zip(endpoint.times, endpoint.times[1:], strict=False) if later > earlier + 9)
    begun = [time for time in endpoint.times if time >= end]
    assert end >= 60
    assert sum(time < end + 0.1 for time in begun) == 1
    assert sum(end + 0.1 <= time < end + 0.2 for time in begun) <= 4
    assert max(sum(start <= time < start + 0.1 for time in begun) for start in begun) <= 11


def test_a_pause_only_grows():
    """A shorter wish does not cut a longer one short, and time paused is counted once."""
    wishes = [status(429, retry_after=wish) for wish in (30, 40, 2)]
    endpoint = Endpoint(None, *wishes, None)

    shared, outcomes, _ = in_no_time(papers(endpoint, 10, 3))

    assert [time for time in endpoint.times if 0.3 <= time < 40.2] == []
    assert shared.paused == pytest.approx(40)
    assert outcomes == ["answer"] * 10


def test_retries_have_a_budget():
    """A run makes no more retries than ten and a tenth of its calls."""
    endpoint = Endpoint(*[None, status(500)] * 100, None)

    shared, outcomes, _ = in_no_time(papers(endpoint, 100, 4))

    assert shared.retries <= 10 + 0.1 * shared.calls
    assert shared.requests == shared.calls + shared.retries == len(endpoint.times)
    assert any(isinstance(end, Failure) for end in outcomes)
    assert all(end is not None for end in outcomes)


def test_time_over_cuts_what_is_under_way():
    """At the end of the run's time a request under way is cut off, and nothing is sent after it."""
    endpoint = Endpoint(None, seconds=4)

    async def story():
        return *await papers(endpoint, 30, 4, traffic(max_seconds=10)), asyncio.get_running_loop().time()

    shared, outcomes, _, seconds = in_no_time(story())
    assert seconds == 10
    assert outcomes.count("answer") == 1 + 4
    assert {end.reason for end in outcomes if end != "answer"} == {"time"}
    assert shared.stopped.cause is None
    assert endpoint.active == 0


def test_nobody_sleeps_past_the_end():
    """A pause that would pass the end of the run's time is not begun."""
    endpoint = Endpoint(status(429, retry_after=60))

    async def story():
        return *await papers(endpoint, 5, 2, traffic(max_seconds=10)), asyncio.get_running_loop().time()

    shared, outcomes, _, seconds = in_no_time(story())
    assert seconds < 1
    assert shared.requests == 1
    assert [type(end) for end in outcomes] == [Failure] + [Stopped] * 4


def test_interrupting_frees_the_place():
    """A worker that is cancelled, under way or waiting, keeps nobody else from sending."""
    endpoint = Endpoint(None)

    async def story():
        shared = traffic()
        first, second, third = (asyncio.ensure_future(shared.send(endpoint, Ticket())) for _ in range(3))
        await asyncio.sleep(0.01)
        first.cancel()
        second.cancel()
        return await asyncio.gather(first, second, third, return_exceptions=True)

    outcomes = in_no_time(story())
    assert [type(end) for end in outcomes] == [asyncio.CancelledError, asyncio.CancelledError, str]


def test_a_bug_is_no_failure_of_the_endpoint():
    """An exception that is no `Failure` comes through at once and frees its place."""

    async def broken():
        raise ZeroDivisionError

    async def story():
        shared = traffic()
        with pytest.raises(ZeroDivisionError):
            await shared.send(broken, Ticket())
        return await shared.send(Endpoint(None), Ticket()), shared

    outcome, shared = in_no_time(story())
    assert outcome == "answer"
    assert not shared.failures


OUTCOMES = st.sampled_from([None, None, None, *FINAL.values(), *AGAIN.values(), status(429, retry_after=5)])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    script=st.lists(OUTCOMES, min_size=1, max_size=60),
    count=st.integers(1, 40),
    concurrency=st.integers(1, 20),
    max_seconds=st.none() | st.floats(0.05, 100),
)
def test_no_story_breaks_the_rules(script, count, concurrency, max_seconds):
    """Whatever an endpoint does, every send ends, within four requests a ticket and the run's budget of retries."""
    endpoint = Endpoint(*script)

    async def story():
        shared = traffic(max_seconds=max_seconds)
        return *await papers(endpoint, count, concurrency, shared), asyncio.get_running_loop().time()

    shared, outcomes, tickets, seconds = in_no_time(story())
    assert all(end == "answer" or isinstance(end, Failure | Stopped) for end in outcomes)
    assert shared.requests == sum(ticket.requests for ticket in tickets) == len(endpoint.times)
    assert all(ticket.requests <= 4 for ticket in tickets)
    assert shared.retries <= 10 + 0.1 * shared.calls
    assert max_seconds is None or seconds <= max_seconds + 1e-6
    assert endpoint.active == 0
    assert all(max_seconds is None or time < max_seconds for time in endpoint.times)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OUTCOMES, min_size=1, max_size=8))
def test_after_a_final_failure_nothing_more_is_asked(script):
    """A ticket's requests end with the first answer or the first failure that cannot get better."""
    endpoint, ticket = Endpoint(*script), Ticket()

    with suppress(Failure):
        in_no_time(once(endpoint, ticket))

    seen = (script + [script[-1]] * 8)[: ticket.requests]
    assert all(outcome is not None and outcome.retryable for outcome in seen[:-1])


@pytest.mark.enable_socket
def test_a_dead_port_is_found_out_over_a_real_socket():
    """Over a closed port and 100 papers, two or three requests and under two seconds of real time."""

    async def story():
        wire, shared = Wire(timeout=30, connections=16), Traffic()
        # Bound and not listening: it refuses, and no server of another test can be given its number.
        dead = socket.socket()
        dead.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{dead.getsockname()[1]}/v1/chat/completions"
        # What is imported at the first call is not what is measured.
        await asyncio.gather(
            papers(Endpoint(None), 1, 1, Traffic()), wire.post("http://", {}, b""), return_exceptions=True
        )
        begun = asyncio.get_running_loop().time()
        try:
            _, outcomes, _ = await papers(lambda _: wire.post(url, {}, b"{}"), 100, 16, shared)
        finally:
            await wire.close()
            dead.close()
        return shared, outcomes, asyncio.get_running_loop().time() - begun

    # On a machine so busy that a refusal takes long to be heard, more are under way; then once more.
    shared, outcomes, seconds = min((asyncio.run(story()) for _ in range(3)), key=lambda told: told[0].requests)
    assert shared.requests <= 3
    assert seconds < 2
    assert {end.cause.kind for end in outcomes if isinstance(end, Stopped)} == {"refused"}
