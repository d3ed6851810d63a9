"""The form of a connection: what can be asked, and what is wrong with it in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from groundwave.syndication.actions.connecting import apply_policy
from groundwave.syndication.admin.kept_key import KeepsKey, host_of
from groundwave.syndication.models import Connection, Upstream
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.query_reading import read_query


# What changes any of these asks something else: all of it is to come.
ASKED_BY = ("upstream", "address", "key", "query", "forget_key")
# The worker asks in pages of its own, from where it was.
OURS_TO_ASK = ("sort", "limit", "offset", "transclude", "editorialLastModifiedDateTime")


class ConnectionForm(KeepsKey):
    """Refuses what a service would refuse, and has the worker ask at once."""

    instance: Connection
    key_wanted = _(
        "As the service gave it to you; a feed needs none. It is not shown again."
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.policy_before = self.instance.policy
        # A list of buttons needs none for nothing.
        self.fields["upstream"].choices = Upstream.choices

    def clean_address(self) -> str:
        """Take what is asked by HTTP alone."""
        address: str = self.cleaned_data["address"]
        if not address.startswith(("https://", "http://")):
            raise ValidationError(
                gettext("Write an address that begins with https:// or http://.")
            )
        return address

    def clean_query(self) -> str:
        """Take a query, or the whole address that somebody has copied."""
        said: str = self.cleaned_data["query"].strip()
        return said.rpartition("?")[2]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self._keep_origin(told)
        kind = told.get("upstream")
        is_feed = kind == Upstream.FEED
        if told.get("query"):
            self._check_query(told["query"], is_feed=is_feed)
        if kind and not is_feed and not told["key"] and "key" not in self.errors:
            self.add_error(
                "key",
                gettext(
                    "Nobody is answered there without a key. Ask the service for one."
                ),
            )
        return told

    def _keep_origin(self, told: dict[str, Any]) -> None:
        """Refuse another service, which has none of the stories that are here."""
        if not self.instance.pk or not {"upstream", "address"} <= told.keys():
            return
        kind, address = self.initial["upstream"], self.initial["address"]
        host, new_host = host_of(address), host_of(told["address"])
        # A feed may move: its entries stay as they are, and their pages.
        is_there = kind == Upstream.FEED or host == new_host
        if is_there and told["upstream"] == kind:
            return
        if self.instance.originals.carried().exists():
            self.add_error(
                "address",
                gettext(
                    "Stories came from %(host)s, and all of them would be taken down "
                    "here, because nobody else has them. Make another connection for "
                    "the other one, and pause this one."
                )
                % {"host": host},
            )

    def _check_query(self, query: str, *, is_feed: bool) -> None:
        if is_feed:
            sentence = gettext("A feed has no queries. Leave this empty.")
            self.add_error("query", sentence)
            return
        for name in OURS_TO_ASK:
            if any(part.startswith(f"{name}=") for part in query.split("&")):
                self.add_error(
                    "query",
                    gettext("“%(name)s” is said by us. Leave it out.") % {"name": name},
                )
                return
        try:
            read_query(query)
        except NotCds as fault:
            self.add_error("query", str(fault))

    def save(self, commit: bool = True) -> Connection:
        connection = self.instance
        connection.poll_due_at = timezone.now()
        if {*ASKED_BY} & {*self.changed_data}:
            connection.watermark = None
            connection.etag = connection.last_modified = connection.trouble = ""
            connection.failures = 0
        is_new = connection.pk is None
        saved: Connection = super().save(commit=commit)
        if not is_new and saved.policy != self.policy_before:
            apply_policy(saved, now=saved.poll_due_at)
        return saved


def connection_panels() -> ObjectList:
    """Return the form in short parts; what has a good answer already is folded up."""
    folded = "collapsed"
    return ObjectList(
        [
            _where_from(),
            _where_to(),
            MultiFieldPanel(
                [FieldPanel("owners"), FieldPanel("excluded_titles")],
                heading=_("What is not taken"),
                classname=folded,
            ),
            MultiFieldPanel(
                [
                    FieldPanel("pictures", widget=forms.RadioSelect),
                    FieldPanel("agencies"),
                    FieldPanel("keeps_sounds"),
                ],
                heading=_("Pictures and sounds"),
                classname=folded,
            ),
            MultiFieldPanel(
                [
                    FieldPanel("most_on_front"),
                    FieldPanel("wish", widget=forms.RadioSelect),
                    FieldPanel("origin_zone"),
                    FieldPanel("poll_seconds"),
                    FieldPanel("is_active"),
                ],
                heading=_("Showing and asking"),
                classname=folded,
            ),
            _rules(),
        ],
        base_form_class=ConnectionForm,
    )


def _where_from() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldPanel("upstream", widget=forms.RadioSelect),
            FieldPanel("address"),
            FieldPanel("key"),
            FieldPanel("forget_key"),
            FieldPanel("query", widget=forms.Textarea(attrs={"rows": 2})),
            FieldRowPanel([FieldPanel("origin"), FieldPanel("origin_url")]),
        ],
        heading=_("Where stories come from"),
    )


def _where_to() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("section", widget=forms.Select),
            FieldPanel("arrival", widget=forms.RadioSelect),
            FieldPanel("hold_minutes"),
        ],
        heading=_("What becomes of a new story"),
    )


def _rules() -> InlinePanel:
    return InlinePanel(
        "category_rules",
        panels=[
            FieldPanel("collection"),
            FieldRowPanel(
                [
                    FieldPanel("section", widget=forms.Select),
                    FieldPanel("topic", widget=forms.Select),
                ]
            ),
        ],
        heading=_("Rules by category"),
        label=_("Rule"),
        help_text=_(
            "Where stories of a category stand instead, and their topics. The first rule "
            "that fits a story says its section."
        ),
    )
