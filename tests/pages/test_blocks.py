from __future__ import annotations

import pytest

from equipment.photos import developed, keep_photo
from groundwave.pages.models import HomePage, PlainPage


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "caption", "credit"),
    [
        ({}, "The mast in the snow.", "Ida Marsh / KGND"),
        ({"caption": "Our mast", "credit": "Sol Reed"}, "Our mast", "Sol Reed"),
    ],
)
def test_a_picture_has_the_words_of_its_photo_unless_a_page_has_others(
    client, kgnd, said, caption, credit
):
    photo = developed(keep_photo(caption="The mast in the snow.", width=60, height=40))
    page = PlainPage(title="Who we are", slug="who")
    page.body.append(("picture", {"image": photo, **said}))
    HomePage.objects.get().add_child(instance=page)

    text = " ".join(client.get("/who/").content.decode().split())

    assert (
        f'<figcaption> {caption} <span class="picture__credit">{credit}</span>' in text
    )
