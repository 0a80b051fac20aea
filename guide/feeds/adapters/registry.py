"""Every format that the guide can read, by the key under which a feed names it."""

from collections.abc import Mapping
from typing import Any

from guide.feeds.adapters import ergast, fixturedownload, football_txt, nba_csv, openfootball_json, sportstimes
from guide.feeds.adapters.base import Adapter
from guide.feeds.adapters.claims.by_country import ByCountryAdapter
from guide.feeds.adapters.claims.events_with_broadcasters import EventsWithBroadcastersAdapter
from guide.feeds.adapters.claims.licensees import LicenseesAdapter
from guide.feeds.adapters.claims.per_match import PerMatchCsvAdapter, PerMatchJsonAdapter
from guide.feeds.adapters.claims.season_coverage import SeasonCoverageAdapter
from guide.feeds.adapters.claims.worldcup_2018 import WorldCup2018Adapter
from guide.feeds.adapters.icalendar_events import IcalendarAdapter
from guide.feeds.adapters.iptv_org import ChannelAdapter, ChannelIdAdapter, ChannelReachAdapter
from guide.feeds.adapters.operator_guide import OperatorGuideAdapter
from guide.feeds.adapters.rights_table import RIGHTS_CSV, RIGHTS_JSON
from guide.feeds.adapters.xmltv import XmltvAdapter

ALL: tuple[Adapter[Any], ...] = (
    RIGHTS_CSV,
    RIGHTS_JSON,
    openfootball_json.ADAPTER,
    football_txt.ADAPTER,
    fixturedownload.JSON_ADAPTER,
    fixturedownload.CSV_ADAPTER,
    sportstimes.ADAPTER,
    ergast.ADAPTER,
    nba_csv.ADAPTER,
    IcalendarAdapter(),
    XmltvAdapter(),
    OperatorGuideAdapter(),
    ChannelAdapter(),
    ChannelReachAdapter(),
    ChannelIdAdapter(),
    ByCountryAdapter(),
    PerMatchJsonAdapter(),
    PerMatchCsvAdapter(),
    EventsWithBroadcastersAdapter(),
    LicenseesAdapter(),
    SeasonCoverageAdapter(),
    WorldCup2018Adapter(),
)
ADAPTERS: Mapping[str, Adapter[Any]] = {adapter.key: adapter for adapter in ALL}
