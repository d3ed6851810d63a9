from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from groundwave.people.models import User
from groundwave.programming.actions.materializing import take_back
from groundwave.programming.actions.retired import refuse_retired
from groundwave.programming.actions.slots import end_part, first_open
from groundwave.programming.actions.telling import tell_pages
from groundwave.programming.errors import StillNeeded
from groundwave.programming.models import DefaultShow, Show, Slot
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


@transaction.atomic
def set_default_show(station: Station, show: Show | None) -> None:
    """
    Say what is on where nothing is planned; ``None`` says nothing any more.

    Raises:
        ShowRetired: it comes no more.
    """
    if show is None:
        DefaultShow.objects.filter(station=station).delete()
    else:
        refuse_retired(show)
        DefaultShow.objects.update_or_create(station=station, defaults={"show": show})
    tell_pages([station])


@transaction.atomic
def retire_show(show: Show, *, now: datetime, by: User | None = None) -> None:
    """
    Let *show* come no more: its slots end, and it leaves the list of shows.

    What has begun is heard to its end. Its page stays, with its past.

    Raises:
        StillNeeded: it is what a station airs where nothing is planned.
    """
    _refuse_if_default(show)
    for slot in show.slots.all():
        _end_from_now(slot, now)
    take_back(show.airings.filter(starts_at__gt=now), now)
    show.retired_at = now
    show.save(update_fields=["retired_at"])
    tell_pages(Station.objects.all())
    log.info("show_retired", show=show.slug, by=str(by))


@transaction.atomic
def bring_back_show(show: Show, *, by: User | None = None) -> None:
    """List *show* as it was; when it comes is to be planned anew."""
    show.retired_at = None
    show.save(update_fields=["retired_at"])
    log.info("show_brought_back", show=show.slug, by=str(by))


@transaction.atomic
def remove_show(show: Show, *, now: datetime, by: User | None = None) -> None:
    """
    Delete *show*, which nobody has heard yet, with all that was planned of it.

    Raises:
        StillNeeded: it was on the air, or is what a station falls back on.
    """
    _refuse_if_default(show)
    if show.airings.standing().filter(starts_at__lte=now).exists():
        raise StillNeeded(
            _(
                "%(show)s has been on the air, and what was heard stays known. Retire it "
                "instead: it leaves the list and the schedule, and its page stays."
            )
            % {"show": show}
        )
    show.airings.all().delete()
    log.info("show_removed", show=show.slug, by=str(by))
    show.delete()
    tell_pages(Station.objects.all())


def _refuse_if_default(show: Show) -> None:
    if show.default_on.exists():
        raise StillNeeded(
            _(
                "%(show)s is what a station airs where nothing is planned. Choose another "
                "default show for it first."
            )
            % {"show": show}
        )


def _end_from_now(slot: Slot, now: datetime) -> None:
    today = wall_time(now, slot.zone).date()
    end_part(slot, last_date=first_open(slot, today, now) - _DAY, now=now)
