from __future__ import annotations

import pytest
from django.urls import reverse

from groundwave.people.models import User
from newsroom.ledger import Ledger


pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, db):
    user = User.objects.create_superuser("mira@kgnd.example", "along the ground")
    client.force_login(user)
    return client


@pytest.fixture
def approver(ines):
    Ledger().statement(
        described_as="a sailor", anonymity_reason="His job.", approved_by=ines
    )
    return ines


def delete_one(client, user):
    url = reverse("wagtailusers_users:delete", args=[user.pk])
    return client.post(url, follow=True)


def delete_several(client, user):
    url = reverse("wagtail_bulk_action", args=["people", "user", "delete"])
    return client.post(f"{url}?id={user.pk}", follow=True)


@pytest.mark.parametrize("delete", [delete_one, delete_several])
def test_whoever_answers_for_an_unnamed_source_is_not_deleted(
    administrator, approver, delete
):
    page = delete(administrator, approver).content.decode()

    assert "Make the account inactive instead" in page
    approver.refresh_from_db()


@pytest.mark.parametrize("delete", [delete_one, delete_several])
def test_anybody_else_is(administrator, odetta, delete):
    odetta.person.delete()

    delete(administrator, odetta)

    assert not User.objects.filter(pk=odetta.pk).exists()
