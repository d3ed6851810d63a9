"""Who says what of the ferry: three counts, taken down as they were heard."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from groundwave.newsroom.actions.figures import (
    Heard,
    add_figure,
    judge_figure,
)
from groundwave.newsroom.figures.quantity import Qualifier, Quantity
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import (
    Channel,
    Event,
    Figure,
    Metric,
    NewsSource,
    SourceKind,
)
from groundwave.people.models import User


_SITE = "https://{}.example/ferry"


def count_the_ferry(
    began: datetime, zone: str, *, editor: User
) -> tuple[Event, dict[str, Figure]]:
    """Return the event, and by name what each source said of it since it *began*."""
    event = Event.objects.create(
        title="The Cormorant runs aground off Marrow Point",
        slug="ferry-aground",
        place="Marrow Point, Tamarack County",
        started_at=began,
        timezone=zone,
        is_public=True,
    )
    hurt = Metric.objects.create(
        event=event, label="People treated for injuries", sort_order=0
    )
    aboard = Metric.objects.create(
        event=event, label="People on board", scope="Passengers and crew", sort_order=1
    )
    hurt_counted = _count_hurt(hurt, began, editor)
    return event, hurt_counted | _count_aboard(aboard, began, editor)


def _count_hurt(hurt: Metric, began: datetime, editor: User) -> dict[str, Figure]:
    county = _source("Tamarack County", SourceKind.GOVERNMENT, "its emergency office")
    hospital = _source("Marrow Bay Hospital", SourceKind.HEALTH)
    ledger = _source("The Tamarack Ledger", SourceKind.NEWSROOM)
    counted = "treated on the quay, or taken to the hospital by the county"
    first = _say(
        hurt,
        _exactly(27),
        Heard(county, began + timedelta(minutes=30), channel=Channel.BRIEFING),
        counts=counted,
        by=editor,
    )
    more = _say(
        hurt,
        Quantity.of(Qualifier.AT_LEAST, Decimal(32)),
        Heard(
            county,
            began + timedelta(hours=2, minutes=25),
            url=_SITE.format("tamarack-county"),
        ),
        counts=counted,
        by=editor,
    )
    others = _say(
        hurt,
        _exactly(42),
        Heard(
            hospital,
            began + timedelta(hours=5),
            relayed_by=ledger,
            url=_SITE.format("tamarack-ledger"),
        ),
        counts="treated at the hospital, with those who came by themselves",
        by=editor,
    )
    judge_figure(
        others,
        Status.CORROBORATED,
        reason="a nurse on duty told us the same",
        by=editor,
        now=began + timedelta(hours=5, minutes=30),
    )
    return {"county_first": first, "county": more, "hospital": others}


def _count_aboard(aboard: Metric, began: datetime, editor: User) -> dict[str, Figure]:
    line = _source(
        "The Bay Ferry Line", SourceKind.COMPANY, stake="it operates the ferry"
    )
    crew = _source("A deckhand of the Cormorant", SourceKind.PERSON)
    _say(
        aboard,
        Quantity.of(Qualifier.ABOUT, Decimal(180)),
        Heard(line, began + timedelta(minutes=35), channel=Channel.SOCIAL),
        by=editor,
    )
    scanned = _say(
        aboard,
        Quantity.of(Qualifier.RANGE, Decimal(180), Decimal(190)),
        Heard(
            line,
            began + timedelta(hours=7),
            url=_SITE.format("bay-ferry"),
        ),
        note="Tickets that were scanned; children under six have none.",
        by=editor,
    )
    seen = _say(
        aboard,
        Quantity.of(Qualifier.ABOUT, Decimal(210)),
        Heard(
            crew,
            began + timedelta(hours=6, minutes=40),
            channel=Channel.INTERVIEW,
            described_as="a member of the crew",
            anonymity_reason="The line does not let its crews speak to reporters.",
        ),
        note="Counted at the gangway, children included.",
        by=editor,
    )
    return {"line": scanned, "crew": seen}


def _source(
    name: str, kind: str, description: str = "", *, stake: str = ""
) -> NewsSource:
    facts = {"kind": kind, "description": description, "stake": stake}
    return NewsSource.objects.get_or_create(name=name, defaults=facts)[0]


def _say(
    metric: Metric,
    quantity: Quantity,
    heard: Heard,
    *,
    by: User,
    counts: str = "",
    note: str = "",
) -> Figure:
    """Take it down ten minutes after it was said of the moment before."""
    return add_figure(
        metric,
        quantity,
        heard=heard,
        as_of=heard.said_at - timedelta(minutes=5),
        counts=counts,
        note=note,
        by=by,
        now=heard.said_at + timedelta(minutes=10),
    )


def _exactly(number: int) -> Quantity:
    return Quantity.of(Qualifier.EXACT, Decimal(number))
