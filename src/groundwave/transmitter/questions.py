"""Everything that is asked over HTTP and answered at once: the tape, stats, titles."""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING

from groundwave.transmitter import statistics
from groundwave.transmitter.metrics import Metrics
from groundwave.transmitter.reply import Reply, as_json, as_xml, sentence
from groundwave.transmitter.titles import update_title
from groundwave.transmitter.visitor import Visitor
from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import RequestHead, basic_credentials
from groundwave.wire.http.host import read_host
from groundwave.wire.icecast.titles import is_title_request


if TYPE_CHECKING:
    from groundwave.transmitter.daemon import Transmitter


NOTHING_HERE = "There is nothing at this address; check the station's name in it."
_ACTS = {"/admin/killclient", "/admin/killsource"}


class Questions:
    """Answers for one transmitter."""

    def __init__(self, transmitter: Transmitter) -> None:
        self._transmitter = transmitter
        self._metrics = Metrics(transmitter)

    async def ask(self, head: RequestHead, visitor: Visitor) -> Reply:
        """
        Answer *head*.

        Raises:
            PeerError: the request cannot be carried out; its sentence says why.
        """
        if is_title_request(head):
            _require_own_page(head)
            return update_title(
                head,
                visitor.body,
                intake=self._transmitter.intake,
                stations=self._transmitter.stations.values(),
            )
        if head.path.startswith("/admin/"):
            return self._administer(head)
        return self._open_question(head) or await self._from_the_tape(head, visitor)

    def _open_question(self, head: RequestHead) -> Reply | None:
        on_air = self._transmitter
        match head.path:
            case "/":
                return sentence(200, self._greeting())
            case "/health":
                return as_json(statistics.health(on_air))
            case "/metrics":
                return self._metrics.reply()
            case "/status-json.xsl":
                return statistics.status_json_reply(
                    on_air, host=head.headers.get("host")
                )
            case "/7.xsl" | "/7.html":
                return statistics.seven_reply(on_air, head.parameter("mount") or "")
            case _:
                return None

    def _greeting(self) -> str:
        stations = self._transmitter.stations.values()
        mounts = [path for station in stations for path in station.mounts]
        listen = f"Listen at {', '.join(mounts)}" if mounts else "It has no station yet"
        return f"This is a Groundwave transmitter. {listen}."

    async def _from_the_tape(self, head: RequestHead, visitor: Visitor) -> Reply:
        on_air = self._transmitter
        slug, _, rest = head.path.strip("/").partition("/")
        station = on_air.stations.get(slug)
        if station is None:
            return sentence(404, NOTHING_HERE)
        reply = await station.tape.respond(
            rest.split("/"), head.parameters, on_air.clock.unix()
        )
        if _is_sound_sent(head, reply):
            address = on_air.router.address_of(visitor, head)
            on_air.sessions.fetched(
                slug,
                head.path.rpartition("/")[0],
                head,
                address=address,
                sent=len(reply.body),
            )
        return reply

    # --- for engineers ------------------------------------------------------------

    def _administer(self, head: RequestHead) -> Reply:
        path, mount = head.path.removesuffix(".xsl"), head.parameter("mount") or ""
        if path in _ACTS:
            _require_own_page(head)
        self._require_admin(head)
        match path:
            case "/admin/stats" | "/admin/stats.xml":
                return as_xml(statistics.stats_document(self._transmitter))
            case "/admin/streamlist" | "/admin/streamlist.txt":
                listed = statistics.streams_document(self._transmitter)
                return Reply(200, "text/plain; charset=utf-8", listed)
            case "/admin/listmounts":
                return as_xml(statistics.mounts_document(self._transmitter))
            case "/admin/listclients":
                return as_xml(statistics.listeners_document(self._transmitter, mount))
            case "/admin/killclient":
                listener = head.parameter("id") or ""
                return as_xml(
                    statistics.kill_listener(self._transmitter, mount, listener)
                )
            case "/admin/killsource":
                return as_xml(statistics.kill_source(self._transmitter, mount))
            case _:
                return sentence(404, f"{head.path} is not something this server does.")

    def _require_admin(self, head: RequestHead) -> None:
        lineup = self._transmitter.lineup
        credentials = basic_credentials(head.headers)
        digest = lineup.admin_digest if lineup else ""
        given = credentials.password if credentials else ""
        offered = hashlib.sha256(given.encode()).hexdigest()
        if not digest:
            raise PeerError(
                "This page is closed; set a statistics password in the admin to open it.",
                status=403,
            )
        if not hmac.compare_digest(digest, offered):
            raise PeerError(
                "Send the statistics password with HTTP Basic authentication.",
                status=401,
            )


def _require_own_page(head: RequestHead) -> None:
    """
    Let no other site's page act with a password that the browser remembers.

    Encoders and monitoring do not say where their requests come from.

    Raises:
        PeerError: another site's page asks.
    """
    site, origin = head.headers.get("sec-fetch-site"), head.headers.get("origin")
    if site:
        is_own = site in ("same-origin", "none")
    elif origin:
        asking = read_host(origin.partition("://")[2])
        is_own = asking is not None and asking == read_host(head.headers.get("host"))
    else:
        is_own = True
    if not is_own:
        raise PeerError(
            "A page of another site asked for this; to do it, type the address into "
            "the browser yourself.",
            status=403,
        )


def _is_sound_sent(head: RequestHead, reply: Reply) -> bool:
    """Tell whether this is a segment on its way to somebody who will hear it."""
    return (
        reply.status == HTTPStatus.OK
        and head.method == "GET"
        and head.path.endswith(".m4s")
        and head.headers.get("if-none-match") != reply.etag
    )
