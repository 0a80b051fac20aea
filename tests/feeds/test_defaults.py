"""The feeds that come with the guide, and how they get into the database."""

import datetime as dt
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from competitions.models import Competition
from guide.feeds import defaults
from guide.feeds.adapters.base import Document, Limits, Rejected
from guide.feeds.adapters.registry import ADAPTERS
from guide.feeds.guards import FORM
from guide.feeds.models import Feed
from guide.publication.tables import TableError
from guide.run import STEPS

RECORDS = {record.slug: record for record in defaults.read()}


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The table with another text in one place or more."""
    text = defaults.FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "feeds.csv"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def loaded(file: Path = defaults.FILE) -> str:
    out = io.StringIO()
    call_command("load_feeds", file=file, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("slug", RECORDS)
def test_every_feed_says_whose_it_is_and_under_which_licence(slug: str) -> None:
    record = RECORDS[slug]
    assert record.publisher
    assert record.licence
    assert record.attribution
    if record.zone:
        ZoneInfo(record.zone)


@pytest.mark.parametrize("slug", RECORDS)
def test_only_what_is_clearly_open_is_on(slug: str) -> None:
    record = RECORDS[slug]
    if record.is_on:
        assert record.kind == "bundled" or "CC0" in record.licence


@pytest.mark.django_db
@pytest.mark.usefixtures("bundled_data")
def test_fixture_feeds_name_a_competition_of_the_guide_and_a_season() -> None:
    known = set(Competition.objects.values_list("slug", flat=True))
    for record in RECORDS.values():
        if record.kind == "fixtures":
            options = {option.name: option.value for option in record.options}
            assert options["competition"] in known, record.slug
            assert options["season"] in record.slug or options["season"] in record.address, record.slug


def test_files_that_state_no_zone_have_one_and_sibling_files_have_their_own() -> None:
    zones = {
        record.slug: record.zone
        for record in RECORDS.values()
        if record.adapter in ("openfootball-json", "football-txt")
    }
    assert zones == {
        "openfootball-serie-a-2026-27": "Europe/Rome",
        "openfootball-ligue-1-2026-27": "Europe/Paris",
        "openfootball-premier-league-2026-27": "Europe/London",
        "openfootball-la-liga-2026-27": "Europe/Madrid",
        "openfootball-bundesliga-2026-27": "Europe/Berlin",
        "openfootball-champions-league-2025-26": "Europe/Zurich",
        "openfootball-champions-league-2026-27": "Europe/Zurich",
        # Each of its times names its own.
        "openfootball-world-cup-2026": "",
    }


@pytest.mark.django_db
def test_loading_creates_what_is_missing_and_a_second_time_changes_nothing() -> None:
    assert f"feeds: {len(RECORDS)} created" in loaded()
    feed = Feed.objects.get(slug="sportstimes-f1-2026")
    assert feed.options["lengths"].startswith("fp1=60;fp2=60")
    assert feed.interval == dt.timedelta(days=1)
    assert not feed.is_on
    assert not Feed.objects.filter(is_trusted=True).exists()
    for each in Feed.objects.all():
        each.full_clean(exclude=["adapter"])
    again = loaded()
    assert again == f"feeds: 0 created, 0 described anew, 0 kept as they are, {len(RECORDS)} unchanged\n"


@pytest.mark.django_db
def test_what_an_operator_has_set_stays(tmp_path: Path) -> None:
    loaded()
    Feed.objects.filter(slug="iptv-org-channels").update(is_on=False, attribution="Ours.")
    said = loaded(changed(tmp_path, "CC0-1.0 / Unlicense", "CC0-1.0"))
    assert "kept       iptv-org-channels: yours differs from the guide's in is_on, licence, attribution" in said
    feed = Feed.objects.get(slug="iptv-org-channels")
    assert (feed.is_on, feed.licence, feed.attribution) == (False, "CC0-1.0 / Unlicense", "Ours.")


@pytest.mark.django_db
def test_the_description_of_a_feed_that_nobody_has_touched_follows_the_file(tmp_path: Path) -> None:
    loaded()
    said = loaded(changed(tmp_path, "CC0-1.0 / Unlicense", "CC0-1.0"))
    assert "described  iptv-org-channels" in said
    assert Feed.objects.get(slug="iptv-org-channels").licence == "CC0-1.0"


@pytest.mark.django_db
def test_a_feed_that_was_changed_in_the_admin_is_left_alone_altogether(tmp_path: Path) -> None:
    loaded()
    feed = Feed.objects.get(slug="iptv-org-channels")
    Feed.objects.filter(pk=feed.pk).update(attribution="Ours.")
    LogEntry.objects.create(
        user=User.objects.create(username="anna"),
        content_type=ContentType.objects.get_for_model(Feed),
        object_id=str(feed.pk),
        action_flag=CHANGE,
    )
    loaded(changed(tmp_path, "CC0-1.0 / Unlicense", "CC0-1.0"))
    feed.refresh_from_db()
    assert (feed.licence, feed.attribution) == ("CC0-1.0 / Unlicense", "Ours.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",sportstimes,https", ",sportstime,https", "adapter: “sportstime” is no adapter. Did you mean “sportstimes”?"),
        ("channels,iptv-org-channels,", "fixtures,iptv-org-channels,", "reads channels, not fixtures"),
        ("https://api.jolpi.ca", "http://api.jolpi.ca", "an address begins with https://"),
        ("bundled:,", "https://example.org/,", "The bundled data have the address"),
    ],
)
def test_a_bad_row_loads_nothing_and_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(CommandError, match=r"Nothing was loaded\.") as error:
        loaded(changed(tmp_path, old, new))
    assert message in str(error.value)
    assert "feeds.csv, line " in str(error.value)
    assert not Feed.objects.exists()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="The file cannot be read"):
        defaults.read(tmp_path / "none.csv")


def test_make_run_sets_up_the_feeds() -> None:
    assert ["load_feeds"] in STEPS.values()


@pytest.mark.parametrize(
    ("slug", "file", "number"),
    [
        ("openfootball-serie-a-2026-27", "fixtures/openfootball-json/2025-26/it.1.json", 380),
        ("openfootball-ligue-1-2026-27", "fixtures/openfootball-json/2025-26/fr.1.json", 306),
        ("openfootball-premier-league-2026-27", "fixtures/openfootball-json/2025-26/en.1.json", 380),
        ("openfootball-la-liga-2026-27", "fixtures/openfootball-json/2025-26/es.1.json", 380),
        ("openfootball-bundesliga-2026-27", "fixtures/openfootball-json/2025-26/de.1.json", 306),
        ("openfootball-champions-league-2025-26", "fixtures/openfootball-txt/2025-26/uefa-cl.txt", 189),
        ("openfootball-world-cup-2026", "fixtures/series/worldcup-2026/2026-06-26T0101.worldcup.json", 104),
        ("sportstimes-f1-2026", "fixtures/series/f1-2026/2026-05-01.2026.json", 110),
        ("sportstimes-motogp-2026", "fixtures/series/motogp-2026/2026-03-16.2026.json", 176),
        ("jolpica-f1-2026", "fixtures/f1/ergast_2023_races.json", 110),
        pytest.param("iptv-org-channels", "channels/iptv-org-database/channels.csv", 41_105, marks=pytest.mark.long),
        pytest.param("iptv-org-reach", "channels/iptv-org-database/feeds.csv", 45_082, marks=pytest.mark.long),
    ],
)
def test_a_real_file_of_the_same_source_is_read_as_the_feed_is_set(
    shared: Path, slug: str, file: str, number: int
) -> None:
    record = RECORDS[slug]
    path = shared / "samples" / file
    document = Document(
        name=slug,
        zone=ZoneInfo(record.zone) if record.zone else None,
        options={option.name: option.value for option in record.options},
        limits=Limits(records=record.most_records),
    )
    with path.open("rb") as stream:
        items = list(ADAPTERS[record.adapter].read(stream, document))
    rejected = [item for item in items if isinstance(item, Rejected) and item.code in FORM]
    assert len(items) == number
    assert len(rejected) * 100 <= record.rejected_percent * len(items)
    assert path.stat().st_size * 3 < record.most_bytes
    assert len(items) * 3 < record.most_records
