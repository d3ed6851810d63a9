"""What is drawn, to the eye: not its bytes."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from groundwave.delivery.card_drawing import SIZE, Words, _face, draw


@pytest.fixture
def font() -> str:
    found = finders.find("groundwave/fonts/bricolage-grotesque-latin.woff2")
    assert isinstance(found, str)
    return found


def ink(font: str, weight: str) -> int:
    return sum(bytes(_face(font, 60, weight).getmask("Ferry")))


def test_a_headline_is_heavier_than_what_stands_under_it(font):
    assert ink(font, "ExtraBold") > 1.2 * ink(font, "SemiBold")
    assert ink(font, "SemiBold") > 1.1 * ink(font, "Regular")


def test_a_card_without_a_photo_is_of_the_size_it_says(font):
    card = draw(font, Words("Ferry aground", "KGND 89.3", ""))

    assert Image.open(BytesIO(card)).size == SIZE
