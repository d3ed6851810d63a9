"""What it takes to take a story over, which must not grow with what is here."""

from __future__ import annotations

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from groundwave.newsroom.models import Story
from groundwave.pages.models import HomePage, SectionPage
from groundwave.syndication.carrying.stories import slug_for
from groundwave.syndication.incoming import Text
from groundwave.syndication.models import Connection
from syndication.carried import LATER, come, longwave


pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> SectionPage:
    made: SectionPage = HomePage.objects.get().add_child(
        instance=SectionPage(title="Nation", slug="nation")
    )
    return made


@pytest.fixture
def connection(section) -> Connection:
    return longwave(section)


def indexings(name: str) -> int:
    """Return how often the story is to be indexed."""
    args = ["newsroom", "story", str(Story.objects.get().pk)]
    tasks = DBTaskResult.objects.filter(task_path__contains=name)
    return sum(each.args_kwargs["args"] == args for each in tasks)


@pytest.mark.parametrize("index", ["modelsearch", "reference_index"])
def test_a_story_is_indexed_once_although_it_is_saved_several_times(connection, index):
    come(connection)
    assert indexings(index) == 1

    come(connection, Text(id="text-1", html="<p>It stopped again.</p>"), now=LATER)
    assert indexings(index) == 2


def test_a_name_that_sixty_have_already_is_found_in_a_few_questions(section):
    for _ in range(60):
        section.add_child(
            instance=Story(title="Ferry", slug=slug_for("Ferry", section), live=False)
        )
    with CaptureQueriesContext(database) as asked:
        assert slug_for("Ferry", section) == "ferry-61"

    assert len(asked) == 3
    assert not any("LIKE" in each["sql"] for each in asked)
