"""Words that look like somebody's name."""

import pytest

from intervisie.names import words_like_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ik sprak met Jan de Vries over de begroting.", ["Jan de Vries"]),
        ("Toen Karin Smit binnenkwam, werd het stil.", ["Karin Smit"]),
        ("Mevrouw El Amrani en dhr. van der Berg zwegen.", ["Mevrouw El Amrani", "dhr. van der Berg"]),
        ("De heer Jansen belde.", ["De heer Jansen"]),
        ("Mail jan@voorbeeld.nl of bel 06-12345678.", ["jan@voorbeeld.nl", "06-12345678"]),
        ("Bel 038 421 1234.", ["038 421 1234"]),
        ("De wethouder wil niet. Zij vindt het te snel gaan.", []),
        ("In de Regio Zwolle en de Gemeente Kampen is dat anders.", []),
        ("De Raad van State en het Economic Board spraken in 2019-2024.", []),
        ("Het kost € 1.200.000 per jaar.", []),
    ],
)
def test_words_like_names(text, found):
    assert words_like_names(text) == found


def test_known_name_is_found_alone_and_once():
    assert words_like_names("Fatma zei ja. Later zei Fatma nee.", ["Fatma", "Bakker"]) == ["Fatma"]


def test_known_name_is_no_part_of_another_word():
    assert words_like_names("De Bakkerij bleef open.", ["Bakker"]) == []


def test_part_of_a_longer_name_is_left_out():
    assert words_like_names("Ik belde Fatma Bakker.", ["Fatma", "Fatma Bakker"]) == ["Fatma Bakker"]
