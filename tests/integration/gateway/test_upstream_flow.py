"""The client over time: dead connections, time-outs, queues, slow ends and early ends."""

import asyncio
from typing import Any

import pytest
from typing_extensions import override

from gateway.errors import (
    BodyTooLargeError,
    BodyTooSlowError,
    ClientGoneError,
    UpstreamBrokenError,
    UpstreamBusyError,
    UpstreamDownError,
    UpstreamTimeoutError,
)
from tests.support.bare_upstream import Visit, answering
from tests.support.forwarding import OK, Client, bench
from tests.support.gateway import until


async def test_a_dead_connection_is_replaced_for_a_safe_request_only() -> None:
    seen: list[bytes] = []

    async def script(visit: Visit) -> None:
        if visit.number % 2 == 0:  # Every other connection lives on.
            while request := await visit.request():
                seen.append(request.split(b" ", 1)[0])
                await visit.say(OK)
            return
        await visit.request()
        await visit.say(OK)
        seen.append((await visit.request()).split(b" ", 1)[0] + b" cut")

    async with bench(script) as on:
        await on.ask()
        assert (await on.ask()).received == b"hi"
        assert seen == [b"GET cut", b"GET"]
        on.pool.close()
        await until(lambda: on.pool.open_connections == 0)
        await on.ask()
        with pytest.raises(UpstreamBrokenError):
            await on.ask("POST", length=0)
        assert seen == [b"GET cut", b"GET", b"POST cut"]


async def test_nothing_that_listens_is_said_so() -> None:
    async with bench(answering(OK)) as on:
        pass
    with pytest.raises(UpstreamDownError):
        await on.ask()


async def test_an_upstream_that_is_silent_times_out() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.closed()

    async with bench(script) as on:
        with pytest.raises(UpstreamTimeoutError):
            await on.ask(seconds=0.5)
        await until(lambda: on.pool.open_connections == 0)


async def test_a_client_that_stops_sending_is_told_so() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.closed()

    async with bench(script) as on:
        client = Client(body=[bytes(300_000)] * 2, stalls=True)
        with pytest.raises(BodyTooSlowError):
            await on.ask("POST", client, length=2_000_000, seconds=0.5)
        with pytest.raises(BodyTooSlowError):
            await on.ask("POST", Client(body=[b"a"], stalls=True), length=2, seconds=0.1)


async def test_a_client_that_drips_is_told_so_and_leaves_room_for_others() -> None:
    class Dripping(Client):
        @override
        async def receive(self) -> dict[str, Any]:
            await asyncio.sleep(0.02)
            return await super().receive()

    async def script(visit: Visit) -> None:
        while request := await visit.request():
            if request.startswith(b"GET"):
                await visit.say(OK)
            else:
                await visit.closed()

    async with bench(script, limit=2) as on:
        drops = [b"x" * 300_000, *[b"x"] * 500]
        dripping = asyncio.create_task(
            on.ask("POST", Dripping(body=list(drops)), length=500_000, seconds=0.5)
        )
        await until(lambda: on.pool.open_connections == 1)
        with pytest.raises(UpstreamBusyError):  # Another large body waits for its turn in vain.
            await on.ask("POST", Dripping(body=list(drops)), length=500_000, seconds=0.5)
        assert (await on.ask()).received == b"hi"
        await until(dripping.done, 30)
        with pytest.raises(BodyTooSlowError):
            await dripping


async def test_a_slow_answer_that_keeps_moving_does_not_time_out() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        for piece in (b"HTTP/1.1 200 OK\r\n", b"content-length: 3\r\n\r\n", b"a", b"b", b"c"):
            await asyncio.sleep(0.3)
            await visit.say(piece)

    async with bench(script) as on:
        assert (await on.ask(seconds=1)).received == b"abc"


async def test_a_client_that_goes_away_frees_the_upstream() -> None:
    closed = asyncio.Event()

    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.say(b"HTTP/1.1 200 OK\r\n\r\n", b"first")
        await visit.closed()
        closed.set()

    async with bench(script) as on:
        client = Client()
        asking = asyncio.create_task(on.ask("GET", client, seconds=60))
        await until(lambda: bool(client.parts))
        client.gone.set()
        with pytest.raises(ClientGoneError):
            await asking
        async with asyncio.timeout(5):
            await closed.wait()


async def test_more_than_the_pool_holds_waits_and_then_is_busy() -> None:
    release = asyncio.Event()

    async def script(visit: Visit) -> None:
        while await visit.request():
            await release.wait()
            await visit.say(OK)

    async with bench(script, limit=1, queue=1) as on:
        first = asyncio.create_task(on.ask())
        await until(lambda: on.pool.open_connections == 1)
        second = asyncio.create_task(on.ask())
        await asyncio.sleep(0)
        with pytest.raises(UpstreamBusyError):  # The queue has one place.
            await on.ask()
        with pytest.raises(UpstreamBusyError):  # And one waits in it for so long only.
            await second
        third = asyncio.create_task(on.ask())
        await asyncio.sleep(0)
        release.set()
        assert ((await first).received, (await third).received) == (b"hi", b"hi")
        assert on.pool.open_connections == 1


async def test_an_early_refusal_is_passed_on_while_the_body_is_still_coming() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.say(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n")
        await visit.closed()

    async with bench(script) as on:
        client = Client(body=[bytes(300_000)] * 3, stalls=True)
        await on.ask("POST", client, length=2_000_000)
        assert (client.status, client.complete) == (413, True)
        await until(lambda: on.pool.open_connections == 0)


async def test_an_endless_chunked_body_is_cut_at_the_limit() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.closed()

    async with bench(script) as on:
        client = Client(body=[bytes(100_000)] * 50)
        with pytest.raises(BodyTooLargeError):
            await on.ask("POST", client, chunked=True, body_limit=1_000_000)
        assert client.status == 0


async def test_a_slow_client_holds_the_upstream_back() -> None:
    sent = 0

    async def script(visit: Visit) -> None:
        nonlocal sent
        await visit.request()
        await visit.say(b"HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n")
        for _ in range(500):
            await visit.say(bytes(100_000))
            sent += 100_000

    async with bench(script) as on:
        client = Client(slow=asyncio.Event())
        asking = asyncio.create_task(on.ask("GET", client))
        before = -1
        while before != sent:  # Until the upstream has stood still for a while.
            before = sent
            await asyncio.sleep(0.3)
        assert 0 < sent < 12_000_000, "Only what fits into the buffers of the sockets."
        assert client.slow is not None
        client.slow.set()
        await asking
        assert sum(map(len, client.parts)) == 50_000_000


async def test_a_slow_upstream_holds_the_client_back() -> None:
    go_on = asyncio.Event()
    received = 0

    async def script(visit: Visit) -> None:
        nonlocal received
        await visit.request()
        await go_on.wait()
        while received < 50_000_000:
            received += len(await visit.reader.read(1_000_000))
        await visit.say(OK)

    async with bench(script) as on:
        client = Client(body=[bytes(100_000)] * 500)
        asking = asyncio.create_task(
            on.ask("POST", client, length=50_000_000, body_limit=60_000_000)
        )
        before = -1
        while before != len(client.body):
            before = len(client.body)
            await asyncio.sleep(0.3)
        assert before > 380, "Only what fits into the buffers of the sockets was taken."
        go_on.set()
        assert (await asking).received == b"hi"
        assert received == 50_000_000
