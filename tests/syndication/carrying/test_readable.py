"""What a block says, in lines that a person compares."""

from __future__ import annotations

import pytest

from equipment.photos import keep_photo
from groundwave.syndication.carrying.readable import block_in_words, field_in_words


pytestmark = pytest.mark.django_db


def test_a_text_is_a_line_a_paragraph():
    html = "<p>The <b>ferry</b> &amp; we.</p><ul><li>One</li><li>Two</li></ul>"

    assert (
        block_in_words({"type": "text", "value": html}) == "The ferry & we.\nOne\nTwo"
    )


def test_a_quotation_says_who_and_where():
    value = {"quote": "It sank.", "speaker": "A sailor", "context": ""}

    said = block_in_words({"type": "quote", "value": value})

    assert said == "Quotation: It sank.\nSpeaker: A sailor"


def test_a_picture_says_what_it_is_and_whose():
    photo = keep_photo()
    image = {"image": photo.pk, "alt_text": "A mast", "decorative": False}
    value = {"image": image, "caption": "Our mast", "credit": "Ida Marsh"}

    said = block_in_words({"type": "picture", "value": value}).splitlines()

    assert {"A mast", "Caption: Our mast", "Credit: Ida Marsh"} <= set(said)
    assert photo.title in said[0]


def test_what_is_gone_is_said_to_be():
    assert block_in_words(None) == ""
    assert field_in_words("lead_photo", 4711) == "one that is not here any more"
    assert field_in_words("dek", None) == ""
    assert (
        field_in_words("bylines", ["Una Farrow", "Sol Reed"]) == "Una Farrow, Sol Reed"
    )


def test_a_kind_of_block_that_is_not_known_is_shown_as_it_is():
    assert block_in_words({"type": "old", "value": "words"}) == "words"
