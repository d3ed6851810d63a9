"""
An archive of many stories, made of a few: each row that they left, once more.

Copies are of the importer's own rows, with keys, addresses and places in the tree of their
own, so that every table is as large as if they had come one by one. Only the files of their
pictures are shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Max
from django.test import Client
from wagtail.models import Page

from groundwave.newsroom.models import Story
from groundwave.project.bench.errors import Unmeasurable
from groundwave.syndication.models import Original, Outcome


# Looking at every page of a larger tree takes longer than to fill it.
MOST_LOOKED_AT = 20_000
_STEP = Page.steplen
_NEW_KEY = "lower(hex(randomblob(16)))"

Model = type[models.Model]
Field = models.Field[object, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a model that are copied: those with keys above *low*, up to *high*."""

    low: int
    high: int


@dataclass(frozen=True)
class Copying:
    """
    One more copy of everything.

    Attributes:
        number: which copy it is; its slugs and upstream ids end with it.
        shifts: how much larger the keys of the copies are.
    """

    number: int
    rows: Mapping[Model, Rows]
    shifts: Mapping[Model, int]

    def key(self, model: Model, column: str) -> str:
        """Return SQL for the key in *column*, of the copy if that row is copied."""
        rows = self.rows.get(model)
        if rows is None:
            return column
        return (
            f"CASE WHEN {column} > {rows.low} AND {column} <= {rows.high} "
            f"THEN {column} + {self.shifts[model]} ELSE {column} END"
        )

    @cached_property
    def kinds(self) -> dict[Model, ContentType]:
        """What other rows call the models that are copied."""
        return ContentType.objects.get_for_models(*self.rows)

    def named_key(self, kind: str, column: str) -> str:
        """Return SQL for a key that is text in *column*, of what the column *kind* says."""
        cases = " ".join(
            f"WHEN {content_type.pk} THEN CAST({self.key(_root(model), number)} AS TEXT)"
            for model, content_type in self.kinds.items()
            for number in [f"CAST({column} AS INTEGER)"]
        )
        return f"CASE {kind} {cases} ELSE {column} END"


@dataclass
class Archive:
    """The stories of the database, and what is known of how they come about."""

    _before: dict[Model, int] = field(default_factory=lambda: _last_keys())
    _rows: dict[Model, Rows] = field(default_factory=dict)
    _copies: int = 0

    def learn(self) -> None:
        """Let what came since this was made be what is copied; the first time counts."""
        if not self._rows:
            self._rows = {
                model: Rows(self._before[model], last)
                for model, last in _last_keys().items()
                if last > self._before[model]
            }

    def growing(self, size: int) -> Iterator[int]:
        """
        Copy until there are at least *size* stories; yield how many there are.

        Raises:
            Unmeasurable: what came about is not as if it had been imported.
        """
        while (count := Story.objects.count()) < size:
            if Story not in self._rows:
                raise Unmeasurable(
                    "Without an import there is nothing to fill it with."
                )
            yield count
            self._copy()
        if self._copies:
            _look_at(Story.objects.order_by("pk")[count - 1], count)

    @transaction.atomic
    def _copy(self) -> None:
        self._copies += 1
        lasts = _last_keys()
        shifts = {model: lasts[model] - rows.low for model, rows in self._rows.items()}
        copying = Copying(self._copies, self._rows, shifts)
        with connection.cursor() as cursor:
            cursor.connection.create_function(
                "moved", 1, _mover(self._rows[Page]), deterministic=True
            )
            for model, rows in self._rows.items():
                sql = _sql(model, copying)
                cursor.execute(sql, [rows.low, rows.high])
        _count_children(self._rows[Page])


def _copied_models() -> Iterator[Model]:
    """Yield the models whose rows have keys that count up, their own or a parent's."""
    for model in apps.get_models(include_auto_created=True):
        counts_up = isinstance(_root(model)._meta.pk, models.AutoField)
        if counts_up and model._meta.managed and not model._meta.proxy:
            yield model


def _root(model: Model) -> Model:
    """Return the model that has the key which *model* has."""
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model


def _last_keys() -> dict[Model, int]:
    return {
        model: models.QuerySet(model).aggregate(last=Max("pk"))["last"] or 0
        for model in _copied_models()
    }


def _sql(model: Model, copying: Copying) -> str:
    """Return the statement that copies the rows of *model*."""
    fields = model._meta.local_concrete_fields
    columns = [_column(each) for each in fields]
    values = [_value(model, each, copying) for each in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    key = _column(model._meta.pk)
    which = f"{key} > %s AND {key} <= %s"
    if any(each.name == "object_id" for each in fields):
        # Of what is copied, and not of what was there before.
        kinds = ", ".join(str(each.pk) for each in copying.kinds.values())
        which += f" AND content_type_id IN ({kinds})"
    # Nothing of it came from anybody: names are of our models, quoted, and what varies
    # from copy to copy is handed over as parameters.
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - see above
        f"SELECT {', '.join(values)} FROM {table} WHERE {which}"
    )


def _column(each: Field) -> str:
    return connection.ops.quote_name(each.column or each.name)


def _value(model: Model, each: Field, copying: Copying) -> str:
    """Return SQL for what the copy of a row has in a field."""
    column = _column(each)
    if own := _OWN.get((model, each.name)):
        return own.format(column=column, number=copying.number)
    if each.name in ("object_id", "to_object_id"):
        kind = each.name.replace("object_id", "content_type_id")
        return copying.named_key(kind, column)
    if each.related_model:
        return copying.key(_root(each.related_model), column)
    if each.primary_key:
        return copying.key(model, column)
    if each.unique and isinstance(each, models.UUIDField):
        return _NEW_KEY
    return column


# What a row is told from its copies by, besides its keys.
_OWN = {
    (Page, "path"): "moved({column})",
    (Page, "slug"): "{column} || '-copy-{number}'",
    (Page, "url_path"): "rtrim({column}, '/') || '-copy-{number}/'",
    (Page, "translation_key"): _NEW_KEY,
    (Story, "change_uid"): _NEW_KEY,
    (Original, "upstream_id"): "{column} || '-copy-{number}'",
    (Outcome, "upstream_id"): "{column} || '-copy-{number}'",
}


def _mover(rows: Rows) -> Callable[[str], str]:
    """Return what finds the place of a copy: behind all that stand there already."""
    first = Page.objects.filter(pk__gt=rows.low).order_by("pk")[0]
    parent = first.get_parent()
    last = parent.get_last_child().path
    shift = int(last[-_STEP:], 36) - int(first.path[-_STEP:], 36) + 1

    def moved(path: str) -> str:
        # A place that treebeard itself would not write is none; it offers no other way.
        number = Page._int2str(int(path[-_STEP:], 36) + shift)  # noqa: SLF001 - see above
        return f"{parent.path}{number:0>{_STEP}}"

    return moved


def _count_children(rows: Rows) -> None:
    parent = Page.objects.filter(pk__gt=rows.low).order_by("pk")[0].get_parent()
    parent.numchild = parent.get_children().count()
    parent.save(update_fields=["numchild"])


def _look_at(story: Story, count: int) -> None:
    """Raise Unmeasurable unless *story* is one as any other."""
    answer = Client().get(story.get_url(), headers={"host": "localhost"})
    if answer.status_code != 200 or story.title not in answer.content.decode():
        raise Unmeasurable(f"A copied story is answered with {answer.status_code}.")
    problems = Page.find_problems() if count <= MOST_LOOKED_AT else ()
    if any(problems):
        raise Unmeasurable(f"The archive's tree is damaged: {problems}.")
