"""Search over everything that the public may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from groundwave.delivery.person_pages import public_people
from groundwave.delivery.stories import readable_stories
from groundwave.newsroom.models import Story
from groundwave.people.models import Person
from groundwave.programming.models import Episode, Show


MOST_OF_A_KIND = 20
LONGEST_QUERY = 100
# Wagtail's SQLite backend passes punctuation on to FTS5, which takes a quotation mark
# for syntax and fails.
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """What a query found, the likeliest first of each kind."""

    stories: list[Story]
    shows: list[Show]
    episodes: list[Episode]
    people: list[Person]
    pages: list[Page]

    @property
    def count(self) -> int:
        kinds = (
            self.stories,
            self.shows,
            self.episodes,
            self.people,
            self.pages,
        )
        return sum(len(kind) for kind in kinds)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=``, or ask what is looked for."""
    query = query_of(request)
    told = {"query": query, "found": find(query) if query else None}
    return render(request, "search/search.html", told)


def query_of(request: HttpRequest) -> str:
    """Return what was typed, without what no search can use."""
    typed = request.GET.get("q", "").replace("\0", "")
    return " ".join(typed.split())[:LONGEST_QUERY]


def find(query: str) -> Found:
    """Return what has all the words of *query*."""
    words = " ".join(_WORD.findall(query))
    return _find(words) if words else Found([], [], [], [], [])


def _find(words: str) -> Found:
    public = Episode.objects.filter(show__in=Show.objects.listed())
    episodes = Episode.objects.filter(pk__in=public.values("pk"))
    people = Person.objects.filter(pk__in=public_people().values("pk"))
    return Found(
        stories=list(_look(words, readable_stories())),
        shows=list(_look(words, Show.objects.listed())),
        episodes=list(_look(words, episodes.select_related("show"))),
        people=list(_look(words, people)),
        pages=list(_look(words, Page.objects.live().public().not_type(Story))),
    )


def _look(words: str, among: Any) -> Iterable[Any]:
    found: Iterable[Any] = get_search_backend().search(words, among)[:MOST_OF_A_KIND]
    return found
