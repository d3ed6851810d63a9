"""What happened on land: the council, the school, the cannery."""

from __future__ import annotations

from datetime import timedelta

from groundwave.project.demo.newsroom.canvas import Scene
from groundwave.project.demo.newsroom.staff import IDA, NELL, WREN
from groundwave.project.demo.newsroom.told import (
    DemoPhoto,
    DemoStory,
    box,
    quotation,
    words,
)


DREDGING = DemoStory(
    slug="council-votes-to-dredge",
    section="news",
    eyebrow="Harbor",
    headline="Council votes, 4 to 3, to dredge the north channel",
    dek="The harbor pays $2.1 million for a channel two feet deeper. The oyster growers "
    "asked for a year to move their beds, and were given until March.",
    dateline="Marrow Bay",
    photo=DemoPhoto(
        Scene(
            seed=12,
            sky=("#7fb0c4", "#f6e3c0"),
            ridges=("#8aa5ab", "#567d84", "#365e63"),
            ground=("#4f8490", "#173b47"),
            sun=(0.74, 0.40, 0.05, "#fff3d6"),
            motif="boats",
        ),
        title="Boats in the north channel",
        alt="Three small boats on a bright bay; behind them, blue hills in rows.",
        caption="Boats in the north channel at low tide. At its shallowest it has nine "
        "feet of water.",
    ),
    bylines=((IDA, "reporter"), (NELL, "editor")),
    topics=("Harbor", "Money"),
    ago=timedelta(days=2, hours=5),
    body=(
        words(
            """
            The harbor council voted on Thursday night to dredge the north channel from
            nine feet to eleven, after three hours in which everybody in the room agreed
            that the channel is too shallow and nobody agreed on whose fault that is.

            The work costs $2.1 million. The county pays half of it, if the council's
            half is spent before the end of next year; the rest comes from mooring fees,
            which rise by six percent.

            Council member Abel Thorne, who moved the vote, said that the ferry has
            touched bottom twice this autumn. The ferry line confirms one of the two.
            """
        ),
        quotation(
            "You can hear it in the wheelhouse. It is not a scrape. It is more of a sigh.",
            "Abel Thorne, harbor council",
            "to the council on Thursday",
        ),
        words(
            """
            ## What the growers asked for

            Four families grow oysters along the channel's western edge. Dredging stirs
            up silt, and silt smothers oysters, so they asked for one more year to move
            their beds to the inner bay. The council gave them until March.

            “March is when you would move them if you wanted to lose a third,” said
            Hester Quill, who has the largest of the four leases. The council's own
            consultant put the loss at “between a tenth and a fifth” in a report that
            the growers received on the afternoon of the vote.

            The three who voted against the motion said that they would have voted for
            it in May.
            """
        ),
        box(
            "The vote",
            "For: Thorne, Okafor, Lindgren, Bell",
            "Against: Quintero, Hallam, Pruitt",
            "Dredging may begin on March 15 and has to stop for the herring on May 1",
        ),
    ),
)

SCHOOL = DemoStory(
    slug="school-will-start-later",
    section="news",
    headline="Marrow Bay High will start at 8:45, and the bus will wait",
    dek="Teenagers asked for it, doctors asked for it, and in the end it was the bus "
    "company's timetable that made it possible.",
    dateline="Marrow Bay",
    photo=DemoPhoto(
        Scene(
            seed=5,
            sky=("#1d2a52", "#e79a6a"),
            ridges=("#6a5270", "#46405e"),
            ground=("#3b4a44", "#1d2725"),
            horizon=0.66,
            motif="school",
            is_water=False,
        ),
        title="Marrow Bay High before dawn",
        alt="A long school building at dawn, most of its windows lit.",
        caption="The first bell has rung at 7:30 since 1974, in December a quarter of an "
        "hour before sunrise.",
    ),
    bylines=((IDA, "reporter"),),
    topics=("Schools",),
    ago=timedelta(days=3, hours=2),
    body=(
        words(
            """
            From January, the first bell at Marrow Bay High School rings at 8:45 instead
            of 7:30. The school board decided it without a vote against, after a petition
            that 211 of the school's 340 students signed.

            Pediatricians have recommended for years that high schools start no earlier
            than 8:30. What stood in the way here was the number 9 bus, which brings
            students from the shore road and had to be back for the cannery's first
            shift by eight.

            The shift now begins at seven, and the bus is free.
            """
        ),
        quotation(
            """
            We had studies. We had a doctor. What we did not have, until October, was
            a bus.
            """,
            "Junie Vance, 17, who wrote the petition",
            "in an interview on Monday",
        ),
        words(
            """
            School ends at 3:40 from then on. The band, which rehearsed after lunch, will
            rehearse before the first bell: its members were asked, and said that they
            would be there anyway.
            """
        ),
    ),
)

CANNERY = DemoStory(
    slug="cannery-apartments",
    section="news",
    headline="The old cannery gets 40 apartments, and keeps its whistle",
    dek="Half of them are for people who work in the county and cannot afford to live "
    "in it. The first keys are promised for next autumn.",
    dateline="Ferry Street",
    photo=DemoPhoto(
        Scene(
            seed=31,
            sky=("#354a6e", "#f2b279"),
            ridges=("#73667d", "#514a63"),
            ground=("#7d6a6e", "#26303e"),
            sun=(0.18, 0.50, 0.045, "#ffd9a0"),
            motif="cannery",
        ),
        title="The cannery on Ferry Street",
        alt="A row of saw-toothed roofs on piles over the water, a chimney at one end.",
        caption="The cannery on Ferry Street closed in 2009. Its whistle has gone at "
        "noon ever since; nobody has found out who sees to it.",
    ),
    bylines=((IDA, "reporter"), (WREN, "photographer")),
    topics=("Housing", "Money"),
    ago=timedelta(days=5, hours=7),
    body=(
        words(
            """
            The county housing trust has bought the cannery on Ferry Street and will
            build 40 apartments in it, 20 of them at rents that a nurse's aide or a
            deckhand can pay.

            The trust says the whole of it costs $11.4 million, and that nine tenths of
            the money is there. The missing tenth is a state grant that is decided in
            February.

            Rents in Marrow Bay have risen by half in six years, according to the county
            assessor. The ferry line, the school and the hospital all say that they have
            lost people they had already hired, because there was nowhere for them to
            live.
            """
        ),
        quotation(
            "I offered a man a job, and he asked me where he would sleep. I did not have "
            "a second sentence.",
            "Rosalind Tamm, who runs the hospital's kitchen",
        ),
        words(
            """
            The saw-toothed roof stays, and so does the whistle: the deed obliges every
            owner “to suffer it to be sounded at noon.” Lawyers for the trust looked into
            it and concluded that they like it, too.
            """
        ),
    ),
)

STORIES = (DREDGING, SCHOOL, CANNERY)
