from __future__ import annotations

from itertools import pairwise

import pytest

from groundwave.project.demo.catalogue import PIECES
from groundwave.project.demo.composing import SCALES, Piece, compose
from groundwave.project.demo.instruments import Instrument


@pytest.fixture(params=PIECES, ids=lambda piece: piece.name)
def piece(request: pytest.FixtureRequest) -> Piece:
    return request.param


def test_a_piece_is_the_same_every_time(piece):
    assert compose(piece) == compose(piece)


def test_notes_come_in_the_order_they_start(piece):
    assert all(one.at <= other.at for one, other in pairwise(compose(piece)))


def test_a_piece_lasts_between_one_minute_and_four(piece):
    last = compose(piece)[-1]

    assert 60 < last.at + last.seconds < 240


def test_the_melody_keeps_to_the_scale(piece):
    scale = {(piece.tonic + step) % 12 for step in SCALES[piece.scale]}
    melody = [note for note in compose(piece) if note.instrument is piece.lead]

    assert {note.pitch % 12 for note in melody} <= scale


def test_everybody_plays_what_their_instrument_can(piece):
    for note in compose(piece):
        lowest, highest = (28, 60) if note.instrument is Instrument.BASS else (43, 96)
        assert lowest <= note.pitch <= highest


def test_no_two_pieces_have_the_same_title():
    assert len({piece.title for piece in PIECES}) == len(PIECES)
