"""
How the site and its worker fetch from other people's servers: one way, for all of it.

Laws:

* A connection is made to an address that was resolved once and is public, at every
  hop: a name cannot change its meaning between the check and the call.
* Every wait ends by one deadline and everything read has a limit, packed and
  unpacked, because the other server may be broken or may mean harm.
* What was said to one server, such as a password, is not said to another.
* Whatever goes wrong is an ``OutboundError``, whose sentence says what to do next.

Not by a library: the well-known ones look at no address after it is resolved, and none
of them ends by one deadline what is sent a byte at a time. Heads, chunks and requests
are ``wire``'s.

========= =======================================================================
client    ask, be led on by redirects, get an ``Answer``
target    an address taken apart
places    which addresses are the public's to reach
dialing   from a name to a connection
line      a connection that is waited for with one deadline
reading   heads and bodies off a line
unpacking gzip, deflate and Brotli, never more than there is room for
errors    what can go wrong
========= =======================================================================
"""
