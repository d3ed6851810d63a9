"""Links of a story that lead elsewhere, and what its editor is told of them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.documents import get_document_model

from groundwave.newsroom.links_out import (
    MOST,
    LinkOut,
    follow,
    have_links_followed,
    links_out,
)
from groundwave.newsroom.models import LinkCheck
from groundwave.newsroom.story_preflight import findings
from groundwave.people.models import User
from groundwave.wire.http.host import Host


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
REPORT = "https://tamarack.example/report"
TEXT = (
    f'<p>The county has <a href="{REPORT}#page=3">a <b>report</b></a>, '
    f'<a href="{REPORT}">again</a>, <a href="mailto:a@b.example">a mail</a>, '
    '<a linktype="page" id="3">a page</a>.</p>'
)


@pytest.fixture
def linking(story):
    story.body = [
        ("text", TEXT),
        ("facts", {"heading": "x", "text": '<a href="http://old.example/x">old</a>'}),
        (
            "elsewhere",
            {"url": "https://vimeo.com/1", "title": "The ferry, a year ago", "by": ""},
        ),
    ]
    story.save()
    return story


def said(story):
    return [each.sentence for each in findings(story, now=NOW)]


def test_every_address_elsewhere_is_found_once_with_its_words(linking):
    assert links_out(linking) == [
        LinkOut(REPORT, "a report"),
        LinkOut("http://old.example/x", "old"),
        LinkOut("https://vimeo.com/1", "The ferry, a year ago"),
    ]


def test_a_link_that_leads_nowhere_is_told_with_its_words(linking):
    LinkCheck.objects.create(url=REPORT, asked_at=NOW, status=404)
    LinkCheck.objects.create(url="https://vimeo.com/1", asked_at=NOW, status=200)

    (told,) = [each for each in said(linking) if "a page that is not there" in each]
    assert told.startswith(
        f"The link “a report” leads to a page that is not there: {REPORT}. Mend"
    )


def test_it_keeps_no_story_back(linking):
    LinkCheck.objects.create(url=REPORT, asked_at=NOW, status=410)

    assert not any(each.is_blocking for each in findings(linking, now=NOW))


def test_the_worker_follows_each_once_a_day(linking):
    have_links_followed(linking, now=NOW)
    have_links_followed(linking, now=NOW + timedelta(hours=23))

    waiting = DBTaskResult.objects.filter(task_path__endswith="follow")
    asked = [each.args_kwargs["args"] for each in waiting]
    urls = [link.url for link in links_out(linking)]
    assert sorted(asked) == sorted([url] for url in urls)

    have_links_followed(linking, now=NOW + timedelta(hours=25))
    assert waiting.all().count() == 2 * len(urls)


def test_more_than_so_many_are_not_followed(story):
    links = "".join(f'<a href="https://a.example/{n}">{n}</a>' for n in range(2 * MOST))
    story.body = [("text", f"<p>{links}</p>")]

    assert len(links_out(story)) == MOST


class Elsewhere(ThreadingHTTPServer):
    """Another site, with one page."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []
        self.host = Host("127.0.0.1", self.server_port)
        self.url = f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def elsewhere():
    with Elsewhere() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_what_each_answers_is_kept(elsewhere, settings):
    settings.GROUNDWAVE_OUTBOUND_ALLOW = {elsewhere.host}
    urls = [f"{elsewhere.url}/{path}" for path in ("there", "nowhere")]
    for url in urls:
        LinkCheck.objects.create(url=url, asked_at=NOW)

    for url in urls:
        follow.call(url)

    answers = dict(LinkCheck.objects.values_list("url", "status"))
    assert [answers[url] for url in urls] == [200, 404]
    assert LinkCheck.objects.dead().get().url == urls[1]


def test_what_leads_into_our_own_network_is_not_asked_and_not_told(elsewhere):
    url = f"{elsewhere.url}/nowhere"
    LinkCheck.objects.create(url=url, asked_at=NOW)

    follow.call(url)

    assert elsewhere.asked == []
    assert LinkCheck.objects.get().status is None


def test_a_document_that_is_not_there_is_told_by_its_name(story):
    file = ContentFile(b"All of it.", name="report.txt")
    report = get_document_model().objects.create(title="The report", file=file)
    story.body = [
        ("text", f'<p><a linktype="document" id="{report.pk}">all</a></p>'),
        ("document", {"document": report, "title": ""}),
    ]
    assert not [each for each in said(story) if "document" in each]

    report.file.storage.delete(report.file.name)

    (told,) = said(story)
    assert told.startswith("The document “The report” is not there any more. Choose")


def test_whoever_opens_the_editor_has_them_followed(client, linking):
    editor = User.objects.create_user("ida@kgnd.example", "along the ground")
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    linking.save_revision()

    client.get(reverse("wagtailadmin_pages:edit", args=[linking.pk]))

    assert LinkCheck.objects.filter(url=REPORT).exists()
