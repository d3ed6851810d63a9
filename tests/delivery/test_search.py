from __future__ import annotations

import pytest
from wagtail.models import Page
from wagtail.search import index

from groundwave.delivery.search import MOST_OF_A_KIND, find
from groundwave.pages.models import HomePage, PlainPage
from groundwave.people.models import Person
from groundwave.programming.models import Episode


pytestmark = pytest.mark.django_db


@pytest.fixture
def all_of_it(week):
    """One of each kind about frost, and some that the public may not find."""
    light = week["light"]
    home = HomePage.objects.get()
    found = [
        Episode.objects.create(show=light, title="Frost at dawn", slug="frost"),
        Episode.objects.create(show=week["music"], title="Frost, unlisted", slug="un"),
        Person.objects.create(name="Ada Frost", slug="ada", role_line="Reporter"),
        Person.objects.create(name="Key Holder Frost", slug="key"),
        home.add_child(instance=PlainPage(title="Frost warnings", slug="warnings")),
        home.add_child(instance=PlainPage(title="Frost draft", slug="d", live=False)),
    ]
    light.about = "<p>Songs, and the frost report.</p>"
    light.save()
    for each in [*found, light, week["edition"], week["music"], week["ida"]]:
        index.insert_or_update_object(each)
    return week


def test_everything_that_the_public_may_read_is_found(all_of_it):
    found = find("frost")

    assert [each.title for each in found.shows] == ["Morning Light"]
    assert [each.title for each in found.episodes] == ["Frost at dawn"]
    assert [each.name for each in found.people] == ["Ada Frost"]
    assert [each.title for each in found.pages] == ["Frost warnings"]
    assert found.count == 4


def test_what_the_public_may_not_read_takes_nobodys_place(all_of_it):
    """However many of them there are, and however well they match."""
    hidden = [
        *(
            Episode(show=all_of_it["music"], title="Snow snow", slug=f"snow-{number}")
            for number in range(MOST_OF_A_KIND)
        ),
        *(
            Person(name="Snow snow", slug=f"snow-{number}")
            for number in range(MOST_OF_A_KIND)
        ),
        Episode(show=all_of_it["light"], title="In the snow of the valley", slug="in"),
        Person(name="Ida of the long snow", slug="ida-snow", role_line="Reporter"),
    ]
    for each in hidden:
        each.save()
        index.insert_or_update_object(each)

    found = find("snow")

    assert [each.title for each in found.episodes] == ["In the snow of the valley"]
    assert [each.name for each in found.people] == ["Ida of the long snow"]


def test_a_page_behind_a_password_is_not_found(all_of_it):
    page = Page.objects.get(slug="warnings")
    page.view_restrictions.create(restriction_type="password", password="along")

    assert find("frost").pages == []


def test_all_the_words_must_be_there(all_of_it):
    assert find("frost zebra").count == 0


def test_the_page_shows_what_was_found_and_what_was_asked(client, all_of_it):
    page = client.get("/search/?q=frost").content.decode()

    assert "4 things were found for “frost”." in " ".join(page.split())
    assert 'href="/shows/morning-light/frost/"' in page
    assert 'value="frost"' in page


def test_nothing_asked_is_a_page_with_a_question(client, kgnd):
    page = client.get("/search/").content.decode()

    assert "found for" not in page
    assert 'name="q"' in page


@pytest.mark.parametrize(
    "query",
    [
        *('"', "'", "AND", "NEAR(", "*", "a OR", "-", "%", "\0", "<script>1</script>"),
        *("🙂", "frost " * 400),
    ],
)
def test_whatever_is_typed_is_answered(client, all_of_it, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert "<script>1" not in response.content.decode()


def test_nothing_found_says_what_to_try(client, all_of_it):
    page = client.get("/search/?q=xyzzy").content.decode()

    assert "Try fewer words, or look through the shows." in page
