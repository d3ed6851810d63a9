from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groundwave.people.models import User
from syndication.carried import longwave


@pytest.fixture
def connection(news):
    return longwave(news)


@pytest.fixture
def user(db):
    def user(group):
        address = f"{group.lower()}@kgnd.example"
        made, _ = User.objects.get_or_create(email=address)
        made.groups.set([Group.objects.get(name=group)])
        return made

    return user


@pytest.fixture
def sign_in(client, user):
    def sign_in(group):
        client.force_login(user(group))
        return client

    return sign_in


@pytest.fixture
def chief(sign_in):
    return sign_in("Administrator")


@pytest.fixture
def page_of(client):
    def page_of(name, *args, **query):
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200, name
        return response.content.decode()

    return page_of
