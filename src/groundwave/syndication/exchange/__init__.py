"""
Stations outside a network, exchanging stories, corrections and takedowns.

One that carries another's stories reads them over its API, in the grammar of
``wire.cds``; notices tell it when to look again. A notice is never believed: what has
changed is what the API says.

============ ======================================================================
keys         who may read
brand        who we are, to whoever carries our stories
shelf        our stories as a query finds them
served       our stories as documents
signing      how a notice shows that it is from whom it says
publishing   noticing that a story of ours changed
notices      telling partners
introducing  telling others where we are told
listening    learning where partners are told
hearing      being told
patience     how long to wait for whoever is not there
============ ======================================================================
"""
