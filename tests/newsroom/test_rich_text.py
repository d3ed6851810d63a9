"""A figure in a text, from the database to the editor and back, and to readers."""

from __future__ import annotations

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText, expand_db_html

from groundwave.newsroom.figures.standing import Status
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db

WORDS = "at least 32, according to Smith &amp; Sons"


@pytest.fixture
def ledger(db):
    return Ledger()


@pytest.fixture
def converter():
    return ContentstateConverter(["figure", "bold", "link"])


def pinned(uid, words=WORDS):
    return f'<a linktype="figure" uid="{uid}">{words}</a>'


def there_and_back(converter, html):
    return converter.to_database_format(converter.from_database_format(html))


def test_it_goes_through_the_editor_unharmed(converter):
    text = f'<p data-block-key="one">So <b>far</b> {pinned(uuid.uuid4())} are.</p>'

    assert there_and_back(converter, text) == text
    assert there_and_back(converter, there_and_back(converter, text)) == text


def test_in_the_editor_it_is_one_piece(converter):
    uid = uuid.uuid4()
    state = json.loads(converter.from_database_format(f"<p>{pinned(uid)}</p>"))

    (entity,) = state["entityMap"].values()
    assert entity == {
        "type": "FIGURE",
        "mutability": "IMMUTABLE",
        "data": {"uid": str(uid)},
    }
    (block,) = state["blocks"]
    (found,) = block["entityRanges"]
    assert block["text"][found["offset"] :][: found["length"]] == (
        "at least 32, according to Smith & Sons"
    )


@pytest.mark.parametrize(
    "uid",
    ["", "1", None, 7, "javascript:alert(1)", '"><script>alert(1)</script>', ["x"]],
)
def test_what_names_no_figure_keeps_its_words_and_nothing_else(converter, uid):
    state = {
        "entityMap": {
            "0": {"type": "FIGURE", "mutability": "IMMUTABLE", "data": {"uid": uid}}
        },
        "blocks": [
            {
                "key": "one",
                "type": "unstyled",
                "depth": 0,
                "text": "<b>32</b>",
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 9, "key": 0}],
            }
        ],
    }

    html = converter.to_database_format(json.dumps(state))

    assert html == '<p data-block-key="one">&lt;b&gt;32&lt;/b&gt;</p>'


def test_a_link_of_any_other_kind_stays_one(converter):
    text = '<p data-block-key="one"><a href="https://kgnd.example/">32</a></p>'

    assert there_and_back(converter, text) == text


def test_readers_are_led_to_the_table(ledger):
    figure = ledger.figure()

    assert expand_db_html(pinned(figure.uid)) == (
        f'<a class="figure-words" href="/events/ferry/#figure-{figure.uid}">{WORDS}</a>'
    )


@pytest.mark.parametrize("uid", [uuid.uuid4(), "", "32", "&quot;&gt;&lt;script&gt;"])
def test_words_of_an_unknown_figure_lead_nowhere(ledger, uid):
    assert expand_db_html(pinned(uid)) == f"<a>{WORDS}</a>"


def test_words_of_a_retracted_figure_lead_nowhere(ledger):
    figure = ledger.figure()
    ledger.judge(figure, Status.RETRACTED)

    assert expand_db_html(pinned(figure.uid)) == f"<a>{WORDS}</a>"


def test_nobody_is_led_to_an_event_that_is_not_public(ledger):
    figure = ledger.figure()
    ledger.event.is_public = False
    ledger.event.save()

    assert expand_db_html(pinned(figure.uid)) == f"<a>{WORDS}</a>"


def test_as_many_figures_as_a_text_has_are_asked_for_at_once(ledger):
    first = ledger.figure(32)
    text = " ".join(
        pinned(each.uid) for each in (first, ledger.figure(42, supersedes=first))
    )

    with CaptureQueriesContext(
        connection,
    ) as asked:
        str(RichText(text))

    assert len(asked) == 2  # figures, and what is thought of them
