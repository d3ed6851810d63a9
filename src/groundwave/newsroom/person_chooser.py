"""How an editor says who wrote a post."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class PersonChooserViewSet(ChooserViewSet):
    model = "people.Person"
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")


person_chooser = PersonChooserViewSet("person_chooser")
PersonChooserBlock = person_chooser.get_block_class(
    name="PersonChooserBlock", module_path="groundwave.newsroom.person_chooser"
)
