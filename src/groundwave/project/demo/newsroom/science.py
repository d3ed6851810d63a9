"""What is known of the land and the water, and how."""

from __future__ import annotations

from datetime import timedelta

from groundwave.project.demo.newsroom.canvas import Scene
from groundwave.project.demo.newsroom.staff import DESMOND, NELL
from groundwave.project.demo.newsroom.told import (
    DemoPhoto,
    DemoStory,
    box,
    quotation,
    words,
)
from groundwave.project.demo.week import PRIYA


SNOW_LINE = DemoStory(
    slug="the-snow-line-has-climbed",
    section="land-and-water",
    headline="The snow line has climbed 300 feet, say 31 years of pocket notebooks",
    dek="Every first of November, somebody looked up at Mount Ardent and wrote down "
    "where the white began. Now the notebooks are in one spreadsheet.",
    dateline="Mount Ardent",
    photo=DemoPhoto(
        Scene(
            seed=77,
            sky=("#5b86b5", "#f3dfd3"),
            ridges=("#7d8ea6", "#5a7187", "#3d5a63", "#28443f"),
            ground=("#49645a", "#22342f"),
            horizon=0.72,
            snow=0.42,
            is_water=False,
        ),
        title="Mount Ardent on the first of November",
        alt="A mountain ridge, white above a ragged line, over darker hills.",
        caption="Mount Ardent from the post office, where the notebooks were kept.",
    ),
    bylines=((DESMOND, "reporter"), (NELL, "editor")),
    topics=("Climate", "Wildlife"),
    ago=timedelta(days=1, hours=3),
    body=(
        words(
            """
            In 1995 the postmaster of Marrow Bay, a woman named Agnes Toll, bet a carrier
            a pie that the snow on Mount Ardent came down to the same ledge every first of
            November. To settle it, she wrote the height into a pocket notebook. She did
            not stop, and when she retired her successor did not either.

            Thirty-one entries later, the ledge is bare. A straight line through the
            notebooks rises by about 300 feet in 31 years, with a margin of 90 feet either
            way: single years jump by far more than that.
            """
        ),
        quotation(
            "I would not hang a man on any one of those numbers. But all of them lean the "
            "same way.",
            "Ilse Marchetti, a hydrologist at the county's water office",
            "who was not part of the count",
        ),
        words(
            """
            The office's own instrument, which stands on the mountain's north side, has
            only been there for twelve years. Where the two overlap, they agree to within
            60 feet in ten years of the twelve.

            ## Why anybody waits for it

            Snow that lies high melts late, and what melts late is what the creeks have
            left in August. Each hundred feet is worth about five days, Marchetti says:
            the creeks now run dry two weeks earlier than when the bet was made.

            Toll, who is 88, paid for the pie. “Twice,” she said. “I like pie.”
            """
        ),
        box(
            "How it was counted",
            "By eye, from the post office, at noon on November 1, against marks on a map",
            "Two years are missing: fog",
            "The notebooks are public, and the spreadsheet is as well",
        ),
    ),
)

EELGRASS = DemoStory(
    slug="eelgrass-is-back",
    section="land-and-water",
    headline="The eelgrass is back in the inner bay, and the herring have noticed",
    dek="It was planted by hand, one shoot at a time, by people who were told that it "
    "would not take.",
    dateline="The inner bay",
    photo=DemoPhoto(
        Scene(
            seed=40,
            sky=("#9fd0cf", "#d9efe2"),
            ridges=(),
            ground=("#8fcfc4", "#1d6b63"),
            horizon=0.30,
            motif="eelgrass",
        ),
        title="Eelgrass in the inner bay",
        alt="Long green blades in clear water, and small silver fish above them.",
        caption="Eelgrass off Rope Walk in its third summer. Herring lay their eggs on it.",
    ),
    bylines=((DESMOND, "reporter"),),
    topics=("Wildlife", "Harbor"),
    ago=timedelta(days=4, hours=4),
    body=(
        words(
            """
            Three years ago, forty volunteers waded into the inner bay with 6,000 shoots
            of eelgrass and a box of bent paper clips to pin them down. The last meadow
            had died in 1988, and two attempts to bring it back had washed away.

            This one has grown to a little over five acres, according to a survey by the
            Tamarack Land Trust that was finished last week. In April, herring spawned on
            it, which nobody alive had seen there.
            """
        ),
        quotation(
            """
            The water went white. I called my mother. She said, are you sure it is not
            soap?
            """,
            "Corin Hale, who counts fish for the trust",
        ),
        words(
            """
            What was different this time was the place: the volunteers first moved a
            storm drain that had kept the shallows cloudy. Light reaches the bottom there
            now, and eelgrass needs little else.

            Dredging in the north channel, which the harbor council has just approved, has
            to pause from May 1 for the herring's sake. The trust asked for April 1.
            """
        ),
    ),
)

GROUND_WAVE = DemoStory(
    slug="why-a-radio-wave-follows-the-ground",
    section="land-and-water",
    eyebrow="Explained",
    headline="Why a radio wave follows the ground",
    dek="Light from a lighthouse stops at the horizon. A low note from a mast goes on, "
    "and the sea helps it along.",
    dateline="",
    photo=DemoPhoto(
        Scene(
            seed=63,
            sky=("#0f3038", "#d98a5f"),
            ridges=("#3a5560", "#28434c", "#1a3138"),
            ground=("#16303a", "#081318"),
            motif="mast",
            is_water=False,
        ),
        title="The mast on the flats",
        alt="A red and white mast at dusk, with rings that spread from its foot.",
        caption="The mast on the flats, with its waves drawn in. Nobody has seen one.",
    ),
    bylines=((PRIYA, "reporter"),),
    topics=("Radio",),
    ago=timedelta(days=6, hours=1),
    body=(
        words(
            """
            Stand at the foot of a lighthouse and walk away from it. After some twenty
            miles it is gone: the earth has curved up between you and the lamp, and light
            does not bend to speak of.

            A radio mast does better, if its note is low. An AM station at 600 kilohertz
            makes waves five hundred yards long. As such a wave runs over the ground, it
            drives small currents in it; the ground resists, so the foot of the wave lags
            behind its top, and the whole front leans forward. Leaning, it keeps following
            the surface down.
            """
        ),
        quotation(
            "Think of somebody who runs with one hand along a wall. The wall slows the "
            "hand, and so the runner turns with the wall.",
            "Priya Castellane",
            "on Bench Notes",
        ),
        words(
            """
            How far that carries depends on two things: the length of the wave, and what
            it runs over. Salt water conducts several hundred times better than dry
            ground, and takes less from the wave as it passes. That is why a modest
            station on a coast may be heard across the sea and not in the next valley.

            High notes gain nothing from it. An FM station at 89.3 megahertz has waves of
            eleven feet, which lose their hold on the ground almost at once. It is heard
            as far as its mast can see, and a little farther.

            The part of the wave that does this is called the ground wave. By night there
            is another one, which comes back from the sky; but that is for another Tuesday.
            """
        ),
    ),
)

STORIES = (SNOW_LINE, EELGRASS, GROUND_WAVE)
