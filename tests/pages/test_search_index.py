"""The search weighs titles, in the same time however many there are."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from groundwave.pages.models import HomePage, SectionPage


pytestmark = pytest.mark.django_db


def section(title):
    made = SectionPage(title=title, slug=title.lower().replace(" ", "-"))
    return HomePage.objects.get().add_child(instance=made)


def indexed(*pages):
    with CaptureQueriesContext(connection) as asked:
        for each in pages:
            get_search_backend().add(each)
    return len(asked)


def weight(page):
    return IndexEntry.objects.get(object_id=str(page.pk)).title_norm


def test_what_is_indexed_is_found():
    ferry = section("Ferry and harbor")
    indexed(ferry)

    assert [each.pk for each in Page.objects.search("harbor")] == [ferry.pk]


def test_a_short_title_weighs_more_than_a_long_one():
    short, long = section("Ferry"), section("Everything about the ferry and its crew")
    indexed(short, long, short)

    assert weight(short) > 1 > weight(long)


def test_what_is_indexed_leaves_the_weights_of_all_others():
    first = section("Ferry")
    indexed(first)
    before = weight(first)
    indexed(section("Everything about the ferry and its crew"))

    assert weight(first) == before


def test_an_index_that_is_made_anew_is_weighed_exactly():
    pages = [section("Ferry"), section("Everything about the ferry and its crew")]
    indexed(*pages)
    call_command("update_index", verbosity=0)
    norms = [weight(each) for each in pages]

    indexed(*pages)

    assert norms == pytest.approx([weight(each) for each in pages])


def test_a_page_with_an_empty_title_is_indexed():
    empty = section("Ferry")
    empty.title = ""

    indexed(empty)

    assert weight(empty) == 1.0
