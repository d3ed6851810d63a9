"""What happens to people: the verbs that admin, commands and pages all call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _

from groundwave.people.errors import AdministratorExists, StillNamed
from groundwave.people.models import Person, User


_WELCOME = "groundwave.people.welcome"
# Long enough for a Saturday; a terminal's history holds no way in next month.
WELCOME_LASTS = timedelta(hours=24)


def issue_welcome() -> str:
    """
    Return the token of the link with which the first administrator comes in.

    It works until there is an administrator, and for a day at the most.

    Raises:
        AdministratorExists: nobody needs it.
    """
    if User.objects.administrators().exists():
        raise AdministratorExists(
            "There is an administrator already; sign in at /admin/."
        )
    return signing.dumps("first administrator", salt=_WELCOME)


def is_welcome(token: str) -> bool:
    """Tell whether *token* still lets the first administrator in."""
    try:
        signing.loads(token, salt=_WELCOME, max_age=WELCOME_LASTS)
    except signing.BadSignature:
        return False
    return not User.objects.administrators().exists()


@transaction.atomic
def welcome_administrator(name: str, *, email: str, password: str) -> User:
    """
    Make the first administrator, known by *name*.

    Raises:
        AdministratorExists: somebody else was first.
    """
    if User.objects.administrators().exists():
        raise AdministratorExists("Somebody else has become the administrator.")
    given, _, family = name.rpartition(" ")
    user = User.objects.create_superuser(
        email, password, first_name=given or family, last_name=family if given else ""
    )
    Person.objects.create(name=name, slug=free_slug(name), user=user)
    return user


@transaction.atomic
def person_named(name: str) -> Person:
    """Return the person of that name, making a note of the name if it is new."""
    known = Person.objects.filter(name=name).first()
    return known or Person.objects.create(name=name, slug=free_slug(name))


@transaction.atomic
def remove_person(person: Person) -> None:
    """
    Delete *person*.

    Raises:
        StillNamed: they are a host, or had a source key; the text says what to do.
    """
    try:
        person.delete()
    except ProtectedError as naming:
        raise StillNamed(
            _(
                "%(name)s cannot be deleted, because there is still a %(what)s of that "
                "name. Take the name out there first. To keep somebody from the public, "
                "it is enough to empty the role line and the biography."
            )
            % {"name": person, "what": _kinds(naming.protected_objects)}
        ) from naming


def _kinds(found: Iterable[Model]) -> str:
    kinds = {str(each._meta.verbose_name) for each in found}
    return get_text_list(sorted(kinds), _("and a"))


def free_slug(name: str) -> str:
    """Return a web address for *name* that nobody has yet."""
    stem = slugify(name) or "person"
    taken = set(
        Person.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
