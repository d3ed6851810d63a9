"""What happens to people: the verbs that admin, commands and pages all call."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils.text import slugify

from groundwave.people.errors import AdministratorExists
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
