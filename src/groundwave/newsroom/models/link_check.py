from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


# What a server says of a page that is not there, or not any more.
DEAD = (404, 410)


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> LinkCheckQuerySet:
        """Those that led nowhere when they were followed last."""
        return self.filter(status__in=DEAD)

    def ask_of(
        self, urls: Iterable[str], *, now: datetime, since: datetime
    ) -> list[str]:
        """Return, once, those of *urls* that nobody has asked of after *since*."""
        wanted = set(urls)
        fresh = self.filter(url__in=wanted, asked_at__gt=since)
        due = sorted(wanted - set(fresh.values_list("url", flat=True)))
        self.bulk_create(
            [LinkCheck(url=url, asked_at=now) for url in due],
            update_conflicts=True,
            unique_fields=["url"],
            update_fields=["asked_at"],
        )
        return due


class LinkCheck(models.Model):
    """
    What an address elsewhere answered when it was followed last.

    Attributes:
        status: of HTTP; None while it is not known, or if nothing answers there.
    """

    url = models.CharField(_("address"), max_length=500, unique=True)
    asked_at = models.DateTimeField(_("asked at"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed link")
        verbose_name_plural = _("followed links")
        default_permissions = ()

    def __str__(self) -> str:
        return self.url
