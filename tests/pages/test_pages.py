from __future__ import annotations

import pytest
from django.urls import reverse

from equipment.whole_station import picture
from groundwave.pages.forms import TAKEN
from groundwave.pages.models import HomePage, PlainPage, SectionPage
from groundwave.people.models import User
from groundwave.project.urls import urlpatterns


pytestmark = pytest.mark.django_db


@pytest.fixture
def about():
    page = SectionPage(title="About us", slug="about", introduction="<p>Who?</p>")
    return HomePage.objects.get().add_child(instance=page)


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_section_lists_the_pages_that_anybody_may_read(client, kgnd, about):
    about.add_child(instance=PlainPage(title="Who we are", summary="Neighbors."))
    about.add_child(instance=PlainPage(title="Not yet", live=False))
    hidden = about.add_child(instance=PlainPage(title="For members"))
    hidden.view_restrictions.create(restriction_type="login")

    page = text_of(client, "/about/")

    assert "Who?" in page
    assert "Neighbors." in page
    assert "Not yet" not in page
    assert "For members" not in page


def test_a_plain_page_has_text_pictures_and_quotations(client, kgnd, about):
    page = PlainPage(title="Who we are", slug="who")
    page.body.append(("text", "<h2>History</h2>"))
    page.body.append(("quote", {"quote": "Along the ground.", "who": "Ida Marsh"}))
    image = picture()
    image.contextual_alt_text = "The mast at dusk"
    image.decorative = False
    page.body.append(
        ("picture", {"image": image, "caption": "The mast", "credit": "Sol Reed"})
    )
    about.add_child(instance=page)

    text = text_of(client, "/about/who/")

    assert "<h2>History</h2>" in text
    assert "Along the ground." in text
    assert 'alt="The mast at dusk"' in text
    assert "480w" in text
    assert '<span class="picture__credit">Sol Reed</span>' in text


def test_plain_pages_have_nothing_below_them(about):
    plain = about.add_child(instance=PlainPage(title="Who we are"))

    assert not PlainPage.can_create_at(plain)
    assert PlainPage.can_create_at(about)


@pytest.fixture
def administrator(client):
    user = User.objects.create_superuser("ada@kgnd.example", "along the ground")
    client.force_login(user)
    return client


def form(slug):
    return {
        "title": "A page",
        "slug": slug,
        "summary": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }


def test_an_address_that_another_part_of_the_site_has_is_refused(administrator):
    home = HomePage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["pages", "plainpage", home.pk])

    page = administrator.post(url, form("schedule")).content.decode()
    assert "such as about-schedule" in page

    administrator.post(url, form("about-schedule"))
    assert PlainPage.objects.get().slug == "about-schedule"


def test_every_address_of_the_site_is_kept_from_editors():
    def firsts(patterns):
        for each in patterns:
            text = str(each.pattern)
            if text:
                yield text.lstrip("^").partition("/")[0].partition("(")[0]
            elif hasattr(each, "url_patterns") and "wagtail" not in str(
                each.urlconf_name
            ):
                yield from firsts(each.url_patterns)

    # No address that an editor gives has a dot in it.
    ours = {each for each in firsts(urlpatterns) if each and "." not in each}
    assert ours <= TAKEN
