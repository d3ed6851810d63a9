"""
What happens to figures: somebody says one, and somebody thinks something of it.

Neither is undone. What was wrong is retracted, with a reason, and said anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from groundwave.newsroom.errors import (
    AlreadyGone,
    AlreadySaid,
    AsOfLater,
    LowerWithoutReason,
    NeedsApproval,
    OlderThanKnown,
    ReasonMissing,
)
from groundwave.newsroom.figures.quantity import Change, Quantity, change
from groundwave.newsroom.figures.standing import FINAL, Status
from groundwave.newsroom.figures.words import written
from groundwave.newsroom.models import (
    Channel,
    Figure,
    FigureStatus,
    Metric,
    NewsSource,
    Statement,
)
from groundwave.people.models import User


log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Heard:
    """Who said it, when, and where it can be read; a source may go unnamed."""

    source: NewsSource
    said_at: datetime
    relayed_by: NewsSource | None = None
    channel: str = Channel.WRITING
    words: str = ""
    url: str = ""
    archived_url: str = ""
    described_as: str = ""
    anonymity_reason: str = ""


def source_named(name: str, *, by: User) -> NewsSource:
    """Return the source of that name, making a note of it if it is new."""
    known = NewsSource.objects.filter(name__iexact=name).first()
    if known:
        return known
    log.info("news_source_noted", name=name, by=str(by))
    return NewsSource.objects.create(name=name)


@transaction.atomic
def add_figure(
    metric: Metric,
    quantity: Quantity,
    *,
    heard: Heard,
    as_of: datetime,
    by: User,
    now: datetime,
    counts: str = "",
    note: str = "",
) -> Figure:
    """
    Take down what a source says; it supersedes what the source said before.

    Raises:
        AlreadySaid: the source's figure is this one already.
        AsOfLater: it is of a later time than it was said.
        LowerWithoutReason: it is lower than before, and *note* does not say why.
        NeedsApproval: the source goes unnamed, and *by* may not agree to it.
        OlderThanKnown: the source has said something later since.
    """
    # Two people at one story add to a succession one after the other.
    Metric.objects.select_for_update().get(pk=metric.pk)
    succession = _said_before(metric, heard)
    _refuse_unapproved(heard, by)
    _refuse_later(heard, as_of)
    if before := _last_said(succession):
        _refuse_known(before, quantity, as_of, counts)
        if before.counts == counts:
            _refuse_unexplained(before, quantity, note)
    figure = Figure.objects.create(
        metric=metric,
        statement=_logged(heard, by, now),
        qualifier=quantity.qualifier,
        low=quantity.low,
        high=quantity.high,
        as_of=as_of,
        counts=counts,
        note=note,
        supersedes=succession[-1] if succession else None,
        added_at=now,
        added_by=by,
    )
    FigureStatus.objects.create(figure=figure, status=Status.REPORTED, at=now, by=by)
    log.info("figure_added", figure=str(figure.uid), by=str(by))
    return figure


@transaction.atomic
def judge_figure(
    figure: Figure, status: Status, *, reason: str = "", by: User, now: datetime
) -> FigureStatus:
    """
    Say what is thought of *figure* from now on; readers are told the *reason*.

    Raises:
        AlreadyGone: it was withdrawn or retracted.
        ReasonMissing: only that it was reported needs none.
    """
    held = Figure.objects.select_for_update().get(pk=figure.pk)
    if held.status in FINAL:
        raise AlreadyGone(
            _("This figure was taken back already. Add what the source says now.")
        )
    if status is not Status.REPORTED and not reason.strip():
        raise ReasonMissing(_("Say why: readers are told."))
    log.info("figure_judged", figure=str(figure.uid), status=str(status), by=str(by))
    return FigureStatus.objects.create(
        figure=held, status=status, reason=reason.strip(), at=now, by=by
    )


def _said_before(metric: Metric, heard: Heard) -> list[Figure]:
    """Return what the source, called so, said of it; the first first."""
    figures = Figure.objects.filter(
        metric=metric,
        statement__source=heard.source,
        statement__described_as=heard.described_as,
    )
    return list(figures.order_by("pk").prefetch_related("statuses"))


def _last_said(succession: Iterable[Figure]) -> Figure | None:
    """Return the last that its source did say, and does not say otherwise of."""
    said = [each for each in succession if each.status is not Status.RETRACTED]
    if said and said[-1].status is not Status.WITHDRAWN:
        return said[-1]
    return None


def _logged(heard: Heard, by: User, now: datetime) -> Statement:
    return Statement.objects.create(
        source=heard.source,
        relayed_by=heard.relayed_by,
        channel=heard.channel,
        said_at=heard.said_at,
        obtained_at=now,
        words=heard.words,
        url=heard.url,
        archived_url=heard.archived_url,
        described_as=heard.described_as,
        anonymity_reason=heard.anonymity_reason,
        approved_by=by if heard.described_as else None,
        logged_by=by,
    )


def _refuse_unapproved(heard: Heard, by: User) -> None:
    if heard.described_as and not by.has_perm("newsroom.approve_anonymity"):
        raise NeedsApproval(
            _(
                "Only an editor may leave a source unnamed. Name it, or ask an editor "
                "to add this."
            )
        )


def _refuse_later(heard: Heard, as_of: datetime) -> None:
    if as_of > heard.said_at:
        raise AsOfLater(
            _(
                "It cannot be as of a later time than it was said. Give an earlier “as "
                "of”, or say when it was said."
            )
        )


def _refuse_known(
    before: Figure, quantity: Quantity, as_of: datetime, counts: str
) -> None:
    facts = {"who": before.statement.who, "figure": written(before.quantity)}
    if as_of < before.as_of:
        raise OlderThanKnown(
            _(
                "%(who)s has said “%(figure)s” as of a later time, and that stands. "
                "Leave it, or mend the “as of”."
            )
            % facts
        )
    same = (before.quantity, before.as_of, before.counts) == (quantity, as_of, counts)
    if same:
        raise AlreadySaid(
            _("“%(figure)s” of %(who)s is here already; nothing was added.") % facts
        )


def _refuse_unexplained(before: Figure, quantity: Quantity, note: str) -> None:
    fell = change(before.quantity, quantity) is Change.FELL
    if fell and not note.strip():
        raise LowerWithoutReason(
            _(
                "It was %(figure)s before. Say in the note why it is less now, or that "
                "nobody says why: readers ask."
            )
            % {"figure": written(before.quantity)}
        )
