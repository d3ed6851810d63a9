"""Both sides change a story, and nobody's work is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, strategies as st

from groundwave.syndication.merging import (
    Conflict,
    Merged,
    Override,
    Part,
    State,
    Version,
    merged,
    state_of,
)


IDS = "abcdefgh"
texts = st.sampled_from(["bell", "buoy", "ferry"])
fields = st.dictionaries(st.sampled_from(["title", "dek", "slug"]), texts)


@st.composite
def upstream(draw) -> Version[str]:
    """What upstream may say: blocks with ids, each once, in any order."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True))
    return Version(draw(fields), tuple(Part(draw(texts), each) for each in ids))


@st.composite
def ours(draw) -> Version[str]:
    """The like, with blocks that were added here, and with copies of others."""
    ids = draw(st.lists(st.sampled_from([*IDS, ""])))
    return Version(draw(fields), tuple(Part(draw(texts), each) for each in ids))


@st.composite
def edited(draw) -> tuple[Version[str], Version[str]]:
    """A version of upstream's and what an editor made of it, ids each once."""
    base = draw(upstream())
    left = [
        Part(draw(texts) if draw(st.booleans()) else part.value, part.asset)
        for part in draw(st.permutations(base.body))
        if draw(st.integers(0, 3))
    ]
    for _ in range(draw(st.integers(0, 3))):
        left.insert(draw(st.integers(0, len(left))), Part(draw(texts)))
    return base, Version(draw(fields), tuple(left))


def said(*parts: str, **named: str) -> Version[str]:
    """Return a version: “a” has the text a, “a=x” the text x, “=x” was added here."""
    split = [part.partition("=") for part in parts]
    return Version(named, tuple(Part(value or id_, id_) for id_, _, value in split))


def body(merge: Merged[str]) -> list[str]:
    return [
        part.asset if part.asset == part.value else f"{part.asset}={part.value}"
        for part in merge.version.body
    ]


@given(upstream(), upstream())
def test_what_was_not_changed_here_is_exactly_as_upstream_has_it(base, theirs):
    result = merged(base, theirs, base)

    assert result == Merged(theirs)


@given(edited())
def test_what_upstream_has_not_changed_is_exactly_as_we_have_it(versions):
    base, here = versions
    result = merged(base, base, here)

    assert result.version == here
    assert not result.conflicts
    assert not result.reordered_twice


@given(upstream(), upstream())
def test_the_same_change_on_both_sides_is_no_conflict(base, both):
    assert merged(base, both, both) == Merged(both)


@given(upstream(), upstream(), ours())
def test_what_was_added_here_is_never_lost(base, theirs, here):
    result = merged(base, theirs, here).version.body

    added = Counter(part.value for part in here.body if not part.asset)
    assert Counter(part.value for part in result if not part.asset) >= added


@given(upstream(), upstream(), ours())
def test_no_block_of_upstream_stands_twice(base, theirs, here):
    ids = [part.asset for part in merged(base, theirs, here).version.body if part.asset]

    assert len(ids) == len(set(ids))


@given(upstream(), upstream(), ours())
def test_merging_again_changes_nothing(base, theirs, here):
    once = merged(base, theirs, here)

    assert merged(base, theirs, once.version) == once
    assert merged(theirs, theirs, once.version).version == once.version


@given(upstream(), upstream(), ours())
def test_what_differs_from_upstream_was_changed_here(base, theirs, here):
    result = merged(base, theirs, here)

    was = {part.asset: part.value for part in base.body}
    now = {part.asset: part.value for part in theirs.body}
    first: dict[str, str] = {}
    for part in here.body:
        first.setdefault(part.asset, part.value)
    left = {part.asset: part.value for part in result.version.body if part.asset}
    for id_ in IDS:
        if left.get(id_) != now.get(id_):
            assert left.get(id_) == first.get(id_) != was.get(id_)
    told = {conflict.asset for conflict in result.conflicts}
    assert told == {
        id_
        for id_ in {*was, *now}
        if len({was.get(id_), now.get(id_), first.get(id_)}) == 3
        or (was.get(id_) is None and first.get(id_) not in (None, now.get(id_)))
    }


@given(upstream(), upstream(), ours())
def test_what_was_added_here_stays_behind_its_neighbor(base, theirs, here):
    marked = tuple(
        part if part.asset else Part(f"note {number}")
        for number, part in enumerate(here.body)
    )
    result = merged(base, theirs, Version({}, marked)).version.body

    left = {part.asset for part in result}
    assert neighbors(result) == neighbors(p for p in marked if p.asset in {*left, ""})


def neighbors(parts) -> dict[str, str]:
    """Return which block of upstream's each of our notes stands behind."""
    found: dict[str, str] = {}
    seen = [""]
    for part in parts:
        if part.value.startswith("note"):
            found[part.value] = seen[-1]
        elif part.asset and part.asset not in seen:
            seen.append(part.asset)
    return found


def test_a_note_of_ours_stays_after_the_paragraph_it_is_about():
    base = said("a", "b", "c")
    theirs = said("new", "c", "a", "b")

    assert body(merged(base, theirs, said("a", "b", "=note", "c"))) == [
        *("new", "c", "a", "b", "=note")
    ]


def test_a_note_of_ours_outlives_the_paragraph_it_stands_after():
    result = merged(said("a", "b", "c"), said("a", "c"), said("a", "b", "=note", "c"))

    assert body(result) == ["a", "=note", "c"]


def test_a_paragraph_that_came_upstream_stands_where_upstream_has_it():
    result = merged(said("a", "b"), said("a", "new", "b"), said("b", "=note", "a"))

    assert body(result) == ["b", "=note", "a", "new"]
    assert not result.reordered_twice


def test_two_new_orders_leave_ours_and_are_told():
    result = merged(said("a", "b", "c"), said("c", "a", "b"), said("b", "a", "c"))

    assert body(result) == ["b", "a", "c"]
    assert result.reordered_twice


def test_two_changes_of_a_paragraph_leave_ours_and_are_told():
    result = merged(said("a=one"), said("a=two"), said("a=three"))

    assert body(result) == ["a=three"]
    assert result.conflicts == (Conflict("a", ours="three", theirs="two"),)


def test_a_paragraph_that_we_changed_and_upstream_took_out_stays_and_is_told():
    result = merged(said("a=one", "b"), said("b"), said("a=two", "b"))

    assert body(result) == ["a=two", "b"]
    assert result.conflicts == (Conflict("a", ours="two", theirs=None),)


def test_a_paragraph_that_we_took_out_and_upstream_changed_stays_out_and_is_told():
    result = merged(said("a=one", "b"), said("a=two", "b"), said("b"))

    assert body(result) == ["b"]
    assert result.conflicts == (Conflict("a", ours=None, theirs="two"),)


def test_a_paragraph_that_nobody_changed_here_goes_when_upstream_takes_it_out():
    assert body(merged(said("a", "b"), said("b"), said("a", "b", "=note"))) == [
        *("b", "=note")
    ]


def test_a_copy_that_an_editor_made_of_a_paragraph_is_ours():
    result = merged(said("a"), said("a=new"), said("a", "a=copy"))

    assert body(result) == ["a=new", "=copy"]


def test_a_paragraph_that_we_kept_is_known_again_when_upstream_brings_it_back():
    gone = merged(said("a=one"), said(), said("a=ours"))
    back = merged(said(), said("a=two"), gone.version)

    assert body(back) == ["a=ours"]
    assert back.conflicts == (Conflict("a", ours="ours", theirs="two"),)


def test_a_headline_of_ours_stays_and_tells_what_upstream_says():
    base, theirs = said(title="Ferry stops"), said(title="Ferry runs")
    here = said(title="Our ferry stops")

    first = merged(base, theirs, here)
    assert first.version.fields["title"] == "Our ferry stops"
    (override,) = first.overrides
    assert override == Override("title", "Our ferry stops", "Ferry runs", is_news=True)
    (again,) = merged(theirs, theirs, first.version).overrides
    assert again.theirs == "Ferry runs"
    assert not again.is_news


def test_a_story_is_mirrored_until_somebody_touches_it():
    base = said("a", title="Ferry")

    assert state_of(base, base, is_detached=False) is State.MIRRORED
    noted = said("a", "=note", title="Ferry")
    assert state_of(base, noted, is_detached=False) is State.LOCALIZED
    titled = said("a", title="Boat")
    assert state_of(base, titled, is_detached=False) is State.LOCALIZED
    assert state_of(base, base, is_detached=True) is State.DETACHED


def test_a_body_of_ten_thousand_blocks_is_merged():
    ids = [str(number) for number in range(10_000)]
    base, theirs = said(*ids), said(*reversed(ids))
    here = said(*(part for id_ in ids for part in (id_, "=note")))

    assert len(merged(base, theirs, here).version.body) == 20_000
