"""manage.py where: the answer on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled_data")]


def where(*arguments: str) -> str:
    out = StringIO()
    call_command("where", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_the_options_as_a_table() -> None:
    lines = where("serie-a", "IT", "--on", "2026-11-29").splitlines()
    assert lines[0] == "Serie A, Italy, 2026-11-29: licensed"
    assert lines[2].split() == ["broadcaster", "kind", "access", "coverage", "price", "from", "until", "confidence"]
    assert lines[3].split()[:3] == ["1", "DAZN", "Italia"]
    assert "359.00 EUR a year, seen 2024" in lines[3]
    assert lines[4].split()[:3] == ["2", "Sky", "Italia"]
    assert lines[3].index("live") == lines[4].index("live")


def test_it_says_who_is_last_known_and_who_comes() -> None:
    text = where("fifa-world-cup", "GB", "--on", "2026-11-23")
    assert "not known" in text
    assert "between two editions" in text
    assert "last known: BBC in 2026 (edition over, deal to 2030-12-31)" in text
    assert "from 2030-06-08: ITV (goes on)" in text


def test_it_prints_the_json_of_the_api() -> None:
    answer = json.loads(where("bundesliga", "uk", "--on", "2026-11-23", "--lang", "fr", "--json"))
    assert answer["query"] == {
        "competition": "bundesliga",
        "event": None,
        "country": "GB",
        "country_as_given": "UK",
        "on": "2026-11-23",
        "lang": "fr",
    }
    assert answer["country"]["name"] == "Royaume-Uni"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("serie-z", "IT"), "Did you mean “serie-a”?"),
        (("serie-a", "XX"), "country: “XX” is not an ISO 3166-1"),
        (("serie-a", "Italy"), "country: “Italy” is not a country code"),
        (("serie-a", "IT", "--on", "tomorrow"), "on: “tomorrow” is neither a day"),
        (("serie-a", "IT", "--lang", "xx"), "lang: "),
    ],
)
def test_it_says_what_is_wrong_in_one_line(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError, match=r"^[^\n]+$") as error:
        where(*arguments)
    assert words in str(error.value)
