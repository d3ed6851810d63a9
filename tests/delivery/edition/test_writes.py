from __future__ import annotations

import pytest

from groundwave.delivery.edition.writes import changes_content


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "pages_homepage" ("id") VALUES (%s) RETURNING "id"',
        'INSERT OR IGNORE INTO "stations_link" ("id") VALUES (%s)',
        'UPDATE "wagtailcore_page" SET "live" = %s',
        "  update wagtailcore_page set live = 0",
        'DELETE FROM "stations_link" WHERE "id" IN (%s)',
        "REPLACE INTO wagtailsearch_indexentry_fts VALUES (1)",
        "TRUNCATE django_session, wagtailcore_page",
        "COPY wagtailcore_page FROM STDIN",
        'UPDATE ONLY "wagtailcore_page" SET "live" = %s',
        "-- by hand\nUPDATE wagtailcore_page SET live = 0",
        "WITH old AS (SELECT 1) DELETE FROM wagtailcore_page",
        "WITH gone AS (DELETE FROM wagtailcore_page RETURNING id) SELECT * FROM gone",
        'UPDATE public."django_session" SET x = 1',  # in doubt it does
        'INSERT INTO "django_session_of_ours" VALUES (1)',
        'UPDATE "syndication_original" SET "missing_since" = %s, "title" = %s WHERE "id" = %s',
        'UPDATE "syndication_original" SET "missing_since" = "missing_since" + %s WHERE "id" = %s',
        'UPDATE "syndication_connection" SET "most_on_front" = %s WHERE "id" = %s',
        'UPDATE "wagtailcore_page" SET "missing_since" = %s WHERE "id" = %s',
        'DELETE FROM "syndication_original" WHERE "id" = %s',
    ],
)
def test_whatever_writes_changes_content(sql):
    assert changes_content(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "title" FROM "wagtailcore_page"',
        "SELECT 'to UPDATE or DELETE' FROM wagtailcore_page",
        "(SELECT 1) UNION (SELECT 2)",
        "SELECT 1 FROM wagtailcore_page FOR UPDATE",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "SAVEPOINT s1",
        "PRAGMA foreign_keys = ON",
        "BEGIN IMMEDIATE",
        'UPDATE "django_session" SET "session_data" = %s',
        'INSERT INTO "stations_listeningsession" ("id") VALUES (%s)',
        "DELETE FROM `django_session` WHERE 1",
        "INSERT INTO delivery_edition (id, number) VALUES (1, 1)",
        'UPDATE "syndication_original" SET "checked_at" = %s, "missing_since" = %s WHERE "id" = %s',
        'UPDATE "syndication_original" SET "check_due_at" = NULL WHERE "id" IN (%s, %s)',
        'UPDATE "syndication_connection" SET "polled_at" = %s, "trouble" = %s WHERE "id" = %s',
    ],
)
def test_what_reads_or_is_on_no_page_does_not(sql):
    assert not changes_content(sql)
