"""A question in Spinitron's words: instants, numbers, and which page of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from groundwave.delivery.open_data import AskedWrongly, asked_instant
from groundwave.delivery.our_address import public_url
from groundwave.stations.models import Station


USUAL_COUNT, MOST_COUNT = 20, 200
# No table has more rows, and no database takes a greater number.
_DIGITS = 15

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Who asks for what of which station, and when."""

    request: HttpRequest
    station: Station
    now: datetime
    expands: bool = True

    def instant(self, name: str) -> datetime | None:
        """
        Return the instant asked for by that name, if there is one.

        Raises:
            AskedWrongly: it is none.
        """
        return asked_instant(self.request.GET, name)

    def number(self, name: str) -> int | None:
        """
        Return the whole number asked for by that name, if there is one.

        Raises:
            AskedWrongly: it is none.
        """
        text = self.request.GET.get(name, "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
            raise AskedWrongly(_("Say “%(name)s” as a whole number.") % {"name": name})
        return int(text)

    def expanded(self, **more: Callable[[], Any]) -> Json:
        """Return those of *more* that ``expand`` asks for; within them, nothing is."""
        asked = self.request.GET.get("expand", "").split(",")
        wanted = asked if self.expands else []
        return {name: tell() for name, tell in more.items() if name in wanted}

    def within(self) -> Asked:
        """Return the same question, for what is told within an item."""
        return replace(self, expands=False)

    def link(self, kind: str, pk: int | None = None, **query: int | str) -> Json:
        """Return where *kind*, or one of it, is found, of the station asked for."""
        if "station" in self.request.GET:
            query["station"] = self.station.slug
        path = reverse(f"spinitron_{kind}", args=[] if pk is None else [pk])
        return {"href": self.absolute(path + (f"?{urlencode(query)}" if query else ""))}

    def absolute(self, url: str) -> str:
        """Return the whole address of *url*, as the public knows the site."""
        return public_url(url, self.request)

    def page(
        self, found: Sequence[T] | QuerySet[Any], tell: Callable[[Any], Json]
    ) -> Json:
        """Return one page of *found*, each as *tell* has it, with links to the others."""
        count = min(max(self.number("count") or USUAL_COUNT, 1), MOST_COUNT)
        pages = Paginator(found, count)
        page = pages.get_page(self.number("page") or 1)
        return {
            "items": [self._wanted(tell(each)) for each in page],
            "_links": self._links(page),
            "_meta": {
                "totalCount": pages.count,
                "pageCount": pages.num_pages if pages.count else 0,
                "currentPage": page.number,
                "perPage": count,
            },
        }

    def _wanted(self, item: Json) -> Json:
        """Return the ``fields`` of *item* that were asked for, by default all."""
        fields = self.request.GET.get("fields", "")
        if not fields:
            return item
        more = self.request.GET.get("expand", "").split(",")
        wanted = {*fields.split(","), *more, "_links"}
        return {name: value for name, value in item.items() if name in wanted}

    def _links(self, page: Page[Any]) -> Json:
        last = page.paginator.num_pages
        links = {"self": self._link(page.number), "first": self._link(1)}
        if page.has_previous():
            links["prev"] = self._link(page.previous_page_number())
        if page.has_next():
            links["next"] = self._link(page.next_page_number())
        return {**links, "last": self._link(last)}

    def _link(self, number: int) -> Json:
        query = self.request.GET.copy()
        query["page"] = str(number)
        return {"href": self.absolute(f"{self.request.path}?{query.urlencode()}")}
