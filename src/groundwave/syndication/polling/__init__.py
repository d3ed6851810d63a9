"""
Asking upstreams for stories: what is new there, what changed, what is gone.

Laws:

* No date decides whether an update is taken over: what is not byte for byte what we
  have, but for what the service itself adds, is news.
* The watermark moves only over what was gone through. What is asked for overlaps with
  what was asked before, so that whatever comes late comes all the same.
* Only upstream's own word takes a story down. Silence, an outage, a refusal or an answer
  that makes no sense never does.
* One bad story stops no other one, and is told in words, once.
* Everything ends: a round by its deadline, an answer by its size, a wait by its limit.

============ ====================================================================
asking       what can be asked of any upstream, and what it answers
upstreams    which of them a connection leads to
cds          a service of documents; also another Groundwave
service      the questions to one, and why it may refuse them
sliding      pages of documents by moving the span of time
beside       what a document needs besides itself: people, transcripts, brands
kept         what was fetched already, for a while
feeds        a feed, and the pages of its entries
entries      an entry as an incoming story
paragraphs   ids that paragraphs keep from version to version
timetable    when each story is asked for again
missing      what becomes of stories that upstream has no more
leases       pictures and sounds between their checks
supervising  errors that nobody expected, told as trouble
rounds       one round of polling or of checking, from question to outcome
passing_over why a story is not taken, in words
one_address  a story by the address that somebody pasted
============ ====================================================================
"""
