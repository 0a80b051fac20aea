"""Who shows it? The facts that the guide was made for, and each rule by which an answer is decided."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from broadcasters.models import Country
from competitions.models import Competition
from guide.rights.answer import LapseReason, LastKnown, Option, Question, Reason, State, Upcoming
from guide.rights.answers import answers, narrowed, who_shows
from guide.rights.models import Right
from tests.factories import (
    LEAGUE,
    NOW,
    a_blackout,
    a_broadcaster,
    a_carriage,
    a_competition,
    a_country,
    a_finding,
    a_league,
    a_page,
    a_right,
    a_season,
    a_service,
    a_sport,
    an_offer,
    ask,
    holders,
    keys,
    write,
)

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


# What the bundled data must answer --------------------------------------------------------------------


@pytest.mark.usefixtures("bundled_data")
class TestOnTheBundledData:
    def test_serie_a_in_italy_is_shown_by_dazn_and_sky(self) -> None:
        answer = ask("serie-a", "IT")
        assert (answer.state, answer.reason) == (State.LICENSED, None)
        assert holders(answer.options) == ["dazn-it", "sky-it"]
        assert answer.season == "2026-27"
        assert answer.last_known == ()
        assert answer.finding is None

    def test_serie_a_in_france_is_shown_by_dazn_and_was_by_lequipe(self) -> None:
        assert holders(ask("serie-a", "FR").options) == ["dazn-fr"]
        assert holders(ask("serie-a", "FR", "2026-03-01").options) == ["lequipe"]

    def test_the_bundesliga_in_italy_has_lapsed_and_sky_is_last_known(self) -> None:
        answer = ask("bundesliga", "IT")
        assert (answer.state, answer.reason) == (State.UNKNOWN, Reason.LAPSED)
        (known,) = answer.last_known
        assert known.broadcaster.slug == "sky-it"
        assert known.season == "2025-26"
        assert known.reason == LapseReason.EVIDENCE_ENDED
        assert (known.last_day, known.evidence_reaches) == (None, day("2026-06-30"))
        assert known.evidence

    def test_paramount_takes_over_the_champions_league_in_germany(self) -> None:
        answer = ask("uefa-champions-league", "DE")
        assert answer.state == State.LICENSED
        (paramount,) = (row for row in answer.upcoming if row.broadcaster.slug == "paramount-plus")
        assert (paramount.day, paramount.season, paramount.is_renewal) == (day("2027-07-01"), "2027-28", False)
        (amazon,) = (row for row in answer.upcoming if row.broadcaster.slug == "amazon-prime-video")
        assert (amazon.day, amazon.is_renewal) == (day("2027-07-01"), True)

    def test_the_world_cup_in_great_britain_is_between_editions(self) -> None:
        answer = ask("fifa-world-cup", "GB")
        assert (answer.state, answer.reason) == (State.UNKNOWN, Reason.BETWEEN_EDITIONS)
        assert answer.options == ()
        assert holders(answer.last_known) == ["bbc", "itv"]
        assert {(row.season, row.reason) for row in answer.last_known} == {("2026", LapseReason.EDITION_OVER)}
        assert holders(answer.upcoming) == ["bbc", "itv"]
        assert {(row.season, row.day.year, row.is_renewal) for row in answer.upcoming} == {("2030", 2030, True)}

    def test_the_world_cup_in_great_britain_was_licensed_while_it_ran(self) -> None:
        answer = ask("fifa-world-cup", "GB", "2026-07-01")
        assert (answer.state, answer.season) == (State.LICENSED, "2026")
        assert holders(answer.options) == ["bbc", "itv"]
        assert answer.resumes_on is None

    def test_a_yearly_tournament_stays_licensed_in_the_pause_and_says_when_it_resumes(self) -> None:
        answer = ask("roland-garros", "FR")
        assert (answer.state, answer.season) == (State.LICENSED, None)
        assert answer.resumes_on == day("2027-05-18")
        assert holders(answer.options) == ["france-televisions", "amazon-prime-video"]
        assert [option.rank_reason for option in answer.options] == ["free first", "free first"]

    def test_a_country_of_which_nothing_is_known_is_not_researched(self) -> None:
        answer = ask("uefa-euro", "AQ")
        assert (answer.state, answer.reason) == (State.UNKNOWN, Reason.NOT_RESEARCHED)
        assert (answer.options, answer.last_known, answer.upcoming) == ((), (), ())

    def test_an_option_carries_all_that_is_needed_to_judge_it(self) -> None:
        dazn = ask("serie-a", "IT").options[0]
        assert (dazn.kind, dazn.package, dazn.access, dazn.exclusivity) == ("live", None, "subscription", "shared")
        assert (dazn.coverage.scope, dazn.coverage.matches, dazn.coverage.of, dazn.coverage.unit) == (
            "all",
            10,
            10,
            "round",
        )
        assert (dazn.first_day, dazn.last_day) == (day("2024-07-01"), day("2029-06-30"))
        assert (dazn.languages, dazn.confidence) == (("it",), "reported")
        assert (dazn.verified_on, dazn.next_check_due) == (None, None)
        assert dazn.broadcaster.name
        assert [service.slug for service in dazn.services]
        assert all(page.url.startswith("http") for page in dazn.evidence)

    def test_a_price_is_as_old_as_its_source_says(self) -> None:
        price = ask("serie-a", "IT").options[0].price_from
        assert price is not None
        assert (str(price.amount), price.currency, price.period) == ("359.00", "EUR", "year")
        assert (price.commitment_months, price.as_of) == (12, "2024")

    def test_highlights_stand_after_what_is_live_and_never_license(self) -> None:
        answer = ask("premier-league", "GB")
        assert [(option.kind, option.broadcaster.slug) for option in answer.options] == [
            ("live", "sky-uk"),
            ("live", "tnt-sports-uk"),
            ("highlights", "bbc"),
        ]

    @pytest.mark.parametrize(
        "key",
        [
            "premier-league--supersport--2025",
            "uefa-champions-league--bein-sports-mena--2024",
            "uefa-champions-league--supersport--2024",
        ],
    )
    def test_an_unsourced_right_is_kept_and_shown_nowhere(self, key: str) -> None:
        right = Right.objects.get(key=key)
        assert not right.is_published
        questions = [
            Question(competition=right.competition, country=country, on=day(on))
            for country in right.countries.all()
            for on in ("2023-01-01", "2025-10-01", "2026-11-23")
        ]
        assert questions
        for answer in answers(questions):
            rows: list[Option | LastKnown | Upcoming] = [*answer.options, *answer.last_known, *answer.upcoming]
            assert right.public_id not in {row.right for row in rows}

    def test_portability_is_noted_inside_the_european_union_only(self) -> None:
        portable = {code for code in ("IT", "FR", "IE", "GB", "CH", "NO", "US") if ask("serie-a", code).is_portable}
        assert portable == {"IT", "FR", "IE"}

    def test_each_country_has_its_own_midnight_whatever_its_clocks_do(self) -> None:
        competition = Competition.objects.get(slug="formula-1")
        moments = [
            at("2026-11-23T12:00:00+00:00"),
            # Nights on which clocks change somewhere: Europe, Egypt, Chile, Cuba, Lebanon, Paraguay, New Zealand.
            *(at(f"2026-{night}T12:00:00+00:00") for night in ("03-28", "10-24", "04-23", "10-29", "04-04", "09-05")),
            *(at(f"2026-{night}T12:00:00+00:00") for night in ("03-07", "10-31", "10-03", "09-26")),
        ]
        second = dt.timedelta(seconds=1)
        for now in moments:
            questions = [Question(competition=competition, country=country) for country in Country.objects.all()]
            for answer in answers(questions, now=now):
                country, midnight = answer.question.country, answer.next_change_at
                assert midnight is not None
                assert midnight.tzinfo is dt.UTC
                assert now < midnight <= now + dt.timedelta(hours=25)
                assert answer.day == country.today(now) == country.today(midnight - second), country.code
                assert country.today(midnight) == answer.day + dt.timedelta(days=1), country.code


# The table of the dossier: six markets on 2026-11-23. Square brackets: last known.
MARKETS = ["FR", "IT", "ES", "DE", "GB", "US"]
TABLE = """
serie-a | dazn-fr | dazn-it, sky-it | dazn-es, movistar-plus | dazn-dach | dazn-uk | cbs-sports
ligue-1 | ligue-1-plus | [sky-it] | dazn-es | dazn-dach | [ligue-1-plus, amazon-prime-video] | bein-sports-us
premier-league | canal-plus-fr | sky-it | dazn-es, movistar-plus | sky-de | sky-uk, tnt-sports-uk | nbcuniversal
la-liga | dazn-fr, disney-plus | dazn-it | dazn-es, movistar-plus | dazn-dach | disney-plus, premier-sports | espn-us
bundesliga | bein-sports-fr | [sky-it] | dazn-es | sky-de, dazn-dach, sat1
  | sky-uk [the-overlap, thats-football, bundesliga-youtube, bbc, amazon-prime-video] | fandango, usa-network, telemundo
uefa-champions-league | canal-plus-fr, m6 | sky-it, amazon-prime-video | movistar-plus, rtve
  | dazn-dach, amazon-prime-video, zdf | tnt-sports-uk, amazon-prime-video | cbs-sports, televisaunivision-us
uefa-europa-league | canal-plus-fr | sky-it | movistar-plus | rtl-de | tnt-sports-uk | cbs-sports, televisaunivision-us
uefa-conference-league | canal-plus-fr | sky-it | movistar-plus | rtl-de | tnt-sports-uk
  | cbs-sports, televisaunivision-us
fifa-world-cup | bein-sports-fr, m6 | dazn-it, rai | dazn-es, movistar-plus, rtve | magenta-tv, ard, zdf | bbc, itv
  | fox-us, telemundo
uefa-euro | bein-sports-fr | | | | bbc, itv | fox-us, fubo
nba | amazon-prime-video, bein-sports-fr [nba-league-pass] | amazon-prime-video, sky-it [nba-league-pass]
  | amazon-prime-video, dazn-es [nba-league-pass] | amazon-prime-video, sky-de [nba-league-pass]
  | amazon-prime-video, sky-uk [nba-league-pass] | amazon-prime-video, espn-us, nbcuniversal [nba-league-pass]
formula-1 | canal-plus-fr | sky-it, tv8-it | dazn-es, mediaset-es | sky-de, rtl-de | sky-uk, channel-4
  | apple-tv, f1-tv
motogp | canal-plus-fr | sky-it, tv8-it | mediaset-es, dazn-es | [sky-de, motogp-videopass] | [tnt-sports-uk, quest-uk]
  | fox-us [motogp-channel]
roland-garros | france-televisions, amazon-prime-video | eurosport-it | eurosport-es | eurosport-de | tnt-sports-uk
  | tnt-sports-us
wimbledon | bein-sports-fr | sky-it | [movistar-plus] | amazon-prime-video | bbc [tnt-sports-uk] | espn-us
australian-open | eurosport-fr | eurosport-it, nove-it | eurosport-es | eurosport-de | tnt-sports-uk | espn-us
us-open | [eurosport-fr] | sky-it, supertennis | [movistar-plus] | sportdeutschland-tv [sky-de] | sky-uk | espn-us
"""

# Where the guide says something else than the table, because of the rule that an edition which is over does not
# license (architecture, section 2). The table counts tournaments and tennis of 2026 to 31 December.
EDITIONS_RULE = {
    # The World Cup ended on 19 July 2026 and the next one is years away. Its holders are last known.
    **{
        ("fifa-world-cup", country): f"[{cell}]"
        for country, cell in {
            "FR": "bein-sports-fr, m6",
            "IT": "dazn-it, rai",
            "ES": "dazn-es, movistar-plus, rtve",
            "DE": "magenta-tv, ard, zdf",
            "GB": "bbc, itv",
            "US": "fox-us, telemundo",
        }.items()
    },
    # Euro 2024 is over and Euro 2028 more than a year away. The holders of 2024 are last known, those whose right ended
    # with it too: nobody is licensed, so nothing better is known.
    ("uefa-euro", "FR"): "[bein-sports-fr, m6, tf1]",
    ("uefa-euro", "IT"): "[rai, sky-it]",
    ("uefa-euro", "ES"): "[rtve]",
    ("uefa-euro", "DE"): "[ard, magenta-tv, rtl-de, zdf]",
    ("uefa-euro", "GB"): "[bbc, itv]",
    ("uefa-euro", "US"): "[fox-us, fubo, televisaunivision-us]",
    # The Australian Open of 2026 is over, and these rights end with 2026, before the next: Eurosport's goes on.
    ("australian-open", "IT"): "eurosport-it",
    ("australian-open", "US"): "[espn-us]",
    # So is the US Open of 2026, and the evidence for both ends with 2026.
    ("us-open", "IT"): "[sky-it, supertennis]",
}
BETWEEN_EDITIONS = {cell for cell, text in EDITIONS_RULE.items() if text.startswith("[")}


def table() -> dict[tuple[str, str], str]:
    cells: dict[tuple[str, str], str] = {}
    for line in TABLE.strip().replace("\n  |", " |").splitlines():
        competition, *texts = (text.strip() for text in line.split("|"))
        assert len(texts) == len(MARKETS), line
        cells |= {(competition, country): text for country, text in zip(MARKETS, texts, strict=True)}
    return cells


def sets(text: str) -> tuple[set[str], set[str]]:
    """The licensed and, in brackets, the last known."""
    licensed, _, known = text.partition("[")
    return tuple({word.strip(" ]") for word in part.split(",")} - {""} for part in (licensed, known))  # type: ignore[return-value]


@pytest.mark.parametrize(("competition", "country"), table())
def test_the_table_of_six_markets(bundled_data: None, competition: str, country: str) -> None:
    cell = competition, country
    licensed, known = sets(EDITIONS_RULE.get(cell, table()[cell]))
    answer = ask(competition, country)
    assert {option.broadcaster.slug for option in answer.options if option.kind == "live"} == licensed
    assert set(holders(answer.last_known)) == known
    assert answer.state == (State.LICENSED if licensed else State.UNKNOWN)
    reason = Reason.BETWEEN_EDITIONS if cell in BETWEEN_EDITIONS else Reason.LAPSED
    assert answer.reason == (None if licensed else reason)


def test_the_table_is_that_of_the_dossier(shared: Path) -> None:
    dossier: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for line in (shared / "facts/report.md").read_text(encoding="utf-8").splitlines():
        name, *cells = (
            re.sub(r"\*\*.*?\*\*|\(.*?\)| to [0-9-]+|[°!]", "", cell) for cell in line.strip("| ").split(" | ")
        )
        if name in {competition for competition, _ in table()} and len(cells) == len(MARKETS):
            dossier |= {(name, country): sets(cell) for country, cell in zip(MARKETS, cells, strict=True)}
    assert dossier == {cell: sets(text) for cell, text in table().items()}


def test_the_table_has_102_cells_and_the_editions_rule_changes_15_of_them() -> None:
    assert len(table()) == 102
    assert len(EDITIONS_RULE) == 15
    assert all(sets(table()[cell]) != sets(text) for cell, text in EDITIONS_RULE.items())


@pytest.mark.parametrize("country", MARKETS)
def test_the_world_cup_row_of_the_table_was_licensed_during_the_world_cup(bundled_data: None, country: str) -> None:
    answer = ask("fifa-world-cup", country, "2026-07-01")
    assert {option.broadcaster.slug for option in answer.options} == sets(table()["fifa-world-cup", country])[0]


# The rules, each on a few rows of its own -----------------------------------------------------------------------


@pytest.mark.usefixtures("empty_guide")
class TestWindows:
    def test_a_right_counts_on_its_first_and_its_last_day_and_not_beside_them(self) -> None:
        write(*a_league(), a_right(first_day="2026-08-10", last_day="2026-12-20"))
        states = {text: ask(on=text).state.value for text in ("2026-08-09", "2026-08-10", "2026-12-20", "2026-12-21")}
        assert states == {
            "2026-08-09": "unknown",
            "2026-08-10": "licensed",
            "2026-12-20": "licensed",
            "2026-12-21": "unknown",
        }
        assert ask(on="2026-08-09").reason == Reason.NOT_RESEARCHED
        assert ask(on="2026-12-21").reason == Reason.LAPSED
        assert ask(on="2026-12-21").last_known[0].reason == LapseReason.ENDED

    def test_a_right_of_one_day_counts_on_that_day(self) -> None:
        write(*a_league(), a_right(first_day="2026-11-23", last_day="2026-11-23"))
        assert [ask(on=text).state.value for text in ("2026-11-22", "2026-11-23", "2026-11-24")] == [
            "unknown",
            "licensed",
            "unknown",
        ]

    def test_of_two_rights_that_meet_on_adjoining_days_exactly_one_counts_each_day(self) -> None:
        write(
            *a_league(),
            a_right(key="before", first_day="2026-07-01", last_day="2026-12-31"),
            a_right(key="after", first_day="2027-01-01", last_day="2027-06-30"),
        )
        assert keys(ask(on="2026-12-31").options) == ["before"]
        assert keys(ask(on="2027-01-01").options) == ["after"]
        (coming,) = ask(on="2026-12-31").upcoming
        assert (coming.day, coming.is_renewal) == (day("2027-01-01"), True)
        assert ask(on="2027-01-01").last_known == (), "the same broadcaster is licensed"

    def test_an_unknown_start_counts_as_begun(self) -> None:
        write(*a_league(), a_right(first_day=None))
        assert ask(on="2019-01-01").state == State.LICENSED

    def test_without_an_end_a_right_counts_as_far_as_its_evidence_reaches(self) -> None:
        write(*a_league(), a_right(evidence_reaches="2026-11-23"))
        assert ask(on="2026-11-23").state == State.LICENSED
        assert ask(on="2026-11-23").options[0].evidence_reaches == day("2026-11-23")
        answer = ask(on="2026-11-24")
        assert (answer.state, answer.reason) == (State.UNKNOWN, Reason.LAPSED)
        (known,) = answer.last_known
        assert (known.reason, known.season) == (LapseReason.EVIDENCE_ENDED, "2026-27")

    def test_where_somebody_is_licensed_only_holders_whose_end_nobody_stated_are_last_known(self) -> None:
        write(
            *a_league(),
            a_broadcaster("vanished"),
            a_broadcaster("ended"),
            a_right(),
            a_right("vanished", first_day="2025-07-01", evidence_reaches="2026-06-30"),
            a_right("ended", first_day="2025-07-01", last_day="2026-06-30"),
            a_right(package="other", first_day="2025-07-01", evidence_reaches="2026-06-30"),
        )
        assert holders(ask().last_known) == ["vanished"]
        assert set(holders(ask(on="2027-07-01").last_known)) == {"vanished", "ended", "holder"}

    def test_of_several_lapsed_rights_of_one_holder_the_newest_is_last_known(self) -> None:
        write(
            *a_league(),
            a_right(key="old", first_day="2024-07-01", last_day="2025-06-30"),
            a_right(key="new", first_day="2025-07-01", last_day="2026-06-30"),
        )
        assert keys(ask().last_known) == ["new"]

    def test_upcoming_rights_stand_in_the_order_of_their_days(self) -> None:
        write(
            *a_league(),
            a_broadcaster("zeta"),
            a_broadcaster("alpha"),
            a_right(key="later", first_day="2027-07-01", last_day="2028-06-30"),
            a_right("zeta", key="soon-2", first_day="2027-01-01", last_day="2028-06-30"),
            a_right("alpha", key="soon-1", first_day="2027-01-01", last_day="2028-06-30"),
        )
        answer = ask()
        assert keys(answer.upcoming) == ["soon-1", "soon-2", "later"]
        assert answer.reason == Reason.NOT_RESEARCHED, "nothing that has begun is on record"
        assert [row.is_renewal for row in answer.upcoming] == [False, False, False]

    def test_highlights_alone_license_nothing_and_are_still_shown(self) -> None:
        write(*a_league(), a_right(kind="highlights"), a_right(kind="delayed"))
        answer = ask()
        assert (answer.state, answer.reason) == (State.UNKNOWN, Reason.NOT_RESEARCHED)
        assert [option.kind for option in answer.options] == ["delayed", "highlights"]
        assert (answer.last_known, answer.resumes_on) == ((), None)

    def test_packages_of_one_holder_coexist(self) -> None:
        write(*a_league(), a_right(key="english", package="en"), a_right(key="spanish", package="es"))
        assert [(option.package, option.rank) for option in ask().options] == [("en", 1), ("es", 2)]

    def test_a_right_counts_in_its_countries_only(self) -> None:
        write(*a_league(), a_country("FR"), a_right(countries="FR"))
        assert ask(country="FR").state == State.LICENSED
        assert ask(country="IT").state == State.UNKNOWN

    def test_a_right_to_another_competition_says_nothing(self) -> None:
        write(*a_league(), a_competition(), a_competition("test-cup"), a_right(competition="test-cup"))
        assert ask("test-cup").state == State.LICENSED
        assert ask(LEAGUE).reason == Reason.NOT_RESEARCHED


@pytest.mark.usefixtures("empty_guide")
class TestWhatIsNotPublished:
    def test_a_right_without_evidence_is_never_shown(self) -> None:
        write(*a_league(), a_right(evidence=[]), a_right(evidence=[], first_day="2027-07-01", last_day="2028-06-30"))
        answer = ask()
        assert (answer.state, answer.reason) == (State.UNKNOWN, Reason.NOT_RESEARCHED)
        assert (answer.options, answer.last_known, answer.upcoming) == ((), (), ())

    def test_a_withdrawn_right_is_never_shown_and_a_restored_one_is_again(self) -> None:
        gone, stays = a_right(key="gone"), a_right(key="stays", countries="FR")
        write(*a_league(), a_country(), a_country("FR"), gone, stays)
        write(stays)
        for on in ("2026-11-23", "2028-01-01", "2020-01-01"):
            answer = ask(on=on)
            assert (answer.options, answer.last_known, answer.upcoming) == ((), (), ())
        write(stays, gone)
        assert keys(ask().options) == ["gone"]

    def test_a_withdrawn_finding_says_nothing(self) -> None:
        other = a_finding(countries="FR")
        write(*a_league(), a_country(), a_country("FR"), a_finding(), other)
        write(other)
        assert ask().state == State.UNKNOWN

    def test_a_withdrawn_blackout_blocks_nothing(self) -> None:
        other = a_blackout(countries="FR")
        write(*a_league(), a_country(), a_country("FR"), a_right(), a_blackout(), other)
        write(other)
        assert ask(on=NOW).state == State.LICENSED

    def test_a_withdrawn_season_is_in_no_calendar(self) -> None:
        write(*a_league(), a_right())
        write(a_season("2025-26", "2025-07-01", "2026-06-30"))
        assert (ask().season, ask().state) == (None, State.LICENSED)


@pytest.mark.usefixtures("empty_guide")
class TestEditions:
    CUP = (
        a_season("2026", "2026-06-11", "2026-07-19"),
        a_season("2027", "2027-07-19", "2027-08-19"),
        a_season("2030", "2030-06-08", "2030-07-21"),
    )

    def test_an_edition_that_is_over_licenses_nothing(self) -> None:
        write(*a_league(*self.CUP), a_right(first_day="2026-01-01", last_day="2026-12-31"))
        assert [ask(on=text).state.value for text in ("2026-07-19", "2026-07-20")] == ["licensed", "unknown"]
        answer = ask(on="2026-07-20")
        assert answer.reason == Reason.BETWEEN_EDITIONS
        (known,) = answer.last_known
        assert (known.reason, known.season) == (LapseReason.EDITION_OVER, "2026")

    def test_a_pause_of_365_days_is_licensed_and_one_of_366_is_not(self) -> None:
        write(*a_league(*self.CUP), a_right(first_day="2026-01-01", last_day="2030-12-31"))
        # The edition of 2027 begins on 19 July.
        assert ask(on="2026-07-19").state == State.LICENSED
        assert ask(on="2026-07-20").state == State.LICENSED
        assert ask(on="2026-07-20").resumes_on == day("2027-07-19")
        # That of 2030 begins on 8 June.
        assert ask(on="2029-06-07").state == State.UNKNOWN
        assert ask(on="2029-06-08").state == State.LICENSED
        assert ask(on="2029-06-08").resumes_on == day("2030-06-08")

    def test_the_next_edition_must_begin_within_the_right(self) -> None:
        write(*a_league(*self.CUP), a_right(key="short", first_day="2026-01-01", last_day="2027-07-18"))
        assert ask().reason == Reason.BETWEEN_EDITIONS
        write(a_right(key="short", first_day="2026-01-01", last_day="2027-07-19"))
        assert (ask().state, ask().resumes_on) == (State.LICENSED, day("2027-07-19"))

    def test_a_right_that_waits_for_a_far_edition_is_upcoming_from_its_first_day(self) -> None:
        write(*a_league(*self.CUP), a_right(first_day="2026-01-01", last_day="2030-12-31"))
        (coming,) = ask(on="2028-01-01").upcoming
        assert (coming.day, coming.season, coming.is_renewal) == (day("2030-06-08"), "2030", True)

    def test_a_right_in_force_before_its_first_edition_is_upcoming_and_not_last_known(self) -> None:
        write(*a_league(*self.CUP), a_right(first_day="2027-09-01", last_day="2030-12-31"))
        answer = ask(on="2027-10-01")
        assert holders(answer.upcoming) == ["holder"]
        assert answer.last_known == ()

    def test_a_calendar_that_does_not_speak_about_a_day_proves_nothing(self) -> None:
        write(*a_league(*self.CUP), a_right(first_day=None, last_day="2040-12-31"))
        for on in ("2026-06-10", "2030-07-22", "2035-01-01", "2010-01-01"):
            answer = ask(on=on)
            assert (answer.state, answer.resumes_on, answer.season) == (State.LICENSED, None, None)

    def test_a_competition_without_a_calendar_is_licensed_by_its_rights(self) -> None:
        write(a_sport(), a_competition(), a_country(), a_broadcaster(), a_right())
        assert ask().state == State.LICENSED
        answer = ask(on="2027-07-01")
        assert (answer.state, answer.reason, answer.last_known[0].season) == (State.UNKNOWN, Reason.LAPSED, None)

    def test_an_edition_without_holders_leaves_the_one_before_it_lapsed(self) -> None:
        write(*a_league(*self.CUP), a_right(first_day="2026-01-01", last_day="2026-12-31"))
        assert ask(on="2027-08-20").reason == Reason.LAPSED


@pytest.mark.usefixtures("empty_guide")
class TestFindings:
    def test_a_right_goes_before_every_finding(self) -> None:
        write(*a_league(), a_right(), a_finding("none"), a_finding("unannounced"))
        assert (ask().state, ask().finding) == (State.LICENSED, None)

    def test_unannounced_goes_before_none(self) -> None:
        write(*a_league(), a_finding("none", first_day="2026-11-01"), a_finding("unannounced", first_day=None))
        answer = ask()
        assert (answer.state, answer.reason) == (State.UNANNOUNCED, None)
        assert answer.finding is not None
        assert answer.finding.kind == "unannounced"

    def test_of_two_findings_of_a_kind_the_younger_speaks(self) -> None:
        write(
            *a_league(),
            a_finding(first_day=None, note="unknown"),
            a_finding(first_day="2026-11-01", note="young"),
            a_finding(first_day="2026-09-01", note="old"),
        )
        answer = ask()
        assert answer.finding is not None
        assert answer.finding.note == "young"

    def test_none_says_that_nobody_holds_it(self) -> None:
        page = a_page("https://league.example/no-deal", published_on="2026-11-03", seen_on="2026-11-03")
        write(*a_league(), a_finding("none", evidence=[page], note="Tender failed."))
        answer = ask()
        assert (answer.state, answer.reason) == (State.NONE, None)
        assert answer.finding is not None
        assert answer.finding.note == "Tender failed."
        assert [(source.url, source.seen_on) for source in answer.finding.evidence] == [
            ("https://league.example/no-deal", day("2026-11-03"))
        ]

    def test_a_finding_speaks_from_its_first_day_to_the_reach_of_its_evidence(self) -> None:
        write(*a_league(), a_finding("none", first_day="2026-11-03", evidence_reaches="2026-12-03"))
        assert [ask(on=text).state.value for text in ("2026-11-02", "2026-11-03", "2026-12-03", "2026-12-04")] == [
            "unknown",
            "none",
            "none",
            "unknown",
        ]

    def test_highlights_do_not_silence_a_finding(self) -> None:
        write(*a_league(), a_right(kind="highlights"), a_finding("none"))
        answer = ask()
        assert (answer.state, len(answer.options)) == (State.NONE, 1)

    def test_a_lapsed_holder_is_still_last_known_beside_a_finding(self) -> None:
        write(*a_league(), a_right(first_day="2025-07-01", last_day="2026-06-30"), a_finding("unannounced"))
        assert holders(ask().last_known) == ["holder"]


@pytest.mark.usefixtures("empty_guide")
class TestTheCountrysOwnDay:
    def league_of_july(self) -> None:
        write(
            *a_league(),
            a_country("NZ", time_zone="Pacific/Auckland"),
            a_country("UM", time_zone="Pacific/Honolulu"),
            a_right(countries="NZ; UM"),
        )

    def test_at_one_instant_two_countries_have_two_days(self) -> None:
        self.league_of_july()
        now = at("2026-06-30T12:00:00+00:00")  # midnight in Auckland, two in the morning in Honolulu
        auckland, honolulu = ask(country="NZ", on=None, now=now), ask(country="UM", on=None, now=now)
        assert (auckland.day, auckland.state) == (day("2026-07-01"), State.LICENSED)
        assert (honolulu.day, honolulu.state) == (day("2026-06-30"), State.UNKNOWN)

    @pytest.mark.parametrize(
        ("country", "midnight"),
        [("NZ", "2026-06-30T12:00:00+00:00"), ("UM", "2026-07-01T10:00:00+00:00")],
    )
    def test_a_right_begins_with_the_countrys_own_midnight(self, country: str, midnight: str) -> None:
        self.league_of_july()
        instant = at(midnight)
        just_before = instant - dt.timedelta(microseconds=1)
        assert ask(country=country, on=None, now=just_before).state == State.UNKNOWN
        assert ask(country=country, on=just_before).state == State.UNKNOWN
        assert ask(country=country, on=None, now=instant).state == State.LICENSED
        assert ask(country=country, on=instant).state == State.LICENSED

    def test_an_instant_may_be_given_in_any_zone(self) -> None:
        self.league_of_july()
        elsewhere = at("2026-06-30T12:00:00+00:00").astimezone(ZoneInfo("America/New_York"))
        assert ask(country="NZ", on=elsewhere).day == day("2026-07-01")

    def test_without_now_the_clock_is_read(self) -> None:
        self.league_of_july()
        competition, country = Competition.objects.get(), Country.objects.get(code="NZ")
        with time_machine.travel("2026-06-30T12:00Z", tick=False):
            assert who_shows(competition, country).day == day("2026-07-01")
        with time_machine.travel("2026-06-30T11:59Z", tick=False):
            assert who_shows(competition, country).day == day("2026-06-30")

    def test_the_answer_changes_next_at_the_countrys_midnight(self) -> None:
        self.league_of_july()
        now = at("2026-06-30T11:59:00+00:00")
        assert ask(country="NZ", on=None, now=now).next_change_at == at("2026-06-30T12:00:00+00:00")
        assert ask(country="UM", on=None, now=now).next_change_at == at("2026-06-30T10:00:00+00:00") + dt.timedelta(1)

    def test_at_midnight_itself_the_next_change_is_a_day_later(self) -> None:
        self.league_of_july()
        midnight = at("2026-06-30T12:00:00+00:00")
        assert ask(country="NZ", on=None, now=midnight).next_change_at == midnight + dt.timedelta(days=1)

    def test_an_answer_for_a_named_day_or_instant_never_changes_by_time(self) -> None:
        self.league_of_july()
        assert ask(country="NZ", on="2026-11-23").next_change_at is None
        assert ask(country="NZ", on=NOW).next_change_at is None


# A blackout as in Great Britain: on Saturdays from a quarter to three to a quarter past five.
SATURDAY = {"weekday": "6", "from_time": "14:45", "to_time": "17:15"}


@pytest.mark.usefixtures("empty_guide")
class TestBlackouts:
    def blacked_out(self, zone: str = "Europe/London", **cells: str) -> None:
        write(
            *a_league(),
            a_country("GB", time_zone=zone),
            a_right(countries="GB", first_day="2026-01-01"),
            a_blackout(countries="GB", **cells),
        )

    def states(self, *instants: str) -> list[str]:
        return [ask(country="GB", on=at(instant)).state.value for instant in instants]

    def test_it_blocks_from_its_first_minute_until_just_before_its_last(self) -> None:
        self.blacked_out(**SATURDAY)
        assert self.states(
            "2026-11-28T14:44:59+00:00",
            "2026-11-28T14:45:00+00:00",
            "2026-11-28T17:14:59+00:00",
            "2026-11-28T17:15:00+00:00",
        ) == ["licensed", "blocked", "blocked", "licensed"]

    def test_a_blocked_answer_says_why_and_until_when_and_keeps_its_options(self) -> None:
        self.blacked_out(**SATURDAY)
        answer = ask(country="GB", on=at("2026-11-28T15:00:00+00:00"))
        assert (answer.state, answer.reason) == (State.BLOCKED, Reason.BLACKOUT)
        assert answer.block is not None
        assert (answer.block.basis, answer.block.until) == ("Article 48", at("2026-11-28T17:15:00+00:00"))
        assert holders(answer.options) == ["holder"]

    def test_a_blocked_answer_carries_the_pages_that_state_the_rule(self) -> None:
        write(
            *a_league(),
            a_right(),
            a_blackout(evidence=[a_page("https://law.example/48"), a_page("https://b.example/")]),
        )
        answer = ask(on=NOW)
        assert answer.block is not None
        assert [source.url for source in answer.block.evidence] == ["https://law.example/48", "https://b.example/"]
        assert [source.url for source in answer.options[0].evidence] == [a_page()["url"]]

    def test_a_day_is_never_blocked_only_an_instant_or_now(self) -> None:
        self.blacked_out(**SATURDAY)
        assert ask(country="GB", on="2026-11-28").state == State.LICENSED
        assert ask(country="GB", on=None, now=at("2026-11-28T15:00:00+00:00")).state == State.BLOCKED

    def test_it_blocks_on_its_weekday_only(self) -> None:
        self.blacked_out(**SATURDAY)
        assert self.states("2026-11-27T15:00:00+00:00", "2026-11-29T15:00:00+00:00") == ["licensed", "licensed"]

    def test_it_keeps_the_local_time_in_summer_and_in_winter(self) -> None:
        self.blacked_out(**SATURDAY)
        assert self.states("2026-06-27T13:45:00+00:00", "2026-06-27T16:15:00+00:00") == ["blocked", "licensed"]
        assert self.states("2026-11-28T14:45:00+00:00", "2026-11-28T16:15:00+00:00") == ["blocked", "blocked"]

    def test_it_counts_on_its_first_and_last_day(self) -> None:
        self.blacked_out(first_day="2026-08-01", last_day="2026-08-02")
        assert self.states(
            "2026-07-31T22:59:59+00:00",
            "2026-07-31T23:00:00+00:00",  # midnight in summer time
            "2026-08-02T22:59:59+00:00",
            "2026-08-02T23:00:00+00:00",
        ) == ["licensed", "blocked", "blocked", "licensed"]

    def test_the_whole_day_has_23_hours_when_clocks_go_forward_and_25_when_they_go_back(self) -> None:
        self.blacked_out(first_day="2026-03-29", last_day="2026-03-29")
        assert self.states("2026-03-29T00:00:00+00:00", "2026-03-29T22:59:59+00:00", "2026-03-29T23:00:00+00:00") == [
            "blocked",
            "blocked",
            "licensed",
        ]
        write(a_blackout(countries="GB", first_day="2026-10-25", last_day="2026-10-25"))
        assert self.states("2026-10-24T23:00:00+00:00", "2026-10-25T23:59:59+00:00", "2026-10-26T00:00:00+00:00") == [
            "blocked",
            "blocked",
            "licensed",
        ]

    def test_a_window_across_the_change_of_the_clocks_holds_by_the_local_clock(self) -> None:
        self.blacked_out("Europe/Rome", from_time="01:00", to_time="04:00")
        # 29 March: at 2 the clock shows 3, so the window lasts two hours; 25 October: at 3 it shows 2, four hours.
        assert self.states("2026-03-29T00:00:00+00:00", "2026-03-29T01:59:59+00:00", "2026-03-29T02:00:00+00:00") == [
            "blocked",
            "blocked",
            "licensed",
        ]
        assert self.states("2026-10-24T23:00:00+00:00", "2026-10-25T02:59:59+00:00", "2026-10-25T03:00:00+00:00") == [
            "blocked",
            "blocked",
            "licensed",
        ]

    def test_a_window_that_begins_in_the_hour_that_is_skipped_still_holds(self) -> None:
        self.blacked_out("Europe/Rome", from_time="02:30", to_time="03:30")
        # On 29 March the clock in Rome goes from 1:59 to 3:00, and 3:15 is inside the window.
        assert ask(country="GB", on=at("2026-03-29T03:15:00+02:00")).state == State.BLOCKED

    @pytest.mark.parametrize(
        ("window", "now", "state", "change"),
        [
            # 29 March in Rome: at 1:00 UTC the clock goes from 2:00 to 3:00.
            (("02:15", "03:15"), "2026-03-29T00:30:00+00:00", "licensed", "2026-03-29T01:00:00+00:00"),
            (("02:15", "03:15"), "2026-03-29T01:00:00+00:00", "blocked", "2026-03-29T01:15:00+00:00"),
            (("01:00", "02:15"), "2026-03-29T00:30:00+00:00", "blocked", "2026-03-29T01:00:00+00:00"),
            (("02:15", "02:45"), "2026-03-29T01:00:00+00:00", "licensed", None),
            # 25 October: at 1:00 UTC the clock goes from 3:00 back to 2:00.
            (("02:30", "03:30"), "2026-10-25T00:45:00+00:00", "blocked", "2026-10-25T01:00:00+00:00"),
            (("02:30", "03:30"), "2026-10-25T01:00:00+00:00", "licensed", "2026-10-25T01:30:00+00:00"),
            (("02:30", "03:30"), "2026-10-25T01:30:00+00:00", "blocked", "2026-10-25T02:30:00+00:00"),
            (("01:30", "02:30"), "2026-10-25T00:30:00+00:00", "licensed", "2026-10-25T01:00:00+00:00"),
        ],
    )
    def test_when_clocks_change_so_may_the_answer(
        self, window: tuple[str, str], now: str, state: str, change: str | None
    ) -> None:
        self.blacked_out("Europe/Rome", from_time=window[0], to_time=window[1])
        answer = ask(country="GB", on=None, now=at(now))
        assert answer.state.value == state
        assert answer.next_change_at is not None
        if change:
            assert answer.next_change_at == at(change)
            assert ask(country="GB", on=at(change)).state != answer.state
        if answer.block and change:
            assert answer.block.until == at(change)

    def test_it_blocks_nothing_that_nobody_shows(self) -> None:
        write(*a_league(), a_blackout())
        answer = ask(on=NOW)
        assert (answer.state, answer.block) == (State.UNKNOWN, None)

    def test_one_without_a_competition_blocks_every_competition(self) -> None:
        self.blacked_out(competition="")
        assert ask(country="GB", on=NOW).state == State.BLOCKED

    def test_one_of_another_competition_or_country_blocks_nothing(self) -> None:
        write(
            *a_league(),
            a_competition(),
            a_competition("test-cup"),
            a_country(),
            a_country("FR"),
            a_right(),
            a_blackout(competition="test-cup"),
            a_blackout(countries="FR"),
        )
        assert ask(on=NOW).state == State.LICENSED

    def test_its_edges_are_moments_of_change(self) -> None:
        self.blacked_out(**SATURDAY)

        def change(now: str) -> dt.datetime | None:
            return ask(country="GB", on=None, now=at(now)).next_change_at

        assert change("2026-11-28T10:00:00+00:00") == at("2026-11-28T14:45:00+00:00")
        assert change("2026-11-28T14:45:00+00:00") == at("2026-11-28T17:15:00+00:00")
        assert change("2026-11-28T17:15:00+00:00") == at("2026-11-29T00:00:00+00:00")
        assert change("2026-11-27T15:00:00+00:00") == at("2026-11-28T00:00:00+00:00")


@pytest.mark.usefixtures("empty_guide")
class TestWhatAnOptionShows:
    def test_a_service_is_shown_only_where_the_catalogue_has_it(self) -> None:
        write(
            *a_league(),
            a_country(),
            a_country("FR"),
            a_service("in-italy", countries="IT"),
            a_service("in-france", countries="FR"),
            a_service("in-both", countries="IT; FR", kind="tv", url="https://both.example/watch"),
            a_right(countries="IT; FR", services="in-italy; in-france; in-both"),
        )
        assert [service.slug for service in ask().options[0].services] == ["in-italy", "in-both"]
        assert [service.slug for service in ask(country="FR").options[0].services] == ["in-france", "in-both"]

    def test_a_service_without_an_address_is_opened_at_its_broadcasters_site_or_at_the_parents(self) -> None:
        write(
            *a_league(),
            a_broadcaster(website="https://holder.example/"),
            a_broadcaster("arm", parent="holder"),
            a_broadcaster("nameless"),
            a_service("own", url="https://own.example/"),
            a_service("of-holder"),
            a_service("of-arm", broadcaster="arm"),
            a_service("of-nameless", broadcaster="nameless"),
            a_right("arm", services="own; of-holder; of-arm; of-nameless"),
        )
        option = ask().options[0]
        assert {service.slug: service.url for service in option.services} == {
            "own": "https://own.example/",
            "of-holder": "https://holder.example/",
            "of-arm": "https://holder.example/",
            "of-nameless": None,
        }
        assert option.broadcaster.url == "https://holder.example/"

    @pytest.mark.parametrize(
        ("ended_on", "last_shown"),
        [("2026-11-22", "2026-11-22"), ("2026-11", "2026-11-30"), ("2026", "2026-12-31")],
    )
    def test_a_service_whose_broadcaster_has_ended_is_shown_to_its_last_day(
        self, ended_on: str, last_shown: str
    ) -> None:
        write(
            *a_league(),
            a_broadcaster(),
            a_broadcaster("gone", status="closed", ended_on=ended_on),
            a_service("open"),
            a_service("closed", broadcaster="gone"),
            a_right(services="open; closed"),
        )
        last = day(last_shown)
        assert {service.slug for service in ask(on=last).options[0].services} == {"open", "closed"}
        assert [service.slug for service in ask(on=last + dt.timedelta(days=1)).options[0].services] == ["open"]

    @pytest.mark.parametrize(
        ("ended_on", "last_shown"),
        [("2026-11-22", "2026-11-22"), ("2026-11", "2026-11-30"), ("2026", "2026-12-31")],
    )
    def test_a_service_that_has_ended_is_shown_and_sold_to_its_last_day_and_brings_no_successor(
        self, ended_on: str, last_shown: str
    ) -> None:
        write(
            *a_league(),
            a_broadcaster(),
            a_service("open"),
            a_service("heir"),
            a_service("closed", ended_on=ended_on, successor="heir"),
            a_right(services="open; closed"),
            an_offer("5", services="closed"),
            an_offer("10", services="open"),
        )
        last = day(last_shown)
        (before,), (after,) = ask(on=last).options, ask(on=last + dt.timedelta(days=1)).options
        assert [service.slug for service in before.services] == ["closed", "open"]
        assert before.price_from is not None
        assert before.price_from.amount == 5
        assert [service.slug for service in after.services] == ["open"]
        assert after.price_from is not None
        assert after.price_from.amount == 10, "an offer that opens only what has ended is no way to it"

    def test_operators_are_those_that_carry_the_service_in_that_country(self) -> None:
        write(
            *a_league(),
            a_country(),
            a_country("FR"),
            a_broadcaster(),
            *(a_broadcaster(slug, kind="telecom") for slug in ("orange", "free", "tim")),
            a_service(countries="IT; FR"),
            a_right(countries="IT; FR", services="holder-stream"),
            a_carriage(operator="orange", country="FR"),
            a_carriage(operator="free", country="FR"),
            a_carriage(operator="tim", country="IT", key="tim--it"),
        )
        assert ask(country="FR").options[0].services[0].operators == ("Free", "Orange")
        assert ask(country="IT").options[0].services[0].operators == ("Tim",)
        write(a_carriage(operator="free", country="IT", key="free--it"))
        assert ask(country="IT").options[0].services[0].operators == ("Free",)
        assert ask(country="FR").options[0].services[0].operators == (), "withdrawn: not recorded any more"

    def test_a_verified_right_is_to_be_checked_again_after_thirty_days(self) -> None:
        write(*a_league(), a_right(verified_on="2026-11-18"))
        option = ask().options[0]
        assert (option.verified_on, option.next_check_due) == (day("2026-11-18"), day("2026-12-18"))

    def test_evidence_stands_in_the_order_of_the_record_with_what_is_not_known_as_none(self) -> None:
        pages = [a_page(f"https://press-{number}.example/", published_on="") for number in (3, 1, 2)]
        write(*a_league(), a_right(evidence=pages, languages="it; en"))
        option = ask().options[0]
        assert [source.url for source in option.evidence] == [page["url"] for page in pages]
        assert {(source.published_on, source.seen_on) for source in option.evidence} == {(None, None)}
        assert option.languages == ("it", "en")
        assert (option.coverage.note, option.coverage.unit, option.package) == (None, None, None)

    def test_a_claim_that_the_pages_do_not_bear_out_counts_as_reported(self) -> None:
        write(*a_league(), a_right(claimed_confidence="confirmed"))
        assert ask().options[0].confidence == "reported"


class TestAsking:
    def test_no_question_costs_nothing(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(0):
            assert answers([]) == []

    def test_answers_stand_in_the_order_of_their_questions_and_may_repeat(self, bundled_data: None) -> None:
        asked = [("ligue-1", "FR"), ("serie-a", "IT"), ("serie-a", "FR"), ("serie-a", "IT")]
        questions = [
            Question(
                competition=Competition.objects.get(slug=slug), country=Country.objects.get(code=code), on=NOW.date()
            )
            for slug, code in asked
        ]
        given = answers(questions)
        assert [answer.question for answer in given] == questions
        assert [holders(answer.options)[0] for answer in given] == ["ligue-1-plus", "dazn-it", "dazn-fr", "dazn-it"]

    def test_a_question_asked_among_others_has_the_answer_that_it_has_alone(self, bundled_data: None) -> None:
        questions = [
            Question(competition=competition, country=country, on=NOW.date())
            for competition in Competition.objects.filter(slug__in=["bundesliga", "nba", "uefa-euro"])
            for country in Country.objects.filter(code__in=["GB", "IT", "US", "AQ"])
        ]
        assert answers(questions) == [answers([question])[0] for question in questions]

    def test_who_shows_is_the_case_of_one_question(self, bundled_data: None) -> None:
        competition, country = Competition.objects.get(slug="serie-a"), Country.objects.get(code="IT")
        question = Question(competition=competition, country=country, on=NOW.date())
        assert who_shows(competition, country, on=NOW.date()) == answers([question])[0]

    @pytest.mark.parametrize(
        ("filters", "left"),
        [
            ({}, ["zdf", "dazn-dach", "amazon-prime-video", "zdf"]),
            ({"access": ["free"]}, ["zdf", "zdf"]),
            ({"access": ["free"], "kind": ["live"]}, ["zdf"]),
            ({"kind": ["highlights"]}, ["zdf"]),
            ({"access": ["pay-per-view", "mixed"]}, []),
            ({"services": ["prime-video"]}, ["amazon-prime-video"]),
            ({"services": ["prime-video", "dazn-dach"], "kind": ["live"]}, ["dazn-dach", "amazon-prime-video"]),
            ({"services": ["no-such-service"]}, []),
        ],
    )
    def test_filters_narrow_the_options_and_nothing_else(
        self, bundled_data: None, filters: dict[str, list[str]], left: list[str]
    ) -> None:
        answer = ask("uefa-champions-league", "DE")
        fewer = narrowed(answer, **filters)
        assert holders(fewer.options) == left
        assert fewer.state == answer.state == State.LICENSED
        assert (fewer.last_known, fewer.upcoming, fewer.reason) == (answer.last_known, answer.upcoming, answer.reason)
        assert set(fewer.options) <= set(answer.options), "ranks stay what they were"
