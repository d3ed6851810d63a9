from __future__ import annotations

import re

import pytest
from PIL import Image as Pixels

from equipment.whole_station import picture
from groundwave.programming.models import Show


pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client, week):
    week["ida"].portrait = picture("Ida Marsh")
    week["ida"].save()
    Show.objects.filter(slug="morning-light").update(image=picture())
    paths = ("/", "/shows/", "/shows/morning-light/", "/people/", "/people/ida-marsh/")
    return {path: client.get(path).content.decode() for path in paths}


def test_every_picture_comes_small_and_in_the_size_it_is_shown(client, pages):
    for path, page in pages.items():
        found = re.findall(r"<picture>(.*?)</picture>", page, re.DOTALL)
        assert found, path
        for each in found:
            avif, rest = each.split("<img", 1)
            assert 'type="image/avif"' in avif, path
            assert avif.count(".avif ") == 3, path
            assert rest.count(".webp ") == 3, path
            for name in ("sizes", "width", "height", "alt"):
                assert f' {name}="' in rest, (path, name)


def test_what_is_seen_first_is_not_put_off(pages):
    for path in ("/shows/morning-light/", "/people/ida-marsh/"):
        first = re.search(r"<img[^>]+>", pages[path])[0]
        assert 'loading="eager"' in first, path
    assert 'loading="lazy"' in re.search(r"<img[^>]+>", pages["/shows/"])[0]


def test_a_browser_gets_what_it_is_promised(pages, settings):
    paths = set(
        re.findall(r"/media/([^ \",]+\.(?:avif|webp))", "".join(pages.values()))
    )

    assert len(paths) >= 12
    for path in paths:
        with Pixels.open(settings.MEDIA_ROOT / path) as found:
            assert found.format.lower() == path.rpartition(".")[2]
            assert f"{found.width}x{found.height}" in path


def test_a_small_picture_is_named_once_for_each_of_its_widths(client, week):
    small = picture(pixels=200)
    Show.objects.filter(slug="morning-light").update(image=small)

    page = client.get("/shows/morning-light/").content.decode()
    (widths,) = {
        tuple(re.findall(r" (\d+)w", each))
        for each in re.findall(r'srcset="([^"]+)"', page)
    }

    assert widths == ("160", "200")
