from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page


pytestmark = pytest.mark.django_db


def test_the_departments_exist_from_the_first_migration_on():
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Host",
        "Engineer",
        "Editor",
        "Membership",
        "Administrator",
    }


@pytest.mark.parametrize("name", ["Host", "Engineer", "Editor", "Membership"])
def test_every_department_may_enter_the_admin(name):
    group = Group.objects.get(name=name)

    assert group.permissions.filter(codename="access_admin").exists()


@pytest.mark.parametrize(
    ("name", "may_publish"),
    [("Editor", True), ("Administrator", True), ("Host", False)],
)
def test_who_may_publish_the_front_page(odetta, name, may_publish):
    odetta.groups.set([Group.objects.get(name=name)])
    home = Page.objects.get(depth=2)

    assert home.permissions_for_user(odetta).can_publish() is may_publish


def test_a_host_sees_the_air_and_an_engineer_works_it(odetta, ines):
    assert odetta.has_perm("stations.watch_the_air")
    assert not odetta.has_perm("stations.work_the_air")
    assert not odetta.has_perm("stations.add_sourcekey")
    assert ines.has_perm("stations.work_the_air")
    assert ines.has_perm("stations.add_sourcekey")
