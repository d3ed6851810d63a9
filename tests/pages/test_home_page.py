from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from groundwave.pages.models import HomePage


pytestmark = pytest.mark.django_db


def test_a_new_site_begins_at_our_home_page():
    site = Site.objects.get(is_default_site=True)

    assert isinstance(site.root_page.specific, HomePage)


def test_the_migration_left_the_tree_whole():
    assert Page.find_problems() == ([], [], [], [], [])
    assert Page.objects.count() == 2


def test_there_is_one_home_page():
    assert not HomePage.can_create_at(Page.objects.get(depth=1))
