"""The demo station's week: who makes which show, and when. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who is not there."""

    name: str
    role: str
    biography: str


@dataclass(frozen=True)
class DemoShow:
    """
    A show and its places in the week.

    Attributes:
        slots: a rule, a wall time and minutes; the time may go past midnight.
        episodes: titles, for the airings to come.
    """

    slug: str
    title: str
    tagline: str
    category: str
    about: str
    hosts: tuple[str, ...] = ()
    slots: tuple[tuple[str, str, int], ...] = ()
    episodes: tuple[str, ...] = ()


def _on(days: str) -> str:
    return f"FREQ=WEEKLY;BYDAY={days}"


ODETTA, WENDELL, PRIYA = "Odetta Reyes", "Wendell Oakfield", "Priya Castellane"
TOMAS, JUNE, IDA = "Tomás Brightwater", "June Halloway", "Ida Marsh"

PEOPLE = (
    DemoPerson(
        ODETTA,
        "Host of Morning Light",
        "Odetta Reyes has read the tide table of Marrow Bay on the air for eleven years, "
        "which is longer than there has been a Marrow Bay. She keeps bees, on paper.",
    ),
    DemoPerson(
        WENDELL,
        "Host of Blue Hour",
        "Wendell Oakfield owns four thousand records that were never pressed, and knows "
        "which side each of them skips on.",
    ),
    DemoPerson(
        PRIYA,
        "Host of Bench Notes",
        "Priya Castellane taught physics at a school that has yet to be built. She "
        "explains one thing a week, and then how we came to believe it.",
    ),
    DemoPerson(
        TOMAS,
        "Host of The Way Home",
        "Tomás Brightwater drove the number 9 bus along the invented shore road before "
        "he sat down at a microphone. He still announces the stops.",
    ),
    DemoPerson(
        JUNE,
        "Host of Kitchen Table",
        "June Halloway asks one question and then waits. Her guests, all of them "
        "imaginary, say it is the waiting that does it.",
    ),
    DemoPerson(
        IDA,
        "Reporter",
        "Ida Marsh covers the harbor council, the high school and the weather for a town "
        "of which no map is known.",
    ),
)

USUAL = DemoShow(
    slug="between-the-tides",
    title="Between the Tides",
    tagline="Music from the bay, whenever nothing else is on",
    category="Music",
    about="<p>Whatever is on the shelf, in an order that nobody has thought about for "
    "too long. It is here whenever nothing else is.</p>",
)

SHOWS = (
    DemoShow(
        slug="the-long-wave",
        title="The Long Wave",
        tagline="Slow music for whoever is up",
        category="Ambient",
        about="<p>Pieces that take their time, for night nurses, bakers and the keeper "
        "of a lighthouse that was never lit.</p>",
        slots=(
            (_on("MO,TU,WE,TH,FR,SU"), "00:00", 300),
            (_on("SA"), "02:00", 240),
        ),
    ),
    DemoShow(
        slug="first-boat-out",
        title="First Boat Out",
        tagline="Tides, wind and the price of fish, none of it real",
        category="Information",
        about="<p>Half an hour of what a fishing town wants to know before it is light, "
        "and half an hour of accordion.</p>",
        slots=((_on("MO,TU,WE,TH,FR"), "05:00", 60),),
    ),
    DemoShow(
        slug="morning-light",
        title="Morning Light",
        tagline="The news of a bay that is on no map, with music in between",
        category="News",
        about="<p>Who said what at the council, which road is closed, and what the "
        "school band has learned. Odetta Reyes opens the windows.</p>",
        hosts=(ODETTA, IDA),
        slots=((_on("MO,TU,WE,TH,FR"), "06:00", 180),),
    ),
    DemoShow(
        slug="kitchen-table",
        title="Kitchen Table",
        tagline="One guest, one question, one hour",
        category="Talk",
        about="<p>June Halloway talks with people who have thought about one thing for a "
        "long time. Nobody is in a hurry and the coffee is theirs.</p>",
        hosts=(JUNE,),
        slots=((_on("MO,TU,WE,TH,FR"), "09:00", 60),),
        episodes=(
            "The woman who names the boats",
            "Forty years of the same bus stop",
            "What the organ tuner hears",
            "A bell that nobody ordered",
            "The last typewriter on Ferry Street",
        ),
    ),
    DemoShow(
        slug="borrowed-records",
        title="Borrowed Records",
        tagline="Two hours from a listener's shelf",
        category="Music",
        about="<p>Every day somebody brings a box. We play it from the front to the "
        "back and give it back washed.</p>",
        slots=((_on("MO,TU,WE,TH,FR"), "10:00", 120),),
    ),
    DemoShow(
        slug="noon-report",
        title="The Noon Report",
        tagline="What has happened since breakfast",
        category="News",
        about="<p>The news of the half day, read slowly enough to be followed.</p>",
        hosts=(IDA,),
        slots=((_on("MO,TU,WE,TH,FR"), "12:00", 30),),
    ),
    DemoShow(
        slug="the-allotment",
        title="The Allotment",
        tagline="What to plant in soil that you have to imagine",
        category="Talk",
        about="<p>Beans, patience and other people's slugs.</p>",
        hosts=(JUNE,),
        slots=((_on("TH"), "15:00", 60), (_on("SU"), "11:00", 60)),
        episodes=("Leeks in the wrong order", "A frost that was promised"),
    ),
    DemoShow(
        slug="half-a-map",
        title="Half a Map",
        tagline="A walk through a place, told by who lives there",
        category="Documentary",
        about="<p>One street, one hour. The other half of the map is yours.</p>",
        slots=((_on("MO"), "15:00", 60), (_on("SA"), "12:00", 60)),
        episodes=("Rope Walk, north side", "The stairs behind the cannery"),
    ),
    DemoShow(
        slug="bench-notes",
        title="Bench Notes",
        tagline="Science, and how we came to believe it",
        category="Science",
        about="<p>Priya Castellane takes one finding apart and puts it together again, "
        "with no screws left over on most weeks.</p>",
        hosts=(PRIYA,),
        slots=((_on("TU"), "15:00", 60), (_on("SU"), "17:00", 60)),
        episodes=("Why a wave follows the ground", "How cold is it, and who says so?"),
    ),
    DemoShow(
        slug="second-reading",
        title="Second Reading",
        tagline="Books, read aloud and argued over",
        category="Books",
        about="<p>A chapter, and then the argument that it started.</p>",
        hosts=(JUNE, PRIYA),
        slots=((_on("WE"), "15:00", 60), (_on("SU"), "10:00", 60)),
        episodes=("The lighthouse in chapter nine", "A novel without a Tuesday"),
    ),
    DemoShow(
        slug="small-town-orchestra",
        title="Small Town Orchestra",
        tagline="Rehearsals, wrong notes included",
        category="Classical",
        about="<p>Eleven players, nine chairs and a conductor by correspondence.</p>",
        slots=((_on("FR"), "15:00", 60), (_on("SU"), "08:00", 120)),
    ),
    DemoShow(
        slug="the-way-home",
        title="The Way Home",
        tagline="Music and roads until supper",
        category="Music",
        about="<p>Tomás Brightwater takes you along the shore road, with every stop.</p>",
        hosts=(TOMAS,),
        slots=((_on("MO,TU,WE,TH,FR"), "16:00", 150),),
    ),
    DemoShow(
        slug="evening-report",
        title="The Evening Report",
        tagline="The day, put in order",
        category="News",
        about="<p>What was decided, by whom, and what they said it would cost.</p>",
        hosts=(IDA,),
        slots=((_on("MO,TU,WE,TH,FR"), "18:30", 30),),
    ),
    DemoShow(
        slug="blue-hour",
        title="Blue Hour",
        tagline="Jazz from records that were never pressed",
        category="Jazz",
        about="<p>Small bands in small rooms. Wendell Oakfield says who is on bass.</p>",
        hosts=(WENDELL,),
        slots=((_on("MO,TH"), "19:00", 120), (_on("SU"), "20:00", 120)),
    ),
    DemoShow(
        slug="strings-attached",
        title="Strings Attached",
        tagline="Fiddles, banjos and one hurdy-gurdy",
        category="Folk",
        about="<p>Tunes that change hands.</p>",
        slots=((_on("TU"), "19:00", 120),),
    ),
    DemoShow(
        slug="night-market",
        title="Night Market",
        tagline="A stall of music from everywhere",
        category="World",
        about="<p>Nothing is labeled and everything may be tried.</p>",
        hosts=(PRIYA,),
        slots=((_on("WE"), "19:00", 120),),
    ),
    DemoShow(
        slug="shift-change",
        title="Shift Change",
        tagline="Something to dance to before the late ferry",
        category="Dance",
        about="<p>For whoever has just clocked off, and for whoever is about to "
        "clock on.</p>",
        hosts=(TOMAS,),
        slots=((_on("FR,SA"), "19:00", 180),),
    ),
    DemoShow(
        slug="lanterns",
        title="Lanterns",
        tagline="Quiet songs for the end of the day",
        category="Songs",
        about="<p>Voices, mostly, and a piano that somebody left in the hall.</p>",
        slots=((_on("MO,TU,WE,TH"), "21:00", 180), (_on("SU"), "22:00", 120)),
    ),
    DemoShow(
        slug="late-ferry",
        title="Late Ferry",
        tagline="From Friday into Saturday, and out to sea",
        category="Electronic",
        about="<p>Four hours over midnight, on a boat that does not call anywhere.</p>",
        hosts=(WENDELL,),
        slots=((_on("FR"), "22:00", 240),),
    ),
    DemoShow(
        slug="weekend-light",
        title="Weekend Light",
        tagline="Morning Light with its feet up",
        category="Magazine",
        about="<p>The week again, more slowly, and with toast.</p>",
        hosts=(ODETTA,),
        slots=((_on("SA"), "07:00", 180),),
    ),
    DemoShow(
        slug="the-tool-library",
        title="The Tool Library",
        tagline="How to mend what you already have",
        category="Talk",
        about="<p>Call in with a noise. Somebody here has heard it before.</p>",
        slots=((_on("SA"), "10:00", 60),),
    ),
    DemoShow(
        slug="harbor-council",
        title="Harbor Council",
        tagline="The council's meeting, whole, every other Saturday",
        category="Civic",
        about="<p>Three hours of a town governing itself, with the motions explained.</p>",
        hosts=(IDA,),
        slots=(("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "14:00", 180),),
    ),
    DemoShow(
        slug="open-mic-at-the-grange",
        title="Open Mic at the Grange",
        tagline="On the first Saturday of the month, whoever turns up",
        category="Live",
        about="<p>Live from a hall with good boards. Bring your own stand.</p>",
        slots=(("FREQ=MONTHLY;BYDAY=1SA", "22:00", 120),),
    ),
    DemoShow(
        slug="evensong-for-doubters",
        title="Evensong for Doubters",
        tagline="Choirs, with room to think",
        category="Choral",
        about="<p>An hour of singing by people who are not sure either.</p>",
        slots=((_on("SU"), "18:00", 60),),
    ),
)
