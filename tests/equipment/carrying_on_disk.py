"""
``python -m equipment.carrying_on_disk``: a new site with a connection to a network.

The network is the one at ``NETWORK_URL`` that knows ``NETWORK_TOKEN``.
"""

from __future__ import annotations

import os

import django


EDITOR, PASSWORD = "ida@kgnd.example", "along the ground"


def write() -> int:
    """Write it, with a section for its stories and an administrator; return its number."""
    from django.contrib.auth.models import Group

    from groundwave.pages.models import HomePage, SectionPage
    from groundwave.people.models import User
    from groundwave.stations.actions import open_station
    from groundwave.stations.models import Licensee
    from groundwave.syndication.models import Arrival, Connection

    licensee = Licensee.objects.create(name="KGND Community Radio")
    open_station(licensee, slug="kgnd", name="KGND", timezone="America/Denver")
    ida = User.objects.create_user(EDITOR, PASSWORD)
    for group in ("Editor", "Administrator"):
        ida.groups.add(Group.objects.get(name=group))
    nation = SectionPage(title="Islands", slug="islands")
    connection = Connection.objects.create(
        name="Far Shore",
        upstream="cds",
        address=os.environ["NETWORK_URL"],
        key=os.environ["NETWORK_TOKEN"],
        section=HomePage.objects.get().add_child(instance=nation),
        arrival=Arrival.PUBLISH,
        origin="Far Shore Radio",
        origin_url="https://far-shore.example/",
        # Nothing comes before the editor asks.
        is_active=True,
        poll_seconds=3600,
        poll_due_at="2200-01-01T00:00:00Z",
    )
    return int(connection.pk)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    print(write())
