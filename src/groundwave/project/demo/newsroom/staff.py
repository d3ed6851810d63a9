"""Who works in the demo's newsroom, and how each is drawn."""

from __future__ import annotations

from groundwave.project.demo.newsroom.portraits import Likeness
from groundwave.project.demo.week import PEOPLE, PRIYA, DemoPerson


IDA, NELL, WREN = "Ida Marsh", "Nell Corrigan", "Wren Sallow"
DESMOND, LUCIA = "Desmond Achterberg", "Lucía Farrow"

# Who is on the air as well is introduced with the week.
STAFF = (
    *(each for each in PEOPLE if each.name in (IDA, PRIYA)),
    DemoPerson(
        NELL,
        "News editor",
        "Nell Corrigan asks who says so, and then who else does. She came to KGND from "
        "a newspaper that was never printed, and corrects its back issues at night.",
    ),
    DemoPerson(
        WREN,
        "Photographer",
        "Wren Sallow photographs Marrow Bay with a pencil, a ruler and a few lines of "
        "code. Nothing in the pictures has held still, because none of it exists.",
    ),
    DemoPerson(
        DESMOND,
        "Environment reporter",
        "Desmond Achterberg has waded into every inlet of the bay that somebody thought "
        "up. He reports on water, weather and whoever lives in either.",
    ),
    DemoPerson(
        LUCIA,
        "Arts reporter",
        "Lucía Farrow reports on what people make when nobody has asked them to. She "
        "plays second accordion on First Boat Out, which has only the one.",
    ),
)

LIKENESSES = {
    IDA: Likeness("#cfe0df", "#c98f6b", "#3a2a22", "#0f4c5c", long=0.8),
    NELL: Likeness("#e9d6c2", "#f0c7a8", "#b9b3a8", "#7a2e3a", 0.3, has_glasses=True),
    WREN: Likeness("#d9e3cf", "#8d5a3c", "#17130f", "#2f5d3a", long=0.1),
    DESMOND: Likeness(
        "#d3dbe8", "#e5b48f", "#8a4b12", "#1f3f7a", 0.0, has_glasses=True
    ),
    LUCIA: Likeness("#efdcae", "#b97a52", "#221a1c", "#6b2a5e", long=1.0),
    PRIYA: Likeness("#e3d3e4", "#a8683f", "#15100e", "#4a3b78", long=0.6),
}
