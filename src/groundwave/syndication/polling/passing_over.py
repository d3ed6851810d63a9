"""Why a story that is new here is not taken, in words for whoever misses it."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.models import Connection, Network, Original
from groundwave.syndication.models.connection import lines


STORY = "story"

_OUR_ID = re.compile(r"[a-z0-9]+-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def why_passed_over(about: Incoming, connection: Connection) -> str:
    """Return why *about*, which is new here, is not taken; empty if it is."""
    return (
        why_no_story(about)
        or _excluded_by_title(about, connection)
        or _excluded_by_owner(about, connection)
        or _ours(about)
        or here_already(about, connection)
    )


def why_no_story(about: Incoming) -> str:
    """Return what *about* is instead of a story; empty if it is one."""
    if about.kind == STORY:
        return ""
    if not about.kind:
        return _("It does not say what it is. Tell its origin if it is a story.")
    words = _(
        "It is a %(kind)s, and only stories come this way. Nothing needs to be done."
    )
    return words % {"kind": about.kind}


def _excluded_by_title(about: Incoming, connection: Connection) -> str:
    title = about.title.casefold()
    for each in lines(connection.excluded_titles):
        if title.startswith(each.casefold()):
            words = _(
                "Its headline begins with “%(words)s”, which this connection leaves "
                "out. Import it by its address if readers are to have it."
            )
            return words % {"words": each}
    return ""


def _excluded_by_owner(about: Incoming, connection: Connection) -> str:
    wanted = {each.casefold().rstrip("/") for each in lines(connection.owners)}
    if not wanted or not connection.speaks_cds:
        return ""
    owners = [each.casefold().rstrip("/") for each in about.owners]
    if wanted.intersection([*owners, *(each.rpartition("/")[2] for each in owners)]):
        return ""
    words = _(
        "It belongs to %(owners)s, and this connection takes stories of others only. "
        "Add the owner to the connection if readers are to have them."
    )
    return words % {"owners": ", ".join(about.owners) or _("nobody")}


def _ours(about: Incoming) -> str:
    if not (_is_at_our_address(about) or _is_by_us(about)):
        return ""
    return _("It is one of our own stories. Nothing needs to be done.")


def _is_at_our_address(about: Incoming) -> bool:
    here = urlsplit(settings.GROUNDWAVE_SITE_URL).netloc.lower()
    try:
        return bool(here) and urlsplit(about.canonical).netloc.lower() == here
    except ValueError:  # brackets that hold no IPv6 address
        return False


def _is_by_us(about: Incoming) -> bool:
    if found := _OUR_ID.fullmatch(about.id):
        key = uuid.UUID(found[1])
        if Story.objects.filter(translation_key=key).exists():
            return True
    return Network.objects.filter(service__in=about.owners).exists()


def here_already(about: Incoming, connection: Connection) -> str:
    """Return by which other connection *about* came; empty if by none."""
    # Connections are few: with them the index by connection and id answers this.
    others = Original.objects.exclude(connection=connection).filter(
        upstream_id=about.id, connection__in=Connection.objects.all()
    )
    for other in others.select_related("connection").defer("raw", "base"):
        is_same = other.connection.address == connection.address or (
            about.canonical and other.canonical == about.canonical
        )
        if is_same:
            words = _(
                "It came already, by the connection %(name)s. Nothing needs to be done."
            )
            return words % {"name": other.connection}
    return ""
