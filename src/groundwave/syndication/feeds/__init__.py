"""
Feeds with whole stories in them, as values: RSS 2.0, Atom and JSON Feed.

Laws:

* Bytes in, values out: nothing is fetched, no clock is asked, nothing is sanitized.
  HTML in an entry is as hostile as whoever wrote it.
* A feed that declares entities is refused before one is read; size, depth, and how
  many there may be of anything, are bounded.
* What is wrong with an entry is an oddity, said in words with the entry's number; the
  rest of the feed stays good.

Not by feedparser: it grows entities to any size, mends in silence what we have to tell,
and knows neither what was deleted nor JSON Feed.

========= ======================================================================
reading   ``read``: from bytes of any of the three to a ``Feed``
values    what a feed is made of
oddity    what can be odd about it
errors    why something is no feed
fields    texts, addresses and instants, as all three have them
xml_tree  XML without the parts of it that harm
rss       RSS 2.0 with its usual modules
atom      RFC 4287, and RFC 6721 for what was deleted
draft     what an entry says, on its way to one that can be known again
elements  the text and the HTML in an element of XML
media     Media RSS, in RSS and in Atom
json_feed JSON Feed 1.1
========= ======================================================================
"""
