"""Who signs in, and who is known by name; often, but not always, the same."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.search import index


class UserManager(BaseUserManager["User"]):
    """Users are found by e-mail address, however it is capitalized."""

    def create_user(
        self, email: str, password: str | None = None, **facts: Any
    ) -> User:
        user = self.model(email=email.lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **facts: Any
    ) -> User:
        facts |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **facts)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())

    def administrators(self) -> models.QuerySet[User]:
        return self.filter(is_superuser=True, is_active=True)


class User(AbstractUser):
    """Somebody who signs in, with an e-mail address and a password."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody already signs in with this address.")},
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            # One person may not sign in twice by capitalizing differently.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_in_lower_case",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        self.email = self.email.lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class Person(index.Indexed, models.Model):
    """
    Somebody the public or the station knows by name.

    The public meets those with a role line, a biography or a show, and nobody else.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=140,
        unique=True,
        help_text=_("The last part of this person's web address: odetta-reyes."),
    )
    user = models.OneToOneField(
        User,
        verbose_name=_("signs in as"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        help_text=_("Leave empty for somebody who never signs in, such as a guest."),
    )
    role_line = models.CharField(
        _("role line"),
        max_length=120,
        blank=True,
        help_text=_(
            "What the public reads under the name: Host of Morning Light. Whoever has "
            "one, or a biography, is among the people on the site."
        ),
    )
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("portrait"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    biography = RichTextField(
        _("biography"), blank=True, features=["bold", "italic", "link", "ol", "ul"]
    )

    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("role_line"),
        index.SearchField("biography"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])
