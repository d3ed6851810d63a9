from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from wagtail.images.models import Filter

from conftest import NOW
from equipment.photos import keep_photo
from groundwave.people.models import User
from groundwave.photos.actions import revoke
from groundwave.photos.errors import Withheld
from groundwave.photos.models import DESK_SPECS, Photo, PhotoRendition
from groundwave.photos.rights import Use, Withholding


pytestmark = pytest.mark.django_db

WIDE = "fill-120x63|format-jpeg"
WHY = [
    ({"photographer": "", "agency": ""}, Withholding.UNCREDITED),
    ({"rights_basis": "unknown"}, Withholding.RIGHTS_UNKNOWN),
    ({"expires_at": NOW}, Withholding.EXPIRED),
    ({"may_be_on_pages": False}, Withholding.NOT_FOR_PAGES),
    ({"revoked_at": NOW, "revoked_reason": "Stolen"}, Withholding.REVOKED),
]


@pytest.fixture(autouse=True)
def _it_is_now(time_machine):
    time_machine.move_to(NOW, tick=False)


def small(**facts):
    return keep_photo(width=60, height=40, **facts)


@pytest.mark.parametrize(
    ("photographer", "agency", "credit"),
    [
        ("Ida Marsh", "KGND", "Ida Marsh / KGND"),
        ("Ida Marsh", "", "Ida Marsh"),
        ("", "AP", "AP"),
        ("", "", ""),
    ],
)
def test_a_credit_names_the_photographer_and_the_agency(photographer, agency, credit):
    assert Photo(photographer=photographer, agency=agency).credit == credit


def test_a_photo_is_made_in_sizes():
    photo = small()

    assert photo.get_rendition(WIDE).width == 60
    assert set(photo.get_renditions("width-30", "width-20")) == {"width-30", "width-20"}


@pytest.mark.parametrize(("facts", "why"), WHY)
def test_what_the_public_may_not_see_is_not_made(facts, why):
    photo = small(**facts)

    assert photo.why_withheld(NOW) is why
    with pytest.raises(Withheld) as refused:
        photo.get_rendition(WIDE)
    with pytest.raises(Withheld):
        photo.get_renditions(WIDE, "width-30", "max-165x165")

    assert refused.value.why is why
    assert str(why.sentence) in str(refused.value)
    assert not PhotoRendition.objects.exclude(filter_spec__in=DESK_SPECS).exists()


@pytest.mark.parametrize(("facts", "why"), WHY)
def test_what_was_made_before_is_not_found_any_more(facts, why):
    pk = small().pk
    Photo.objects.get(pk=pk).get_rendition(WIDE)
    Photo.objects.filter(pk=pk).update(**facts)

    for photo in (
        Photo.objects.get(pk=pk),
        Photo.objects.prefetch_renditions().get(pk=pk),
        Photo.objects.prefetch_related("renditions").get(pk=pk),
    ):
        assert photo.find_existing_renditions(Filter(spec=WIDE)) == {}
        with pytest.raises(Withheld):
            photo.get_rendition(WIDE)


@pytest.mark.parametrize("spec", sorted(DESK_SPECS))
def test_the_desk_sees_every_photo(spec):
    photo = small(photographer="", agency="", rights_basis="unknown")

    assert photo.get_rendition(spec).width


def test_the_sizes_that_pages_show_are_not_the_desks():
    from groundwave.delivery import pictures

    assert not DESK_SPECS & {pictures.SQUARE, pictures.WIDE}


def test_rights_end_at_their_moment():
    photo = small(expires_at=NOW + timedelta(seconds=1))

    assert photo.why_withheld(NOW) is None
    assert photo.why_withheld(NOW + timedelta(seconds=1)) is Withholding.EXPIRED


def test_the_set_and_the_photo_agree_on_what_may_be_shown():
    choices = product(
        [{"photographer": ""}, {}],
        [{"agency": ""}, {}],
        [{"rights_basis": "unknown"}, {}],
        [{"expires_at": NOW + timedelta(seconds=n)} for n in (-1, 0, 1)] + [{}],
        [{"may_be_on_pages": False}, {}],
        [{"may_be_on_cards": False}, {}],
        [{"revoked_at": NOW, "revoked_reason": "Stolen"}, {}],
    )
    blank = {"file": "x.png", "width": 1, "height": 1, "may_be_in_feeds": False}
    known = {"photographer": "Ida", "agency": "AP", "rights_basis": "own"}
    Photo.objects.bulk_create(
        Photo(**blank | known | {k: v for each in facts for k, v in each.items()})
        for facts in choices
    )

    for use in Use:
        found = set(Photo.objects.showable(NOW, use))
        assert found == {p for p in Photo.objects.all() if p.may_be_shown(NOW, use)}
        assert bool(found) is (use is not Use.FEED)


@pytest.mark.parametrize(
    "facts",
    [
        {"rights_basis": "found on the internet"},
        {"rights_basis": "creative_commons", "license_url": ""},
        {"rights_basis": "licensed", "rights_note": ""},
        {"revoked_at": NOW},
        {"revoked_reason": "Stolen"},
    ],
)
def test_the_database_refuses_rights_that_say_nothing(facts):
    photo = small()

    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(**facts)


def test_what_is_being_made_while_it_is_revoked_does_not_outlive_it(
    monkeypatch, settings
):
    photo = small()
    ada = User.objects.create_user("ada@kgnd.example", "along the ground")
    make = Photo.generate_rendition_file

    def made_slowly(self, *args, **facts):
        file = make(self, *args, **facts)
        revoke(Photo.objects.get(pk=self.pk), by=ada, reason="Stolen", now=NOW)
        return file

    monkeypatch.setattr(Photo, "generate_rendition_file", made_slowly)
    with pytest.raises(Withheld):
        photo.get_rendition(WIDE)

    assert not PhotoRendition.objects.exists()
    assert not [*(settings.MEDIA_ROOT / "images").glob("*")]


def test_a_rendition_never_has_the_name_of_one_before_it():
    photo = small()
    first = photo.get_rendition(WIDE)
    first.delete_with_file()

    assert Photo.objects.get(pk=photo.pk).get_rendition(WIDE).url != first.url


def test_the_longest_name_of_a_file_fits():
    photo = small()
    with photo.file.file as original:
        photo.file.save(f"{'mast' * 40}.png", original)

    assert photo.file.name.startswith("originals/mast")
    assert photo.get_rendition(f"{WIDE}|jpegquality-60").url


@pytest.mark.parametrize(
    "tag",
    [
        "{% image photo width-30 %}",
        "{% srcset_image photo width-{20,30} %}",
        "{% picture photo width-{20,30} format-{webp,jpeg} %}",
    ],
)
def test_wagtails_own_tags_go_on_without_it(tag):
    photo = small()
    template = Template("{% load wagtailimages_tags %}" + tag)
    assert "/media/images/" in template.render(Context({"photo": photo}))

    Photo.objects.update(photographer="", agency="")
    photo.refresh_from_db()

    assert "/media/images/" not in template.render(Context({"photo": photo}))
