"""Nothing comes out of a stranger's HTML but text as our stories have it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from groundwave.syndication.markup import read_markup
from groundwave.syndication.safe_html import plain


def html(given_html: str) -> str:
    return read_markup(given_html).html


@pytest.mark.parametrize(
    ("came", "left"),
    [
        ("The bell rang.", "<p>The bell rang.</p>"),
        ("<b>Twice</b>, they said.", "<p><b>Twice</b>, they said.</p>"),
        ("<p>One</p>\n<p>Two</p>", "<p>One</p><p>Two</p>"),
        ("<p>One<br><br></p><p>&nbsp;</p>", "<p>One</p>"),
        ("<p>One<br>Two</p>", "<p>One<br>Two</p>"),
        ("One<br> <br>Two", "<p>One</p><p>Two</p>"),
        ("<b>A<b>B</b>C</b>D", "<p><b>ABC</b>D</p>"),
        ("<div><p>One</p>Two</div>", "<p>One</p><p>Two</p>"),
        ("<p><strong>A</strong> <em>b</em></p>", "<p><b>A</b> <i>b</i></p>"),
        ("<h1>A</h1><h4>B</h4>", "<h2>A</h2><h3>B</h3>"),
        ("<b><p>One</p><p>Two</p></b>", "<p><b>One</b></p><p><b>Two</b></p>"),
        ("<ul><li>A</li><li><p>B</p></li></ul>", "<ul><li>A</li><li>B</li></ul>"),
        ("<ol><li>A<ul><li>B</li></ul></li></ol>", "<ol><li>A</li></ol><ul><li>B</li></ul>"),
        ("<ul><li>A</li></ul><ul><li>B</li></ul>", "<ul><li>A</li></ul><ul><li>B</li></ul>"),
        ("<ul><li>A<h3>B</h3></li><li>C</li></ul>", "<ul><li>A</li></ul><h3>B</h3><ul><li>C</li></ul>"),
        ("<blockquote><p>A</p><p>B</p></blockquote>C", "<blockquote>A</blockquote><blockquote>B</blockquote><p>C</p>"),
        ('<a href="https://a.example/?b=1&amp;c" onclick="x()">A</a>', '<p><a href="https://a.example/?b=1&amp;c">A</a></p>'),
        ('<a href="javascript:alert(1)">A</a>', "<p>A</p>"),
        ('<a href="/relative">A</a>', "<p>A</p>"),
        ("<p style='x'>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<script>alert(1)</script><style>p{}</style><svg><script>1</script></svg>", ""),
        ("<p>a\u202eb</p>", "<p>ab</p>"),
    ],
)  # fmt: skip
def test_html_becomes_what_a_text_has(came, left):
    assert html(came) == left


def test_media_in_a_text_is_dropped_and_told():
    markup = read_markup('<p>A<img src="x" onerror="y"></p><iframe src="z">w</iframe>')

    assert markup.html == "<p>A</p>"
    assert markup.dropped == ("img", "iframe")


def test_what_parsers_do_not_agree_on_is_gone():
    assert html('<iframe><a href="javascript:alert(1)">A</a></iframe>B') == "<p>B</p>"
    assert html('A<noembed><img src=x onerror="y">') == "<p>A</p>"


def test_a_table_becomes_paragraphs_and_is_told():
    markup = read_markup("<table><tr><td>High</td><td>4:12</td></tr></table>")

    assert markup.html == "<p>High</p><p>4:12</p>"
    assert markup.flattened == 1


def test_a_full_attribution_is_taken_out():
    markup = read_markup(
        '<p>A</p><div class="x fullattribution">Copyright <b>2024</b><div>Far</div>'
        "</div><p>B</p>"
    )

    assert markup.html == "<p>A</p><p>B</p>"
    assert markup.attribution == "Copyright 2024Far"


def test_plain_text_is_one_line():
    assert plain("AT&amp;T <b>says</b><br>1 &lt; 2<p>so</p>") == "AT&T says 1 < 2 so"
    assert plain("Why 3 < 4") == "Why 3 < 4"
    assert plain("<script>alert(1)</script>Bell") == "Bell"
    assert plain("Ferry " * 100, limit=11) == "Ferry Ferry"


PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<i>", "<em>", "</em>", "<ul>", "</ul>", "<li>"),
    *("</li>", "<h1>", "</h1>", "<h3>", "</h3>", "<blockquote>", "</blockquote>"),
    *("<br>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<script>"),
    *("</script>", "<svg>", "<math>", "<style>", "</style>", "<!--", "-->", "<a>"),
    *('<a href="https://a.example/">', '<a href="javascript:1">', "</a>", "<img>"),
    *("<iframe>", "<textarea>", "<title>", "<noscript>", "&lt;script&gt;", "&nbsp;"),
    *("bell", " ", "\n", "<", ">", '"', "'", "&", "<x", "<p onclick='1'", "\u202e"),
    *("<![", "<?", '<a href="https://a.example/<![&quot;">', "<div class='\">'>"),
    *('<div class="fullattribution">', "<template>", "<select><option>", "<plaintext>"),
]  # fmt: skip
soup = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)
INLINE = r"([^<>]|</?[bi]>|<br>|<a href=\"(https?://|mailto:)[^<>\"]*\">|</a>)+"
SAFE = re.compile(
    rf"(<(?P<one>p|h2|h3|blockquote)>{INLINE}</(?P=one)>"
    rf"|<(?P<all>ul|ol)>(<li>{INLINE}</li>)+</(?P=all)>)*"
)


@given(soup)
def test_nothing_else_can_come_out(came):
    assert SAFE.fullmatch(html(came)), html(came)


@given(soup)
def test_what_came_out_goes_in_and_comes_out_as_it_was(came):
    assert html(html(came)) == html(came)


@given(soup)
def test_what_is_opened_is_closed(came):
    opened: list[str] = []
    for end, tag in re.findall(r"<(/?)(\w+)", html(came)):
        if end:
            assert opened.pop() == tag
        elif tag != "br":
            opened.append(tag)
    assert not opened


@pytest.mark.parametrize(
    "part",
    [
        *("<b>", "<b><i>", "<li>A", "<p>A", "<div>", "A<br>", "<b><p>A", "<ul><li>A"),
        *("<", "<ul></x>", "<b><p></b>", "<a href=x>", "<x>", "<table><td>", "<!--"),
    ],
)
def test_a_long_text_is_read_as_quickly_as_many_short_ones(part):
    long = f"<ul>{part * 20_000} B"

    assert len(html(long)) < 2_000_000
    assert plain(long, limit=1_000_000).endswith("B") or part == "<!--"


def test_text_that_is_nested_too_deeply_is_text():
    assert html("<div>" * 101 + "<b>A</b>") == "<p>A</p>"
    assert html("<div>" * 99 + "<b>A</b>") == "<p><b>A</b></p>"
