"""
The search of the database, indexing a page in the same time however many others there are.

Wagtail's weighs a title by the mean length of all titles, which it measures again with
everything that is indexed: of a large archive, each time somebody saves. The mean of those
that came last is as good; an index that is made anew is weighed exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, F, Model
from django.db.models.functions import Length
from modelsearch.utils import get_content_type_pk
from wagtail.search.backends import database


_SAMPLE = 500


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - as Wagtail asks for it
    """Return the search of the database that there is."""
    backend = database.SearchBackend(params)
    usual = backend.index_class
    if hasattr(usual, "_refresh_title_norms"):
        backend.index_class = type(usual.__name__, (_Weighing, usual), {})
    return backend


class _Weighing:
    """Mixed into an index: weighs what is added, by those that came last."""

    entries: Any

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        added = list(objs)
        self._added = self.entries.filter(
            content_type_id=get_content_type_pk(model),
            object_id__in=[str(each.pk) for each in added],
        )
        super().add_items(model, added)  # type: ignore[misc] # the index behind it has it

    def _refresh_title_norms(self, *, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc] # as above
            return
        lately = _with_length(self.entries).order_by("-pk")[:_SAMPLE]
        mean = lately.aggregate(mean=Avg("length"))["mean"]
        if mean:
            _with_length(self._added).update(title_norm=mean / F("length"))


def _with_length(entries: Any) -> Any:
    return entries.annotate(length=Length("title")).filter(length__gt=0)
