"""One line pairs two stations."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.syndication.actions.pairing import (
    pair,
    pairing_line,
    read_pairing_line,
    renew_keys,
)
from groundwave.syndication.errors import NotAPairingLine, PairingRefused
from groundwave.syndication.models import Arrival, Connection, Pairing, Partner


NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
FAR = "https://far-shore.example"
OURS = "https://kgnd.example"


@pytest.fixture
def partner(kgnd):
    """Somebody who is to carry our stories; the line to it is made here as well."""
    return Partner.objects.create(name="Islands FM")


@pytest.fixture
def theirs(partner):
    """A line that a station gave us; its end of the pairing is not in our database."""
    line = pairing_line(partner, site=f"{FAR}/")
    partner.delete()
    return line


def test_a_line_says_who_and_with_which_key(partner):
    said = read_pairing_line(pairing_line(partner, site=f"{OURS}/"))

    assert (said.name, said.address) == ("KGND Community Radio", OURS)
    assert (said.uid, said.key, said.secret) == (
        partner.uid,
        partner.key,
        partner.secret,
    )


def test_it_survives_a_letter(partner):
    line = pairing_line(partner, site=OURS)
    cuts = range(0, len(line) + 60, 60)
    letter = "\r\n  ".join(line[a:b] for a, b in pairwise(cuts))

    assert read_pairing_line(f"  {letter}\n") == read_pairing_line(line)


@pytest.mark.parametrize("name", ["key", "secret"])
def test_none_is_read_whose_key_no_question_could_carry(partner, name):
    setattr(partner, name, "a" * 30 + "\n")

    with pytest.raises(NotAPairingLine):
        read_pairing_line(pairing_line(partner, site=OURS))


def test_pasting_it_is_all_that_there_is_to_do(theirs, news):
    said = read_pairing_line(theirs)
    connection = pair(
        said, section=news, site=f"{OURS}/", now=NOW, arrival=Arrival.PUBLISH
    )

    connection.refresh_from_db()
    assert connection.upstream == "groundwave"
    assert (connection.address, connection.key) == (FAR, said.key)
    assert (connection.origin, connection.origin_url) == ("KGND Community Radio", FAR)
    assert connection.arrival == Arrival.PUBLISH
    assert connection in Connection.objects.due(NOW)
    pairing = connection.pairing
    assert pairing.notices_at == f"{OURS}/network/notices/{said.uid}"
    assert pairing in Pairing.objects.to_introduce(NOW)


def test_it_can_be_called_something_else(theirs, news):
    said = read_pairing_line(theirs)

    assert str(pair(said, section=news, site=OURS, now=NOW, name="Far")) == "Far"


def test_a_second_line_brings_another_key_and_leaves_the_policy(theirs, news):
    said = read_pairing_line(theirs)
    first = pair(said, section=news, site=OURS, now=NOW, name="Far", arrival="hold")
    partner = Partner(name="Islands FM", uid=said.uid)
    second = read_pairing_line(pairing_line(partner, site="https://moved.example"))
    again = pair(second, section=news, site=OURS, now=NOW)

    assert again.pk == first.pk
    again.refresh_from_db()
    assert (again.name, again.arrival) == ("Far", "hold")
    assert (again.key, again.address) == (partner.key, "https://moved.example")
    assert Pairing.objects.get().secret == partner.secret


def test_renewed_keys_make_the_old_line_worthless(partner):
    before = pairing_line(partner, site=OURS)
    renew_keys(partner)
    partner.refresh_from_db()

    assert read_pairing_line(before).key != partner.key
    assert read_pairing_line(before).secret != partner.secret
    assert read_pairing_line(before).uid == partner.uid


def test_our_own_line_is_for_somebody_else(partner, news):
    said = read_pairing_line(pairing_line(partner, site=OURS))
    with pytest.raises(PairingRefused, match="Send it there"):
        pair(said, section=news, site=OURS, now=NOW)

    assert not Connection.objects.exists()


def test_two_connections_have_two_names(theirs, news):
    Connection.objects.create(
        name="KGND Community Radio", section=news, origin="K", upstream="feed"
    )
    with pytest.raises(PairingRefused, match="already exists"):
        pair(read_pairing_line(theirs), section=news, site=OURS, now=NOW)


@pytest.mark.parametrize(
    "text", ["", "hello", "https://far-shore.example", "groundwave"]
)
def test_something_else_is_no_line(text):
    with pytest.raises(NotAPairingLine, match="ask it for one"):
        read_pairing_line(text)


def test_half_a_line_is_told_from_a_whole_one(partner):
    line = pairing_line(partner, site=OURS)
    for end in range(len("groundwave-pairing:"), len(line)):
        with pytest.raises(NotAPairingLine, match="Copy all of it"):
            read_pairing_line(line[:end])


def test_a_line_that_lost_a_letter_is_told_from_a_whole_one(partner):
    line = pairing_line(partner, site=OURS)
    for lost in range(len("groundwave-pairing:"), len(line)):
        with pytest.raises(NotAPairingLine):
            read_pairing_line(line[:lost] + line[lost + 1 :])


def test_only_the_web_is_paired_with(partner):
    with pytest.raises(NotAPairingLine):
        read_pairing_line(pairing_line(partner, site="file:///etc/passwd"))


def test_a_line_of_somewhere_that_is_no_zone_is_refused(partner, kgnd):
    type(kgnd.licensee).objects.update(timezone="Marrow/Bay")
    with pytest.raises(NotAPairingLine):
        read_pairing_line(pairing_line(partner, site=OURS))


@pytest.mark.parametrize("field", ["key", "secret"])
def test_a_line_that_anybody_could_guess_is_refused(partner, field):
    setattr(partner, field, "")
    with pytest.raises(NotAPairingLine):
        read_pairing_line(pairing_line(partner, site=OURS))


@given(text=st.text())
def test_whatever_is_pasted_is_read_or_refused(text):
    for pasted in (text, f"groundwave-pairing:{text}"):
        with pytest.raises(NotAPairingLine):
            read_pairing_line(pasted)
