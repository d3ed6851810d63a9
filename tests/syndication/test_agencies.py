"""An agency's name is found in a credit, and in nothing that looks like it."""

from __future__ import annotations

import pytest

from groundwave.syndication.agencies import SUGGESTED, agency_in


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("AP", "AP"),
        ("ap", "AP"),
        ("A.P. Photo/Jane Doe", "AP"),
        ("\uff21\uff30", "AP"),  # in full width
        ("A\u200bP", "AP"),  # with a space of no width
        ("The Associated Press", "Associated Press"),
        ("Jane Doe/AFP via Getty Images", "AFP"),
        ("AGENCE FRANCE-PRESSE", "Agence France-Presse"),
        ("GettyImages", "Getty"),
        ("getty_images", "Getty"),
        ("REUTERS", "Reuters"),
        ("EPA-EFE", "EPA"),
    ],
)
def test_a_credit_names_an_agency(credit, agency):
    assert agency_in(credit, SUGGESTED) == agency


@pytest.mark.parametrize(
    "credit",
    [
        "",
        "Snapshot",
        "Apex Pictures",
        "Cape Ann Radio",
        "Una Farrow",
        "A. Pettersen",
        "Associated Pressmen",
        "Reutersson",
        "Gettysburg Times",
    ],
)
def test_a_credit_names_no_agency(credit):
    assert agency_in(credit, SUGGESTED) == ""


def test_the_list_is_the_stations():
    assert agency_in("Tern Island Pictures", ["", "Tern Island"]) == "Tern Island"
    assert agency_in("AP", []) == ""
