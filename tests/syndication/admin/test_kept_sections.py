"""A section that stories of others are to stand in is not deleted under them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from groundwave.pages.models import SectionPage
from groundwave.syndication.models import CategoryRule


pytestmark = pytest.mark.django_db


def delete(client, page):
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    return client.post(url, follow=True).content.decode()


@pytest.fixture
def chief(client, admin_user):
    """Somebody who may delete a section with what is below it."""
    client.force_login(admin_user)
    return client


def test_it_is_kept_while_a_connection_or_a_rule_leads_there(chief, connection, news):
    below = news.add_child(instance=SectionPage(title="Nation", slug="nation"))
    connection.section = below
    connection.save()

    assert "puts stories there. Give it another section" in delete(chief, news)

    connection.section = Page.objects.get(pk=news.get_parent().pk)
    connection.save()
    rule = CategoryRule.objects.create(
        connection=connection, collection="1002", section=below
    )
    assert "puts stories there." in delete(chief, below)

    rule.delete()
    delete(chief, news)
    assert not Page.objects.filter(pk=news.pk).exists()


def test_it_is_kept_when_it_is_deleted_with_others(chief, connection, news):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    chief.post(f"{url}?id={news.pk}")

    assert Page.objects.filter(pk=news.pk).exists()
