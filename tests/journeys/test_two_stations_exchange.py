"""Two stations, each a Groundwave of its own: what the one says, corrects and takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from equipment.exchanging import WholeStation
from equipment.transmitters import Page, eventually


pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]

FERRY = "Ferry sinks off Marrow Bay"
BRIDGE = "Bridge to be rebuilt"
WHALE = "Whale seen from the pier"
# Polls are three minutes apart and checks five: what comes sooner was told.
TOLD_SECONDS = 90


Two = tuple[WholeStation, WholeStation]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """KGND in the mountains, and Far Shore Radio, which carries its stories."""
    data = tmp_path_factory.mktemp("stations")
    kgnd = WholeStation(data / "kgnd", "KGND Community Radio", "America/Denver")
    far = WholeStation(data / "far", "Far Shore Radio", "America/Anchorage")
    with ThreadPoolExecutor(2) as both, closing(kgnd), closing(far):
        list(both.map(WholeStation.start, (kgnd, far)))
        far.do("pair", kgnd.do("invite", "Far Shore Radio", kgnd.url), far.url)
        eventually(lambda: all(kgnd.do("partners")), seconds=TOLD_SECONDS)
        yield kgnd, far


def test_a_story_is_carried_corrected_and_taken_down(two: Two, use):
    kgnd, far = two
    story = kgnd.do("publish", FERRY, "At least 32 people are missing.")
    path = _carried(far, FERRY)
    # A story may come a moment before its photo does.
    _until(far, lambda: "The bay at dawn" in far.get(path)[1])
    status, page = far.get(path)

    assert status == 200
    assert "At least 32 people are missing." in page
    assert "Ida Marsh" in page  # the photo's credit
    assert kgnd.url not in _sources(page)
    _is_credited(page, kgnd)

    reader = use(Page(far))
    kgnd.do(
        "correct",
        story,
        "At least 31 people are missing.",
        "An earlier version counted a sailor twice.",
    )
    # What opens later is told of the last change first, which was none.
    while not reader.until("story", seconds=TOLD_SECONDS)["update"]:
        pass
    status, page = far.get(path)
    assert status == 200
    assert "At least 31 people are missing." in page
    assert "At least 32" not in page
    assert "An earlier version counted a sailor twice." in page
    _is_credited(page, kgnd)

    kgnd.do("kill", story)
    _until(far, lambda: far.get(path)[0] == 410)
    status, page = far.get(path)
    assert "31 people" not in page
    assert FERRY not in far.get("/")[1]
    assert FERRY not in far.do("stories")


def test_what_was_carried_is_not_passed_on(two: Two):
    kgnd, far = two
    kgnd.do("publish", BRIDGE, "It was built in 1931.")
    _carried(far, BRIDGE)
    kgnd.do("pair", far.do("invite", "KGND", far.url), kgnd.url)
    far.do("publish", WHALE, "It was a large one.")

    _until(kgnd, lambda: WHALE in kgnd.do("stories"))
    assert sorted(kgnd.do("stories")) == [BRIDGE, WHALE]
    status, page = kgnd.get(_carried(kgnd, WHALE))
    assert status == 200
    assert "Far Shore Radio" in page


def _carried(by: WholeStation, title: str) -> str:
    """Return where *by* has the story, once it has."""
    _until(by, lambda: title in by.do("stories"))
    return urlsplit(by.do("stories")[title]).path


def _until(station: WholeStation, fact: Callable[[], bool]) -> None:
    try:
        eventually(fact, seconds=TOLD_SECONDS)
    except AssertionError:
        pytest.fail(f"It never came about. What did: {station.do('outcomes')}")


def _is_credited(page: str, origin: WholeStation) -> None:
    """Hold the page against what it owes to *origin*."""
    soup = BeautifulSoup(page, "html.parser")
    canonical = soup.select_one("link[rel=canonical]")
    assert canonical
    assert str(canonical["href"]).startswith(f"{origin.url}/news/")
    words = " ".join(soup.get_text().split())
    assert "KGND Community Radio" in words
    year = timezone.now().astimezone(ZoneInfo("America/Denver")).year
    assert f"Copyright {year} KGND Community Radio" in words
    assert "To see more, visit" in words


def _sources(page: str) -> str:
    """Return where its pictures are loaded from."""
    pictures = BeautifulSoup(page, "html.parser").select("img, source")
    return " ".join(str(each.attrs) for each in pictures)
