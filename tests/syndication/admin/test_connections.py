"""Connections at the desk: asked for in a form, refused in words, never showing a key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from groundwave.newsroom.models import Topic
from groundwave.syndication.models import Connection, Poll
from syndication.carried import KEY, come, longwave


pytestmark = pytest.mark.django_db


@pytest.fixture
def form(news):
    def form(*rules, **said):
        usual = {
            "name": "Longwave",
            "upstream": "cds",
            "address": "https://content.far-shore.example",
            "key": KEY,
            "query": "profileIds=story",
            "section": news.pk,
            "arrival": "hold",
            "hold_minutes": "120",
            "most_on_front": "3",
            "pictures": "lease",
            "wish": "canonical",
            "origin": "Longwave",
            "origin_url": "",
            "origin_zone": "America/New_York",
            "poll_seconds": "180",
            "is_active": "on",
            "category_rules-TOTAL_FORMS": len(rules),
            "category_rules-INITIAL_FORMS": 0,
            "category_rules-MIN_NUM_FORMS": 0,
            "category_rules-MAX_NUM_FORMS": 1000,
        }
        for at, rule in enumerate(rules):
            facts = {"id": "", "section": "", "topic": "", "ORDER": at} | rule
            usual |= {f"category_rules-{at}-{n}": v for n, v in facts.items()}
        return usual | said

    return form


def errors_of(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_an_administrator_adds_one_with_rules_and_sees_how_it_does(chief, form, news):
    topic = Topic.objects.create(name="Ferries", slug="ferries")

    response = chief.post(
        reverse("connections:add"),
        form({"collection": "1002", "topic": topic.pk, "section": news.pk}),
        follow=True,
    )

    made = Connection.objects.get()
    assert response.redirect_chain[-1][0] == reverse("connections:show", args=[made.pk])
    assert (made.key, made.query) == (KEY, "profileIds=story")
    assert made.category_rules.get().topic == topic
    page = response.content.decode()
    assert "It has not been asked yet" in page
    assert "A new story is held for 120 minutes in “News”" in page


def test_the_key_is_never_shown_and_stays_when_it_is_left_empty(
    chief, form, connection
):
    edit = reverse("connections:edit", args=[connection.pk])
    page = chief.get(edit).content.decode()
    assert "One is kept. Leave this empty to keep it." in page
    assert KEY not in page

    response = chief.post(edit, form(name="Longwave 2", key=""))

    connection.refresh_from_db()
    assert (response.status_code, connection.name) == (302, "Longwave 2")
    assert connection.key == KEY


def test_a_form_that_is_refused_does_not_give_the_key_back(chief, form):
    page = chief.post(
        reverse("connections:add"), form(name="", key="typed-and-secret")
    ).content.decode()

    assert "typed-and-secret" not in page


def test_a_key_is_not_sent_to_another_server(chief, form, connection):
    edit = reverse("connections:edit", args=[connection.pk])
    elsewhere = form(key="", address="https://somebody-else.example")

    errors = errors_of(chief.post(edit, elsewhere))
    assert "https://content.far-shore.example" in errors["key"][0]

    chief.post(edit, elsewhere | {"key": "another"})
    connection.refresh_from_db()
    assert (connection.address, connection.key) == (
        "https://somebody-else.example",
        "another",
    )


@pytest.mark.parametrize("key", ["two\nlines", "a\ttab", "nothing\u200b"])
def test_a_key_that_no_question_can_carry_is_refused_in_words(
    chief, form, connection, key
):
    for url in (
        reverse("connections:add"),
        reverse("connections:edit", args=[connection.pk]),
    ):
        [sentence] = errors_of(chief.post(url, form(name="Other", key=key)))["key"]
        assert "Copy the key alone once more." in sentence


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"address": "https://staging.far-shore.example"},
        {"address": "https://content.far-shore.example:8443"},
        {"upstream": "groundwave"},
        {"upstream": "feed", "query": ""},
    ],
)
def test_with_stories_here_it_does_not_turn_to_somebody_else(
    chief, form, connection, elsewhere
):
    edit = reverse("connections:edit", args=[connection.pk])
    come(connection)

    [sentence] = errors_of(chief.post(edit, form(**elsewhere)))["address"]

    assert "Stories came from content.far-shore.example" in sentence
    assert "Make another connection" in sentence
    moved = form(address="http://content.far-shore.example/v1")
    assert chief.post(edit, moved).status_code == 302


def test_a_feed_may_move(chief, form, connection):
    Connection.objects.update(upstream="feed")
    come(connection)
    moved = form(address="https://feeds.far-shore.example", upstream="feed", query="")

    edit = reverse("connections:edit", args=[connection.pk])
    assert chief.post(edit, moved).status_code == 302


@pytest.mark.parametrize(
    "policy",
    [{"pictures": "none"}, {"agencies": "Far Pictures"}, {"keeps_sounds": "on"}],
)
def test_another_policy_reaches_what_is_here(chief, form, connection, policy):
    edit = reverse("connections:edit", args=[connection.pk])
    usual = {"agencies": connection.agencies.replace("\n", "\r\n")}
    come(connection)
    originals = connection.originals.exclude(fingerprint="")
    originals.update(check_due_at=None)

    chief.post(edit, form(name="The same policy", **usual))
    assert originals.get().check_due_at is None

    chief.post(edit, form(**usual | policy))
    assert not originals.exists()
    assert connection.originals.check_due(timezone.now()).exists()


def test_a_key_can_be_forgotten_where_none_is_needed(chief, form, connection):
    edit = reverse("connections:edit", args=[connection.pk])
    assert (
        "without a key"
        in errors_of(chief.post(edit, form(key="", forget_key="on")))["key"][0]
    )

    feed = form(key="", forget_key="on", upstream="feed", query="")
    assert chief.post(edit, feed).status_code == 302
    connection.refresh_from_db()
    assert connection.key == ""


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colectionIds=1001", "“colectionIds” is no parameter of a query."),
        ("profileIds=story&limit=3", "“limit” is said by us."),
        ("showDates=2026-02-30", "which is no day"),
    ],
)
def test_a_query_that_a_service_would_refuse_is_refused_in_words(
    chief, form, query, sentence
):
    errors = errors_of(chief.post(reverse("connections:add"), form(query=query)))

    assert sentence in errors["query"][0]
    assert not Connection.objects.exists()


def test_the_whole_address_of_a_query_may_be_pasted(chief, form):
    pasted = "https://content.api.npr.org/v1/documents?collectionIds=1001,1002"

    chief.post(reverse("connections:add"), form(query=pasted))

    assert Connection.objects.get().query == "collectionIds=1001,1002"


def test_a_feed_has_no_queries(chief, form):
    errors = errors_of(chief.post(reverse("connections:add"), form(upstream="feed")))

    assert errors["query"] == ["A feed has no queries. Leave this empty."]


def test_stories_stand_in_sections_alone(chief, form, story):
    errors = errors_of(chief.post(reverse("connections:add"), form(section=story.pk)))

    assert "section" in errors


def test_a_zone_that_is_none_is_refused(chief, form):
    errors = errors_of(
        chief.post(reverse("connections:add"), form(origin_zone="Eastern"))
    )

    assert "Eastern is not a time zone." in errors["origin_zone"][0]


def test_nobody_is_asked_all_the_time(chief, form):
    response = chief.post(reverse("connections:add"), form(poll_seconds="5"))

    assert "Ask at most once a minute" in response.content.decode()


def test_saving_has_it_asked_at_once_and_another_question_for_everything(
    chief, form, connection
):
    Connection.objects.update(
        poll_due_at=timezone.now() + timedelta(hours=1),
        watermark=timezone.now(),
        failures=3,
        trouble="It did not answer.",
    )
    edit = reverse("connections:edit", args=[connection.pk])

    chief.post(edit, form(key="", query=""))
    connection.refresh_from_db()
    assert connection.poll_due_at <= timezone.now()
    assert connection.watermark is not None

    chief.post(edit, form(key="", query="collectionIds=1001"))
    connection.refresh_from_db()
    assert (connection.watermark, connection.failures) == (None, 0)
    assert connection.trouble == ""


def test_the_list_says_in_words_how_each_does(chief, news, page_of):
    now = timezone.now()
    well = longwave(news, name="Well", polled_at=now - timedelta(minutes=2))
    well.poll_due_at = now + timedelta(minutes=1, seconds=30)
    well.save()
    longwave(news, name="Paused", is_active=False)
    longwave(
        news,
        name="Broken",
        trouble="It answered 401.",
        failures=2,
        poll_due_at=now + timedelta(hours=1),
    )
    longwave(news, name="Forgotten", poll_due_at=now - timedelta(hours=3))

    page = page_of("connections:index").replace("\xa0", " ")

    assert "Asked 2 minutes ago." in page
    assert "It is asked again in 1 minute." in page
    assert "Paused: nothing new comes." in page
    assert "It answered 401." in page
    assert "It failed 2 times in a row." in page
    assert "It was to be asked 3 hours ago, and nobody did." in page


@pytest.mark.parametrize("facts", [{}, {"is_active": False}])
def test_trouble_with_what_is_here_is_told_though_polling_does_well(
    chief, news, page_of, facts
):
    longwave(news, check_trouble="Stories are missing there.", **facts)

    assert "Stories are missing there." in page_of("connections:index")


def test_it_is_paused_and_asked_again_by_a_press(chief, connection, page_of):
    url = reverse("connections:pause", args=[connection.pk])
    assert "is paused" in chief.post(url, follow=True).content.decode()
    connection.refresh_from_db()
    assert not connection.is_active
    assert url not in page_of("connections:show", connection.pk)

    chief.post(reverse("connections:resume", args=[connection.pk]))

    connection.refresh_from_db()
    assert connection.is_active
    assert connection.poll_due_at <= timezone.now()


def test_a_poll_that_goes_on_shows_how_far_it_is(chief, connection, page_of):
    poll = Poll.objects.create(
        connection=connection, started_at=timezone.now(), found=40, done=10
    )

    state = page_of("connections:state", connection.pk)
    assert "10 of 40 stories gone through" in state
    assert 'max="40" value="10"' in state
    assert "data-goes-on" in state

    poll.ended_at = timezone.now()
    poll.save()
    Connection.objects.update(poll_due_at=timezone.now() + timedelta(minutes=1))
    assert "data-goes-on" not in page_of("connections:state", connection.pk)


def test_one_that_stories_came_from_is_kept(chief, connection):
    come(connection)
    url = reverse("connections:delete", args=[connection.pk])

    response = chief.post(url)

    assert Connection.objects.exists()
    said = [str(each) for each in get_messages(response.wsgi_request)]
    assert "Pause it instead" in said[0]


def test_one_without_stories_may_go(chief, connection):
    chief.post(reverse("connections:delete", args=[connection.pk]))

    assert not Connection.objects.exists()


def test_an_editor_sees_how_it_does_and_may_ask_but_not_change_it(
    sign_in, connection, form, page_of
):
    editor = sign_in("Editor")
    Connection.objects.update(poll_due_at=timezone.now() + timedelta(hours=1))
    assert connection.name in page_of("connections:index")
    page = page_of("connections:show", connection.pk)
    assert reverse("connections:edit", args=[connection.pk]) not in page
    assert "Pause" not in page

    for verb in ("pause", "edit", "delete"):
        url = reverse(f"connections:{verb}", args=[connection.pk])
        assert editor.post(url, form(name="Mine")).status_code in (302, 403)
    connection.refresh_from_db()
    assert (connection.name, connection.is_active) == ("Longwave, national", True)

    editor.post(reverse("connections:ask", args=[connection.pk]))
    connection.refresh_from_db()
    assert connection.poll_due_at <= timezone.now()


def test_a_host_has_nothing_to_do_with_them(sign_in, connection):
    host = sign_in("Host")

    assert "Carrying" not in host.get("/admin/").content.decode()
    for name in ("index", "add"):
        assert host.get(reverse(f"connections:{name}")).status_code == 302
    for name in ("show", "state", "edit"):
        url = reverse(f"connections:{name}", args=[connection.pk])
        assert host.get(url).status_code in (302, 403)
    url = reverse("connections:ask", args=[connection.pk])
    assert host.post(url).status_code in (302, 403)


def test_no_page_of_it_has_the_key(chief, connection):
    come(connection)
    pages = [reverse("connections:index"), reverse("carried_stories:index")]
    pages += [
        reverse(f"connections:{name}", args=[connection.pk])
        for name in ("show", "state", "edit", "delete", "history", "usage")
    ]

    for page in pages:
        response = chief.get(page)
        assert response.status_code == 200, page
        assert KEY not in response.content.decode(), page
