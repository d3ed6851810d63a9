"""What people make when nobody has asked them to."""

from __future__ import annotations

from datetime import timedelta

from groundwave.project.demo.newsroom.canvas import Scene
from groundwave.project.demo.newsroom.staff import LUCIA, WREN
from groundwave.project.demo.newsroom.told import (
    DemoPhoto,
    DemoStory,
    quotation,
    words,
)


BELL = DemoStory(
    slug="a-bell-that-nobody-ordered",
    section="culture",
    headline="A bell that nobody ordered finds a tower",
    dek="It came by truck, it was paid for, and it is a quarter tone flat. The Grange is "
    "building it a place to hang.",
    dateline="Grange Hill",
    photo=DemoPhoto(
        Scene(
            seed=21,
            sky=("#c9d9dd", "#f4e6cb"),
            ridges=("#a9b9a9", "#7f9a7b"),
            ground=("#9aa877", "#5d6b45"),
            horizon=0.80,
            motif="bell",
            is_water=False,
        ),
        title="The bell at the Grange",
        alt="A bronze bell under a heavy beam; behind it, soft green hills.",
        caption="It weighs 740 pounds and sounds an A, nearly.",
    ),
    bylines=((LUCIA, "reporter"), (WREN, "photographer")),
    topics=("Music",),
    ago=timedelta(days=2, hours=9),
    body=(
        words(
            """
            The truck arrived at the Grange on a Wednesday in March with one bell, 740
            pounds, freight paid. The driver had a signature to get and no idea who had
            sent it. Seven months later nobody else has one, either.

            The foundry whose mark it bears says that it was ordered by mail and paid for
            in cash. The only instruction, still pinned to the order, was: “Loud enough
            for the boats.”
            """
        ),
        quotation(
            """
            We wrote to everybody who might have done it. Nine of them said that they
            wished they had.
            """,
            "Otis Bramwell, treasurer of the Grange",
        ),
        words(
            """
            It is tuned a quarter tone below A, which the school band's director calls
            “brave” and the Small Town Orchestra has decided to tune to on one night a
            year. The tower, of larch, is to be finished before the first snow; 60 people
            have offered to ring it, and there is a list at the post office.
            """
        ),
    ),
)

TYPEWRITER = DemoStory(
    slug="the-library-lends-a-typewriter",
    section="culture",
    headline="The library lends a typewriter, and 114 people are waiting for it",
    dek="One week each, no renewals. What they write on it is nobody's business, but "
    "some of them leave a page behind.",
    dateline="Marrow Bay",
    photo=DemoPhoto(
        Scene(
            seed=3,
            sky=("#7a8f8c", "#55706d"),
            ridges=(),
            ground=("#4b625f", "#2c3d3b"),
            horizon=0.40,
            motif="typewriter",
            is_water=False,
        ),
        title="The library's typewriter",
        alt="Round black keys in four rows, and a sheet of paper with a few lines.",
        caption="The E sticks in damp weather, which in Marrow Bay is most of it.",
    ),
    bylines=((LUCIA, "reporter"), ("Sol Reed", "editor")),
    topics=("Books",),
    ago=timedelta(days=7, hours=6),
    body=(
        words(
            """
            When the last typewriter shop on Ferry Street closed, its owner gave one
            machine to the library, which did what it does with everything: it gave it a
            number and lent it out.

            That was in June. The list now has 114 names. At a week each, whoever signs up
            today may fetch it in two years and two months.
            """
        ),
        quotation(
            "You cannot take anything back, so you think first. I had forgotten that I "
            "could.",
            "a borrower's page",
            "left in the case, and quoted with the library's leave",
        ),
        words(
            """
            Librarian Maud Eriksen asks for nothing but the ribbon's return. People leave
            pages anyway: a recipe, a resignation, eleven first chapters, and a letter to
            the previous borrower, who has since answered it.

            A second machine has been offered. The library is thinking it over, Eriksen
            says. “There is something to be said for waiting.”
            """
        ),
    ),
)

STORIES = (BELL, TYPEWRITER)
