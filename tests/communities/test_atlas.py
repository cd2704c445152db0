"""The map of host cities: marks where cities lie, names that hide nothing."""

import itertools
import re
import sys
from pathlib import Path

import pytest
from django.template import Context, Template

from communities import atlas
from communities.queries import Route

ROOT = Path(__file__).resolve().parents[2]
HAGUE = "Den Haag,Delft,Rijswijk,Zoetermeer,Leiden,Rotterdam,Schiedam,Vlaardingen,Voorburg,Wassenaar,Pijnacker,Gouda,Capelle aan den IJssel,Nootdorp"
EAST = "Zwolle,Kampen,Deventer,Meppel,Enschede,Hengelo,Almelo,Raalte,Hardenberg,Dalfsen,Ommen,Apeldoorn,Heerde,Hattem"
WIDE = "Groningen,Leeuwarden,Den Helder,West-Terschelling,Alkmaar,Amsterdam,Utrecht,Middelburg,Bergen op Zoom,Den Bosch,Almere,Venlo,Maastricht,Winschoten"


def boxes(spots):
    return {
        spot.city: atlas._label_box((float(spot.label_x), float(spot.label_y)), spot.anchor, spot.city)
        for spot in spots
    }


@pytest.mark.parametrize("cities", [HAGUE, EAST, WIDE], ids=["the-hague", "east", "wide"])
def test_names_of_fourteen_cities_hide_neither_each_other_nor_a_mark(cities):
    spots = atlas.spots((city, "held") for city in cities.split(","))
    assert len(spots) == 14
    names = boxes(spots)
    overlaps = [
        pair
        for pair in itertools.combinations(names, 2)
        if atlas._overlap(names[pair[0]], names[pair[1]]) > 2
    ]
    assert overlaps == [], "each box has two units of air around the name"
    marks = {spot.city: atlas._box_around((float(spot.x), float(spot.y)), 4) for spot in spots}
    assert [
        (name, mark) for name in names for mark in marks if atlas._overlap(names[name], marks[mark])
    ] == []
    assert [name for name, box in names.items() if atlas._outside(box)] == []


def test_cities_lie_as_in_the_country():
    where = {
        spot.city: (float(spot.x), float(spot.y))
        for spot in atlas.spots([(c, "held") for c in WIDE.split(",")])
    }
    assert where["Groningen"][1] < where["Utrecht"][1] < where["Maastricht"][1]
    assert where["Middelburg"][0] < where["Utrecht"][0] < where["Winschoten"][0]


def test_city_that_is_a_host_twice_stands_once_with_the_state_that_says_most():
    [spot] = atlas.spots([("Kampen", "held"), ("Kampen", "next"), ("Kampen", "open")])
    assert (spot.city, spot.state) == ("Kampen", "next")


@pytest.mark.parametrize("name", ["Den Haag", "den bosch", "’s-Hertogenbosch", " Almere ", "Almere"])
def test_cities_are_found_by_the_names_that_people_use(name):
    assert atlas.point_of(name) is not None


def test_place_that_nobody_knows_is_left_out():
    assert atlas.spots([("Brussel", "held"), ("", "open"), ("<b>", "next")]) == ()


def test_of_places_with_one_name_the_largest_is_meant():
    assert atlas.point_of("Hengelo") == atlas.project(52.26583, 6.79306)


def test_map_without_known_cities_is_nothing():
    assert (
        Template("{% load meetings %}{% host_map route.stops %}")
        .render(Context({"route": Route([], None)}))
        .strip()
        == ""
    )


def test_the_dots_are_those_of_the_script():
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import dots
    finally:
        sys.path.pop(0)
    assert dots.TARGET.read_text() == dots.drawing(dots.land())


def test_drawing_names_its_source():
    assert "GeoNames, CC BY 4.0" in (ROOT / "communities/static/communities/netherlands.svg").read_text()
    assert re.search(r"GeoNames.*CC BY 4.0", (ROOT / "communities/data/README.md").read_text(), re.DOTALL)
