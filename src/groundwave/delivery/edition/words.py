"""The headers that the front and the site behind it say to each other, and to nobody else."""

from __future__ import annotations


# Beginnings of what a visitor may not say: the front leaves it out.
OURS = "groundwave-"
# The front: the address of who asks.
CLIENT = "Groundwave-Client"
# The front: an answer for everybody is wanted, if there can be one.
WANTS = "Groundwave-Wants-Answer"
# The front: how its memory does, as JSON.
FIGURES = "Groundwave-Figures"
# The site: the body is such an answer, encoded as ``answer.Answer``; without it there
# can be none.
ANSWER = "Groundwave-Answer"
