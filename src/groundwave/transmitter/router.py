"""What a request at radio's port means: a source, a listener, a page, or a question."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network

import structlog

from groundwave.transmitter.clock import Clock
from groundwave.transmitter.encoder import EncoderConnection
from groundwave.transmitter.events import HEAD as EVENTS_HEAD, Events
from groundwave.transmitter.intake import Intake
from groundwave.transmitter.lobby import Lobby
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.privacy import client_address
from groundwave.transmitter.reply import Reply, sentence
from groundwave.transmitter.station import Station
from groundwave.transmitter.visitor import Visitor
from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import RequestHead, basic_credentials
from groundwave.wire.icecast.handshake import Handshake
from groundwave.wire.icecast.refusals import too_many_sources
from groundwave.wire.icecast.shoutcast import ShoutcastHandshake
from groundwave.wire.icecast.source import SourceHandshake, is_source_request
from groundwave.wire.icy import preflight_response


log = structlog.get_logger()

Ask = Callable[[RequestHead, Visitor], Awaitable[Reply]]
# A disk that hangs must not keep connections for ever.
REPLY_SECONDS = 20.0
# Each encoder on air has a codec of 25 MB: this many is a machine full of them.
MOST_ENCODERS = 100
# Anybody may connect to the SHOUTcast port and say nothing; the oldest make room.
MOST_UNDECIDED = 100
# libshout and browsers send a password only once they are asked for it.
LOGIN = ("WWW-Authenticate", 'Basic realm="Groundwave"')


class Router:
    """
    Answers requests, or gives their sockets to whoever serves them from then on.

    Args:
        stations: by slug; changes with the line-up.
        ask: answers everything that is neither a source, a listener nor a page.
        trusted: proxies whose ``X-Forwarded-For`` is believed.
    """

    def __init__(
        self,
        stations: Mapping[str, Station],
        *,
        clock: Clock,
        intake: Intake,
        events: Events,
        ask: Ask,
        trusted: tuple[IPv4Network | IPv6Network, ...] = (),
    ) -> None:
        self._stations = stations
        self._clock = clock
        self._intake = intake
        self._events = events
        self._ask = ask
        self._trusted = trusted
        self._tasks: set[asyncio.Task[None]] = set()
        self.encoders: dict[EncoderConnection, None] = {}  # in the order they came
        self.lobby = Lobby(clock=clock, route=self.route, refused=self._note_refused)

    def route(self, visitor: Visitor, head: RequestHead) -> None:
        """Take one whole request."""
        if is_source_request(head):
            self._take_source(visitor, head)
        elif (found := self._find_mount(head.path)) is not None:
            self._tune_in(visitor, head, *found)
        elif head.path == "/events" and head.method == "GET":
            self._open_page(visitor, head)
        elif head.path == "/events" and head.method == "HEAD":
            self.lobby.answer(visitor, EVENTS_HEAD, keep=False)
        else:
            self._keep(asyncio.create_task(self._answer(visitor, head)))

    def greet_shoutcast(self, visitor: Visitor) -> None:
        """Take a connection to the SHOUTcast port, whose client speaks first."""
        undecided = [e for e in self.encoders if not e.is_admitted]
        if len(undecided) >= MOST_UNDECIDED:
            undecided[0].hang_up("Others were waiting to say their password, too.")
        self.attend_encoder(visitor, ShoutcastHandshake(), visitor.peer)

    def sweep(self) -> None:
        """Shed connections whose time is up; called about once a second."""
        self.lobby.sweep()
        for encoder in tuple(self.encoders):
            encoder.sweep()

    async def close(self) -> None:
        """End every encoder's and visitor's connection."""
        for encoder in tuple(self.encoders):
            encoder.hang_up("The transmitter was stopped.")
        self.lobby.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def address_of(self, visitor: Visitor, head: RequestHead) -> str:
        """Return the client's address, through proxies that are trusted."""
        if not self._trusted:
            return visitor.peer
        # Proxies append a line of their own; only the last entries are theirs.
        forwarded = ", ".join(head.headers.get_all("x-forwarded-for"))
        return client_address(visitor.peer, forwarded, self._trusted)

    def _note_refused(self, visitor: Visitor, error: PeerError) -> None:
        self._intake.note_unreadable(visitor.peer, error.sentence)

    def _keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a task until it is done; the loop itself does not."""
        self._tasks.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("request_failed", exc_info=fault)

    # --- sources ----------------------------------------------------------------

    def _take_source(self, visitor: Visitor, head: RequestHead) -> None:
        try:
            handshake = SourceHandshake(head, visitor.leftover)
        except PeerError as error:
            self._say(visitor, head, sentence(error.status, error.sentence))
            return
        visitor.leftover = b""
        if basic_credentials(head.headers) is None:
            handshake.challenge()
            visitor.leftover = handshake.leftover
            answer, keep = handshake.data_to_send(), handshake.finished_poke
            self.lobby.answer(visitor, answer, keep=keep)
            return
        if sum(encoder.is_admitted for encoder in self.encoders) >= MOST_ENCODERS:
            handshake.refuse(too_many_sources())
            self.lobby.answer(visitor, handshake.data_to_send(), keep=False)
            return
        self.attend_encoder(visitor, handshake, self.address_of(visitor, head))

    def attend_encoder(
        self, visitor: Visitor, handshake: Handshake, address: str
    ) -> None:
        """Give the visitor's socket to a connection that serves an encoder."""

        def ended(encoder: EncoderConnection, refused: bool) -> None:
            self.encoders.pop(encoder, None)
            self._keep(asyncio.create_task(encoder.close()))
            if refused:
                self.lobby.see_out(visitor)
            else:
                visitor.close()

        encoder = EncoderConnection(
            visitor.sock,
            address,
            handshake,
            intake=self._intake,
            clock=self._clock,
            ended=ended,
        )
        self.encoders[encoder] = None
        encoder.start()

    # --- listeners and pages ------------------------------------------------------

    def _find_mount(self, path: str) -> tuple[Station, Mount] | None:
        for station in self._stations.values():
            if path in station.mounts:
                return station, station.mounts[path]
            if path == f"/{station.slug}" and station.mounts:
                return station, next(iter(station.mounts.values()))
        return None

    def _tune_in(
        self, visitor: Visitor, head: RequestHead, station: Station, mount: Mount
    ) -> None:
        if head.method == "HEAD":
            answer = mount.response_head(station.line, with_titles=False)
            self.lobby.answer(visitor, answer, keep=False)
        elif head.method != "GET":
            self._refuse_method(visitor, head)
        elif station.is_full:
            full = sentence(503, f"{station.line.name} is full; try again in a minute.")
            self._say(visitor, head, full)
        else:
            mount.tune_in(
                visitor,
                head,
                station.line,
                address=self.address_of(visitor, head),
                clock=self._clock,
            )

    def _refuse_method(self, visitor: Visitor, head: RequestHead) -> None:
        allowed = ("Allow", "GET, HEAD, PUT, OPTIONS, SOURCE")
        if head.method == "OPTIONS":
            self.lobby.answer(visitor, preflight_response(), keep=head.keep_alive)
            return
        text = f"{head.method} is not something this address does; use GET."
        self._say(visitor, head, sentence(405, text, allowed))

    def _open_page(self, visitor: Visitor, head: RequestHead) -> None:
        last_id = head.headers.get("last-event-id") or head.parameter("last_id") or ""
        station = head.parameter("station") or ""
        self._events.open_page(visitor.sock, station=station, last_id=last_id)

    # --- questions ----------------------------------------------------------------

    async def _answer(self, visitor: Visitor, head: RequestHead) -> None:
        if head.method not in ("GET", "HEAD", "POST"):
            self._refuse_method(visitor, head)
            return
        try:
            async with asyncio.timeout(REPLY_SECONDS):
                reply = await self._ask(head, visitor)
        except PeerError as error:
            login = (LOGIN,) if error.status == HTTPStatus.UNAUTHORIZED else ()
            reply = sentence(error.status, error.sentence, *login)
        except TimeoutError:
            reply = sentence(503, "The disk did not answer in time; try again shortly.")
        self._say(visitor, head, reply)

    def _say(self, visitor: Visitor, head: RequestHead, reply: Reply) -> None:
        keep = head.keep_alive and not is_source_request(head)
        self.lobby.answer(visitor, reply.encode(head, keep=keep), keep=keep)
