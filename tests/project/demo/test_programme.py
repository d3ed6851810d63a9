from __future__ import annotations

from itertools import islice, pairwise
from random import Random

import numpy as np

from groundwave.project.demo.catalogue import PIECES
from groundwave.project.demo.programme import BREAK_TITLE, programme, station_break
from groundwave.project.demo.sound import RATE
from groundwave.project.demo.voice import SOUNDS, say, sentences


def test_the_station_is_identified_before_every_piece():
    titles = [part.title for part in islice(programme(Random(1)), 8)]

    assert titles[::2] == [BREAK_TITLE] * 4
    assert BREAK_TITLE not in titles[1::2]


def test_every_piece_is_heard_before_one_is_heard_again():
    pieces = [
        part.title for part in islice(programme(Random(2)), 1, 6 * len(PIECES), 2)
    ]

    for start in range(0, len(pieces), len(PIECES)):
        assert len(set(pieces[start : start + len(PIECES)])) == len(PIECES)
    assert all(one != other for one, other in pairwise(pieces))


def test_the_announcer_says_every_sentence_that_is_written_down():
    lines = (SOUNDS / "words.txt").read_text().splitlines()
    written = [line.partition(":")[0] for line in lines if not line.startswith("#")]

    assert sorted(written) == sentences()


def test_the_voice_files_stay_small():
    assert sum(path.stat().st_size for path in SOUNDS.glob("*.wav")) < 600_000


def test_a_station_break_is_short_and_not_cut_off():
    for sentence in sentences():
        sound = np.concatenate(list(station_break(sentence).blocks), axis=1)
        assert say(sentence).shape[1] < sound.shape[1] < 12 * RATE
        assert np.abs(sound).max() < 0.86
        assert np.abs(sound[:, -100:]).max() < 0.02
