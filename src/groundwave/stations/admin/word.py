"""What the admin says of the transmitter after a change."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from groundwave.patchbay.errors import PatchbayError
from groundwave.stations.air import ask_status
from groundwave.stations.models import Transmission


def say_whether_told(request: HttpRequest) -> None:
    """Tell the person whether the change is on the air already."""
    try:
        told = ask_status().edition >= Transmission.objects.edition()
    except PatchbayError:
        told = False
    if told:
        messages.info(
            request, _("The transmitter has taken it in; it is in force now.")
        )
    else:
        messages.warning(
            request,
            _(
                "It is saved, but the transmitter does not answer. It is told by itself "
                "as soon as it is back; until then it goes on as before."
            ),
        )
