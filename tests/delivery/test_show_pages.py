from __future__ import annotations

import re
from datetime import timedelta

import pytest

from groundwave.delivery.show_pages import coming
from groundwave.programming.actions import pre_empt
from groundwave.programming.models import Airing, Episode


pytestmark = pytest.mark.django_db


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_list_has_the_shows_that_are_listed(client, week):
    page = page_of(client, "/shows/")

    assert "Morning Light" in page
    assert "with Ida Marsh" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Music from the Valley" not in page


def test_the_list_can_be_narrowed_to_one_kind(client, week):
    page = page_of(client, "/shows/?category=News")

    assert "Noon Edition" in page
    assert 'href="/shows/morning-light/"' not in page


def test_a_kind_that_nobody_makes_is_an_empty_list_with_a_way_on(client, week):
    page = page_of(client, "/shows/?category=Polka%22%3E%3Cb%3E")

    assert 'href="/schedule/"' in page
    assert "<b>" not in page


def test_a_show_has_its_hosts_and_says_when_it_comes(client, week):
    page = page_of(client, "/shows/morning-light/")

    assert 'href="/people/ida-marsh/"' in page
    assert "Host of Morning Light" in page
    assert '<time datetime="2026-11-02T13:00:00Z">Monday, November 2, 6 a.m.' in page


def test_a_show_that_fills_the_gaps_has_a_page_that_says_so(client, week):
    page = page_of(client, "/shows/music-from-the-valley/")

    assert "It is heard whenever nothing else is planned" in page
    assert "not in the schedule" not in page


def test_what_is_on_now_says_so(week, now):
    first = coming(week["edition"], now=now)[0]

    assert first.is_on_air
    assert first.starts_at == now - timedelta(minutes=30)


def test_a_bulletin_that_lies_over_it_is_what_is_on_now(client, week, show, kgnd, now):
    over = now + timedelta(minutes=10)
    pre_empt(
        kgnd,
        show=show("Bulletin"),
        starts_at=now - timedelta(minutes=5),
        ends_at=over,
        now=now - timedelta(hours=1),
    )

    first = coming(week["edition"], now=now)[0]

    assert not first.is_on_air
    assert first.starts_at == over
    assert 'aria-current="time"' not in page_of(client, "/shows/noon-edition/")


def test_which_time_is_now_is_for_the_readers_clock_to_say(client, week, now):
    page = page_of(client, "/shows/noon-edition/")

    began = now - timedelta(minutes=30)
    assert f'data-from="{began:%Y-%m-%dT%H:%M:%SZ}"' in page
    # Each time has both words, and the style sheet shows the one that is true.
    assert page.count("On now") >= page.count("data-from") > 1


def test_an_airing_that_is_wholly_pre_empted_is_not_promised(week, show, kgnd, now):
    before = [each.starts_at for each in coming(week["light"], now=now)]
    pre_empt(
        kgnd,
        show=show("Special"),
        starts_at=before[0],
        ends_at=before[0] + timedelta(hours=4),
        now=now,
    )

    after = [each.starts_at for each in coming(week["light"], now=now)]

    assert before[0] not in after
    assert after[0] == before[1]


def test_an_airing_that_is_interrupted_is_told_of_once(week, show, kgnd, now):
    first = coming(week["light"], now=now)[0].starts_at
    pre_empt(
        kgnd,
        show=show("Bulletin"),
        starts_at=first + timedelta(hours=1),
        ends_at=first + timedelta(hours=2),
        now=now,
    )

    found = [each.starts_at for each in coming(week["light"], now=now)]

    assert found.count(first) == 1


@pytest.fixture
def episode(week):
    made = Episode.objects.create(
        show=week["light"], title="Frost", slug="frost", about="<p>Cold hands.</p>"
    )
    airing = Airing.objects.filter(show=week["light"]).earliest("starts_at")
    Airing.objects.filter(pk=airing.pk).update(episode=made)
    return made


def test_an_episode_says_what_it_is_and_when_it_was_heard(client, episode):
    page = page_of(client, "/shows/morning-light/frost/")

    assert "Cold hands." in page
    assert 'href="/shows/morning-light/"' in page
    assert re.search(r'<time datetime="2026-10-\d\dT12:00:00Z">', page)


def test_a_show_lists_its_episodes(client, episode):
    assert 'href="/shows/morning-light/frost/"' in page_of(
        client, "/shows/morning-light/"
    )


def test_an_episode_belongs_to_its_show_alone(client, episode):
    assert client.get("/shows/noon-edition/frost/").status_code == 404
    assert client.get("/shows/nothing/").status_code == 404


def test_many_episodes_are_cut_into_pages(client, week):
    for number in range(45):
        Episode.objects.create(
            show=week["light"], title=f"Day {number}", slug=f"day-{number}"
        )

    page = page_of(client, "/shows/morning-light/?page=2")

    assert "Page 2 of 3" in " ".join(page.split())
    assert page_of(client, "/shows/morning-light/?page=900")


def test_hostile_words_stay_words(client, show):
    show("<img src=x onerror=alert(1)>", slug="hostile", tagline='"><script>1</script>')

    for path in ("/shows/", "/shows/hostile/", "/text/shows/", "/text/shows/hostile/"):
        page = page_of(client, path)
        assert "<img src=x" not in page
        assert "<script>1" not in page


def test_pages_of_shows_cost_few_queries(client, week, django_assert_max_num_queries):
    for path in ("/shows/", "/shows/morning-light/"):
        with django_assert_max_num_queries(30):
            client.get(path)
