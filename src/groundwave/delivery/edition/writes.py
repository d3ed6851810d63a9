"""Which SQL changes what a page may be made of."""

from __future__ import annotations

import re


# Written all the time without anything being published, and on no page that is kept.
# A table that is not here counts: a forgotten one costs a rendering, never a stale page.
ASIDE = frozenset(
    {
        "delivery_edition",  # the number itself
        "django_session",  # who signed in; they are never answered from memory
        "django_tasks_database_dbtaskresult",  # what the worker has to do
        "newsroom_linkcheck",  # whether links of a story still lead somewhere; the editor's
        "stations_listeningsession",  # who listened, by the thousand; the admin's
        "syndication_dispatch",  # what networks are to have; the desk's and the worker's
        "syndication_notice",  # what partners are told
        "syndication_outcome",  # what became of each story that came; the desk's
        "syndication_photolease",  # of a photo pages show what the photo itself says
        "syndication_poll",
        "wagtailadmin_editingsession",  # an editor's open tab says so every few seconds
        "wagtailadmin_formstate",  # what an editor has typed and not saved
        "wagtailcore_modellogentry",  # the log of who did what; the admin's
        "wagtailcore_pagelogentry",
        "wagtailcore_referenceindex",  # where something is used; the admin's
        "wagtailcore_uploadedfile",  # half-way through a form
        "wagtailusers_userprofile",  # how somebody likes the admin
    }
)

# What the worker notes of others' stories with every question, in tables that count else.
NOTED = {
    "syndication_connection": frozenset(
        {
            "watermark",
            "poll_due_at",
            "polled_at",
            "failures",
            "trouble",
            "check_trouble",
            "etag",
            "last_modified",
        }
    ),
    "syndication_original": frozenset({"checked_at", "check_due_at", "missing_since"}),
}

# As Django writes them; whatever is written otherwise counts.
_NOTING = re.compile(r'UPDATE "(\w+)" SET ((?:"\w+" = (?:%s|NULL)(?:, )?)+) WHERE')
_COLUMN = re.compile(r'"(\w+)" =')

# Django and people write the table's name behind these, in quotes or not.
_ONE_TABLE = re.compile(
    r"""\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?"""
    r"""|DELETE\s+FROM)\s+["`]?(?P<table>\w+)["`]?(?=[\s(]|$)""",
    re.IGNORECASE,
)
_READING = re.compile(r"[\s(]*SELECT\b", re.IGNORECASE)
_CHANGING = re.compile(
    r"\b(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|COPY)\b", re.IGNORECASE
)


def changes_content(sql: str) -> bool:
    """
    Return whether *sql* may change what a page is made of.

    In doubt it does. A ``SELECT`` that calls a function which writes is not seen.
    """
    if found := _ONE_TABLE.match(sql):
        return found["table"].lower() not in ASIDE and not _only_notes(sql)
    return not _READING.match(sql) and _CHANGING.search(sql) is not None


def _only_notes(sql: str) -> bool:
    noting = _NOTING.match(sql)
    if noting is None:
        return False
    table, columns = noting.groups()
    return NOTED.get(table, frozenset()).issuperset(_COLUMN.findall(columns))
