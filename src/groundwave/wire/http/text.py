"""
Text from machines that do not say which charset they speak.

Encoders send titles and names as UTF-8, as Windows bytes or as both on
different days. The rule is everywhere the same: a named charset if there is
one, else UTF-8 if the bytes are valid UTF-8, else the given fallback.
"""

from __future__ import annotations

import codecs
import re


WINDOWS = "cp1252"
"""What a byte that is not UTF-8 most likely means: Latin-1 with Windows' quotes."""

_CHARSETS = re.compile(
    r"utf-?8|(us-)?ascii|iso-?8859-[0-9]{1,2}|latin-?[0-9]{1,2}"
    r"|(cp|windows-)?125[0-8]|koi8-[ru]|shift-?jis|euc-(jp|kr)|big5|gb(k|2312|18030)"
)
_UNSEEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028\\u2029"
    # Marks that turn the reading direction around would scramble pages and logs.
    "\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]+"
)


def decode_text(data: bytes, *, charset: str = "", fallback: str = WINDOWS) -> str:
    """
    Decode *data* by *charset*, else as UTF-8, else by *fallback*; never fail.

    A charset that Python does not know counts as not given.
    """
    if data.isascii():  # which means the same in every charset on the list
        return data.decode()
    named = [known_charset(charset), "utf-8", known_charset(fallback)]
    for encoding in filter(None, named):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(WINDOWS, "replace")


def known_charset(name: str) -> str:
    """Return Python's name for a charset that titles come in, else ``""``."""
    # A closed list: Python remembers every name that it was ever asked for, and
    # some of its codecs take quadratic time over what a stranger sends.
    if not _CHARSETS.fullmatch(name.strip().lower().replace("_", "-")):
        return ""
    try:
        found = codecs.lookup(name.strip()).name
    except LookupError:
        return ""
    # Who says Latin-1 and sends 0x92 means Windows' apostrophe, as on the web.
    return WINDOWS if found == "iso8859-1" else found


def clean_text(text: str, *, limit: int) -> str:
    """Strip what cannot be seen, fold white space, cut to *limit* characters."""
    return " ".join(_UNSEEN.sub(" ", text).split())[:limit].rstrip()
