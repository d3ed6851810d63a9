"""
A network to exchange stories with, on a real socket of this machine.

It behaves as NPR's Content Distribution Service is documented to behave, tells the
same stories in feeds and on pages, and goes wrong in every way that a test asks for::

    from equipment.network.faults import Unavailable
    from equipment.network.server import Network
    from equipment.network.stories import story

    with Network() as network:
        network.publish(story("far-1", title="Ferry runs again"))
        with network.suffering(Unavailable(times=3), at="/v1/documents"):
            ...  # whoever asks network.url with network.token is told 503 three times
        assert network.asked_for("/v1/documents")[0].method == "GET"

========== ======================================================================
assets     the parts of a document: text, pictures, sound, corrections …
stories    documents made of them, and ``every_story``: one with everything on it
others     documents that are no stories: biographies, episodes, newscasts …
oddities   documents with something odd about each, by name
changes    what a newsroom does to a document later: ``network.change(id, …)``
faults     what goes wrong with an answer: ``network.suffering(…)``; also feed_faults
disguises  ways to write the network's address that nobody should fall for
server     the network itself, and what its newsroom can do
========== ======================================================================

Documents name ``HOME`` where they mean their own network; publishing one puts the
address in its place at which the network really listens. Everybody in them, and every
station, is made up; only agencies that stations block are called by their names.
"""
