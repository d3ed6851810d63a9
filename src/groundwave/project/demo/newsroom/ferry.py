"""
The story that develops: a ferry on a shoal, and people who count the hurt differently.

Each version is published as an editor publishes it, with an answer to what changed.
In the texts, ``{day}`` is the weekday on which it happened and ``{began}`` the time; the
other names in braces are figures, which are pinned where they stand.
"""

from __future__ import annotations

from datetime import timedelta

from groundwave.newsroom.models import ChangeKind
from groundwave.project.demo.newsroom.canvas import Scene
from groundwave.project.demo.newsroom.staff import IDA, NELL, WREN
from groundwave.project.demo.newsroom.told import (
    Block,
    DemoChange,
    DemoPhoto,
    DemoStory,
    box,
    quotation,
    words,
)


BEGAN_AGO = timedelta(hours=8, minutes=40)

HANDOUT = DemoPhoto(
    Scene(
        seed=55,
        sky=("#aab7ba", "#e3e6e2"),
        ridges=("#a9b4b3",),
        ground=("#8fa1a3", "#41585d"),
        motif="lighthouse",
        fog=3,
    ),
    title="The light at Marrow Point",
    alt="A red and white lighthouse on dark rocks, its beam in the fog.",
    caption="The light at Marrow Point, from the deck of the ferry's sister ship.",
    by="Deck crew",
    handout="Bay Ferry Line",
    shown_for=timedelta(days=2),
)

_GROUNDED = words(
    """
    The ferry Cormorant ran onto a shoal off Marrow Point in thick fog shortly after
    {began} on {day}, with commuters, a school group and 31 cars on board. Boats from the
    harbor reached it within a quarter of an hour.

    Nobody was killed, according to Tamarack County. The ferry is upright and is not
    taking on water, the Bay Ferry Line says.
    """
)
_HEARD = quotation(
    """
    There was no crash. There was a long push, and all the coffee went forward, and then
    all of us did.
    """,
    "Marguerite Solis, who takes the first boat to work",
    "to KGND on the quay",
)
_CAUSE = words(
    """
    ## What went wrong is not known

    The shoal is marked, and on the chart. The north channel, which passes it, has silted
    up over the years; the harbor council voted two days ago to deepen it. The Bay Ferry
    Line says that it is too early to speak of a cause. The county has asked for the
    recordings from the ferry's bridge.
    """
)
_OLD_AGE = words(
    """
    The Cormorant, which is 41 years old, carries up to 240 people on the half-hour run
    between Marrow Bay and the shore road.
    """
)
_TRUE_AGE = words(
    """
    The Cormorant, which is 31 years old, carries up to 240 people on the half-hour run
    between Marrow Bay and the shore road.
    """
)
_BOX = box(
    "If you were on board",
    "Cars can be fetched from the cannery pier once the ferry is afloat",
    "The number 9 bus runs every 20 minutes along the shore road, free of charge",
    "The county answers questions about passengers at the Grange until 10 p.m.",
)
_FIRST_COUNT = words(
    """
    The county says that {county_first} people have been treated for injuries, most of them cuts and
    bruises.
    """
)
_COUNTY_MORE = words(
    """
    {County} people have been treated for injuries, Tamarack County says. It had spoken of
    {county_first} at first.
    """
)
_BOTH_COUNTS = words(
    """
    How many people were hurt depends on who counts. {County} were treated on the quay or
    taken to the hospital, Tamarack County says. Marrow Bay Hospital has treated {hospital},
    according to the Tamarack Ledger; that includes people who came by themselves, some
    of them hours later.
    """
)
_ASHORE = words(
    """
    Everybody is ashore. The Bay Ferry Line says that there were {line} people on
    board; a member of the crew puts it at {crew}. The person spoke on the
    condition of not being named, because the line does not let its crews speak to
    reporters.
    """
)

FERRY = DemoStory(
    slug="ferry-aground-off-marrow-point",
    section="news",
    eyebrow="Developing",
    headline="Ferry runs aground in fog off Marrow Point",
    dek="Boats from the harbor are taking passengers off. The county says that 27 "
    "people were hurt.",
    dateline="Marrow Point",
    photo=DemoPhoto(
        Scene(
            seed=8,
            sky=("#8ea6b4", "#efe3d3"),
            ridges=("#9fb0b3", "#76908f"),
            ground=("#7f9a9d", "#2b4a54"),
            motif="ferry",
            fog=2,
        ),
        title="The Cormorant aground",
        alt="A white ferry with a red funnel lies a little on its side on a sandbank; "
        "fog hides the hills behind it.",
        caption="The Cormorant on the shoal off Marrow Point, an hour after it ran "
        "aground.",
    ),
    bylines=((IDA, "reporter"), (NELL, "editor"), (WREN, "photographer")),
    topics=("Harbor", "The ferry"),
    ago=timedelta(hours=8),
    body=(_GROUNDED, _FIRST_COUNT, _HEARD, _OLD_AGE),
)

# Where blocks stand for what only the site has.
PICTURE: Block = ("picture", HANDOUT)
AUDIO: Block = ("audio", None)
FIGURES: Block = ("figures", {"counted": []})
RELATED: Block = ("related", "council-votes-to-dredge")

CHANGES = (
    DemoChange(
        ago=timedelta(hours=6, minutes=5),
        kind=ChangeKind.UPDATE,
        words="Tamarack County now says that at least 32 people were treated.",
        dek="Boats from the harbor are taking passengers off. The county says that at "
        "least 32 people were hurt.",
        body=(_GROUNDED, _COUNTY_MORE, _HEARD, AUDIO, FIGURES, _OLD_AGE, _BOX),
    ),
    DemoChange(
        ago=timedelta(hours=3, minutes=20),
        kind=ChangeKind.UPDATE,
        words="The hospital counts more people hurt than the county does; this story now "
        "says why.",
        headline="Ferry runs aground in fog; county and hospital differ on the injured",
        dek="The county says that at least 32 people were hurt, the hospital 42. They do "
        "not count the same people.",
        body=(
            _GROUNDED,
            _BOTH_COUNTS,
            _HEARD,
            AUDIO,
            FIGURES,
            _CAUSE,
            PICTURE,
            _OLD_AGE,
            _BOX,
        ),
    ),
    DemoChange(
        ago=timedelta(hours=1, minutes=15),
        kind=ChangeKind.UPDATE,
        words="The last passengers came ashore, and there are accounts of how many there "
        "were.",
        headline="All ashore from grounded ferry; county and hospital differ on the "
        "injured",
        body=(
            _GROUNDED,
            _ASHORE,
            _BOTH_COUNTS,
            FIGURES,
            _HEARD,
            AUDIO,
            _CAUSE,
            PICTURE,
            _OLD_AGE,
            _BOX,
            RELATED,
        ),
    ),
    DemoChange(
        ago=timedelta(minutes=35),
        kind=ChangeKind.CORRECTION,
        words="Earlier versions of this story made the Cormorant ten years older than "
        "it is. It was built 31 years ago.",
        body=(
            _GROUNDED,
            _ASHORE,
            _BOTH_COUNTS,
            FIGURES,
            _HEARD,
            AUDIO,
            _CAUSE,
            PICTURE,
            _TRUE_AGE,
            _BOX,
            RELATED,
        ),
    ),
)
