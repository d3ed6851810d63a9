"""
``groundwave up``: the whole station from one command, until Ctrl-C.

``preparing`` makes the database and the demo station ready, in a process of its own
so that what watches over the station stays small; ``keeper`` keeps one program
running; ``leash`` is what every child starts with, so that none outlives ``up``;
``together`` puts them in order.

Laws:

* One program's end is that program's affair: nothing else is restarted or waits.
* The transmitter starts as soon as there is a line-up, and is the last to stop.
* Before anything is started, everything is seen to be free: the data, the ports.
* Nothing that is printed can make a child wait, however slow the terminal.
"""

from __future__ import annotations
