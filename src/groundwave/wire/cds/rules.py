"""
What the grammar asks of a value, whether it was read or is to be written.

The rules of single values and links come from the marks beside their types
(``grammar``); those that span a document, from the profiles it claims (``claims``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from groundwave.wire.cds.fields import Field, Shape
from groundwave.wire.cds.grammar import Links, To
from groundwave.wire.cds.link import ImageFile, Link
from groundwave.wire.cds.oddity import Odd, Report
from groundwave.wire.cds.pointer import place
from groundwave.wire.cds.profiles import is_name


_ID = re.compile(r"[1-9]+[0-9]*(-[a-z0-9-]+)?|[a-z]+[a-z0-9]*-[a-z0-9-]+", re.ASCII)
_CONTACT = re.compile(r"(https?://|mailto:).*", re.IGNORECASE | re.DOTALL)
_TEMPLATE = re.compile(r"([^{]|\{(width|quality|format)\})*")
# What neither XML nor a database has room for.
_NO_TEXT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
LARGEST_NUMBER = 1 << 53
"""Beyond it, not every program reads a number as it was written (RFC 8259, 6)."""


def clean(text: str) -> str:
    """Return *text* without what no text has."""
    return _NO_TEXT.sub("", text)


def check_id(id_: str, where: str, report: Report) -> None:
    """Report *id_* if it cannot be the id of a document or of an asset."""
    if not _ID.fullmatch(id_):
        report.tell(where, Odd.BAD_ID, id_)


def check_profiles(names: Iterable[str], where: str, report: Report) -> None:
    """Report those of *names* that no profile can have."""
    for name in names:
        if name and not is_name(name):
            report.tell(where, Odd.BAD_WORD, name)


def check_value(field: Field, value: object, where: str, report: Report) -> None:
    """Report what is wrong about a text, some texts or nothing at all."""
    if value in (None, "", ()):
        if field.nonempty or (field.required and value is None):
            report.tell(where, Odd.MISSING, field.key)
    elif isinstance(value, str) and field.words and value not in field.words:
        report.tell(where, Odd.BAD_WORD, value)
    elif isinstance(value, tuple) and field.shape is Shape.TEXTS:
        for text, times in Counter(value).items():
            if times > 1:
                report.tell(where, Odd.REPEATED, text)


def check_link(
    link: Link, rules: Links, kinds: Mapping[str, str], where: str, report: Report
) -> None:
    """Report what is wrong about *link*; *kinds* are those of the assets there are."""
    _check_target(link, rules, kinds, where, report)
    for rel in sorted({*link.rels} - rules.rels):
        report.tell(place(where, "rels"), Odd.BAD_REL, rel)
    if rules.needs and rules.needs.isdisjoint(link.rels):
        report.tell(where, Odd.NO_REL, " ".join(sorted(rules.needs)))
    if isinstance(link, ImageFile) and not _TEMPLATE.fullmatch(link.href_template):
        report.tell(place(where, "hrefTemplate"), Odd.BAD_TEMPLATE, link.href_template)


def check_repeated(
    link: Link, rules: Links, seen: set[object], where: str, report: Report
) -> None:
    """Report *link* if one like it is in *seen* and must not be; put it there."""
    known = (link.href, link.rels)
    if rules.unique and known in seen:
        report.tell(where, Odd.REPEATED, link.href)
    seen.add(known)


def _check_target(
    link: Link, rules: Links, kinds: Mapping[str, str], where: str, report: Report
) -> None:
    if not _leads_to(rules.to, link):
        report.tell(where, Odd.ELSEWHERE, link.href)
    elif rules.to is To.ASSET and link.asset_id not in kinds:
        report.tell(where, Odd.DANGLING, link.href)
    elif rules.kinds and kinds[link.asset_id] not in rules.kinds:
        report.tell(where, Odd.WRONG_ASSET, kinds[link.asset_id])


def _leads_to(to: To, link: Link) -> bool:
    match to:
        case To.ASSET:
            return bool(link.asset_id)
        case To.DOCUMENT:
            return link.href.startswith("/") and bool(link.document_id)
        case To.WEB:
            return bool(link.url)
        case To.CONTACT:
            return bool(_CONTACT.fullmatch(link.href))
        case To.ANYWHERE:
            return True
