"""The three processes: whether each is up, and if not, what keeps it from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from groundwave.patchbay.blocking import open_line
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.errors import NotServed, PatchbayError
from groundwave.patchbay.messages import Status, StatusAsked
from groundwave.project.doctor.called import called
from groundwave.project.doctor.finding import Finding, good, wrong


PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What a port said when asked for ``/health``.

    Attributes:
        status: the HTTP status; 0 when nobody answered in HTTP.
        is_open: whether anything listens there.
    """

    status: int = 0
    body: str = ""
    is_open: bool = False


def ask_health(host: str, port: int) -> Answer:
    """Ask whatever listens on *port* how it is."""
    connection = HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health")
        response = connection.getresponse()
        return Answer(
            response.status, response.read(65536).decode(errors="replace"), True
        )
    except ConnectionRefusedError:
        return Answer()
    except (OSError, HTTPException):
        return Answer(is_open=True)
    finally:
        connection.close()


def ask_status(environment: Environment) -> Status | PatchbayError:
    """Ask the transmitter for its state; an error is an answer, too."""
    try:
        with open_line(environment.patchbay_socket, PATIENCE_SECONDS) as line:
            return line.ask(StatusAsked(), expect=Status)
    except PatchbayError as trouble:
        return trouble


def transmitter(
    environment: Environment, answer: Answer, state: Status | PatchbayError, holder: str
) -> Finding:
    """Say how the transmitter is; *holder* is who has its port, if that is known."""
    port = environment.air_port
    if isinstance(state, Status):
        if answer.status == 200:
            return good(f"The transmitter is up on port {port}.")
        return wrong(
            f"The transmitter runs, but not on port {port}, where it is looked for.",
            "Run the doctor with the same GROUNDWAVE_AIR_PORT and GROUNDWAVE_BIND that"
            " the transmitter was started with.",
        )
    if not answer.is_open:
        return wrong(
            "The transmitter is not running: nobody hears anything and no encoder can"
            " connect.",
            _start("transmitter"),
        )
    if answer.status == 200 and isinstance(state, NotServed):
        return wrong(
            f"A transmitter is on port {port}, but not the one of {environment.data}.",
            "Run the doctor with the same GROUNDWAVE_DATA that it was started with.",
        )
    if answer.status == 200:
        return wrong("The transmitter plays, but cannot be spoken with.", str(state))
    return _not_ours(port, "GROUNDWAVE_AIR_PORT", holder)


def site(environment: Environment, answer: Answer, holder: str) -> Finding:
    """Say how the site is."""
    port = environment.site_port
    if answer.status == 200:
        return good(f"The site is up on port {port}.")
    if answer.status == 503:
        return wrong("The site is up, but cannot do its work.", _trouble(answer.body))
    if not answer.is_open:
        return wrong(
            f"The site is not running on port {port}: no pages and no admin there."
            " Listeners go on hearing.",
            f"{_start('site')} If it runs on another port, run the doctor with the"
            " GROUNDWAVE_SITE_PORT that it was started with.",
        )
    return _not_ours(port, "GROUNDWAVE_SITE_PORT", holder)


def worker(state: Status | PatchbayError, edition: int | None) -> Finding | None:
    """
    Say whether the worker tells the transmitter what it must know.

    *edition* is the line-up's in the database. Without it, or without a transmitter,
    nothing can be said.
    """
    if not isinstance(state, Status) or edition is None:
        return None
    if state.edition < edition:
        return wrong(
            f"The transmitter has line-up {state.edition}, but the site is at {edition}:"
            " new keys and stations are not in force.",
            f"The worker is not running. {_start('worker')}",
        )
    return good(f"The transmitter has the site's line-up ({edition}).")


def _start(name: str) -> str:
    return f"Start everything with {called()} up, or this alone with {called()} {name}."


def _not_ours(port: int, variable: str, holder: str) -> Finding:
    by = holder or "another program"
    return wrong(
        f"Port {port} is taken by {by}, which does not answer as Groundwave does.",
        f"Stop that program, or set {variable} to another port.",
    )


def _trouble(body: str) -> str:
    """Return the site's own sentence."""
    try:
        said = json.loads(body)
    except ValueError:
        return body
    return str(said.get("trouble", body)) if isinstance(said, dict) else body
