from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import require_admin_access
from wagtail.users.models import UserProfile

from groundwave.people.models import User
from groundwave.stations.admin_zone import DeskZone
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_superuser("ines@kgnd.example", "along the ground")


def zone_of(user, rf, path=None):
    """Return the zone in which a view of the desk runs for *user*."""
    request = rf.get(path or reverse("wagtailadmin_home"))
    request.user = User.objects.get(pk=user.pk)
    seen = []

    @require_admin_access
    def view(_):
        seen.append(timezone.get_current_timezone_name())

    DeskZone(view)(request)
    return seen[0]


def test_the_desk_goes_by_the_licensees_clock(editor, rf):
    assert zone_of(editor, rf) == "UTC"
    Licensee.objects.create(name="KGND", timezone="America/Denver")

    assert zone_of(editor, rf) == "America/Denver"
    assert UserProfile.get_for_user(editor).current_time_zone == "", "it may move"


def test_whoever_works_elsewhere_goes_by_their_own(editor, rf):
    Licensee.objects.create(name="KGND", timezone="America/Denver")
    UserProfile.objects.create(user=editor, current_time_zone="Europe/Paris")

    assert zone_of(editor, rf) == "Europe/Paris"
