"""Partners at the desk, and the line that pairs two stations: shown once."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from groundwave.syndication.actions.pairing import pairing_line, read_pairing_line
from groundwave.syndication.models import Arrival, Connection, Partner


pytestmark = pytest.mark.django_db


def line_in(page):
    found = re.search(r'<code class="gw-secret">([^<]+)</code>', page)
    return html.unescape(found[1])


@pytest.fixture
def partner(kgnd):
    return Partner.objects.create(name="Far Shore Radio")


def test_a_new_partners_line_is_shown_once(chief, kgnd, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"

    response = chief.post(
        reverse("partners:add"), {"name": "Far Shore Radio", "is_active": "on"}
    )

    partner = Partner.objects.get()
    page = response.content.decode()
    invitation = read_pairing_line(line_in(page))
    assert (invitation.key, invitation.secret) == (partner.key, partner.secret)
    assert invitation.address == "https://kgnd.example"
    assert "Pair with a station" in page
    assert "no-store" in response["Cache-Control"]
    for name, args in (
        ("index", ()),
        ("edit", (partner.pk,)),
        ("delete", (partner.pk,)),
        ("history", (partner.pk,)),
        ("renew", (partner.pk,)),
    ):
        page = chief.get(reverse(f"partners:{name}", args=args)).content.decode()
        for secret in (partner.key, partner.secret, line_in(response.content.decode())):
            assert secret not in page, name


def test_whoever_has_no_public_address_is_warned(chief, kgnd):
    response = chief.post(reverse("partners:add"), {"name": "Far Shore Radio"})

    assert "GROUNDWAVE_SITE_URL" in response.content.decode()


def test_another_line_makes_the_first_one_worthless(chief, partner, settings):
    settings.GROUNDWAVE_SITE_URL = "https://kgnd.example"
    before = partner.key

    page = chief.post(reverse("partners:renew", args=[partner.pk])).content.decode()

    partner.refresh_from_db()
    assert partner.key != before
    assert read_pairing_line(line_in(page)).key == partner.key


def test_a_partner_that_cannot_be_told_is_said_to_be(chief, partner, page_of):
    Partner.objects.update(notices_to="https://far-shore.example/network/notices/x")
    assert "At once, of every change" in page_of("partners:index")
    partner.notices.create(
        document_id="gw-1",
        event="document.updated",
        at=timezone.now(),
        trouble="Nobody answers there. Ask them whether their site runs.",
    )
    assert "Not at the moment: Nobody answers there." in page_of("partners:index")
    Partner.objects.update(is_active=False)
    assert "it may not read our stories" in page_of("partners:index")


def test_an_editor_makes_no_line(sign_in, partner):
    editor = sign_in("Editor")
    before = partner.key

    assert editor.post(reverse("partners:add"), {"name": "Mine"}).status_code == 302
    for ask in (editor.get, editor.post):
        url = reverse("partners:renew", args=[partner.pk])
        assert ask(url).status_code == 302
    partner.refresh_from_db()
    assert partner.key == before
    assert Partner.objects.count() == 1


@pytest.fixture
def invited(partner):
    """A line of another station, which has no partner here."""
    line = pairing_line(partner, site="https://far-shore.example")
    partner.delete()
    return line


def test_a_pasted_line_makes_a_connection(chief, invited, news):
    url = reverse("connections:pair")
    assert url in chief.get(reverse("connections:index")).content.decode()

    said = {"line": invited, "section": news.pk, "arrival": "hold"}
    page = chief.post(url, said, follow=True).content.decode()

    connection = Connection.objects.get()
    assert connection.address == "https://far-shore.example"
    assert connection.arrival == Arrival.HOLD
    assert connection.pairing.secret == read_pairing_line(invited).secret
    assert "It is asked now." in page
    assert connection.key not in page


def test_what_is_no_line_is_refused_in_words_and_not_shown_again(chief, invited, news):
    said = {"line": invited[:-9], "section": news.pk, "arrival": "hold"}

    page = chief.post(reverse("connections:pair"), said).content.decode()

    assert "Copy all of it once more." in page
    assert invited[:-9] not in page
    assert not Connection.objects.exists()


def test_an_editor_pairs_with_nobody(sign_in, invited, news):
    said = {"line": invited, "section": news.pk, "arrival": "hold"}

    assert sign_in("Editor").post(reverse("connections:pair"), said).status_code == 302
    assert not Connection.objects.exists()
