"""Fetching a document: what comes back, what is sent, and the unpacking."""

import datetime as dt
import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest

from guide.feeds.fetching.errors import FetchError, Reason
from guide.feeds.fetching.fetch import NotModified, user_agent
from tests.feeds.fetching.conftest import AGENT, Client
from tests.feeds.server import FeedServer

BODY = json.dumps({"name": "Coupe d’essai 2026", "matches": []}).encode()


def test_a_document_comes_with_all_that_the_next_fetch_needs(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY, etag='"v1"', last_modified="Wed, 04 Nov 2026 10:00:00 GMT", content_type="text/plain")
    before = dt.datetime.now(dt.UTC)
    snapshot = client.snapshot("/a.json")
    assert snapshot.url == snapshot.final_url == server.url("/a.json")
    assert (snapshot.status, snapshot.content_type) == (200, "text/plain")
    assert (snapshot.etag, snapshot.last_modified) == ('"v1"', "Wed, 04 Nov 2026 10:00:00 GMT")
    assert snapshot.sha256 == hashlib.sha256(BODY).hexdigest()
    assert snapshot.bytes_wire == snapshot.bytes_decoded == len(BODY)
    assert before <= snapshot.fetched_at <= dt.datetime.now(dt.UTC)
    assert 0 < snapshot.seconds < 5
    assert snapshot.file == client.spool
    assert client.spool.read_bytes() == BODY


def test_the_server_learns_who_asks_and_nothing_else(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY)
    client.fetch("/a.json")
    assert server.headers("/a.json") == [
        {"host": server.place, "user-agent": AGENT, "accept": "*/*", "accept-encoding": "gzip"}
    ]
    assert user_agent("Shown", "0.1", "https://shown.example/about") == AGENT


def test_a_query_arrives_as_it_was_written(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY)
    client.fetch("/a.json?team=%C3%89toile&from=2026-08#x")
    assert [seen.path for seen in server.requests] == ["/a.json?team=%C3%89toile&from=2026-08"]


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"', '"a b,c"', '"\xe9\xff"', "unquoted"])
def test_an_etag_goes_back_byte_for_byte(client: Client, server: FeedServer, etag: str) -> None:
    server.serve("/a.json", BODY, etag=etag)
    given = client.snapshot("/a.json").etag
    assert given == etag
    client.fetch("/a.json", etag=given)
    assert server.headers("/a.json")[1]["if-none-match"] == etag


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"'])
def test_an_unchanged_document_is_not_sent_again(client: Client, server: FeedServer, etag: str) -> None:
    server.serve("/a.json", BODY, etag=etag)
    client.spool.write_bytes(b"kept")
    answer = client.fetch("/a.json", etag=etag, last_modified="Wed, 04 Nov 2026 10:00:00 GMT")
    assert isinstance(answer, NotModified)
    assert (answer.url, answer.etag) == (server.url("/a.json"), etag)
    assert answer.last_modified == "Wed, 04 Nov 2026 10:00:00 GMT"
    assert client.spool.read_bytes() == b"kept"


def test_a_date_alone_is_enough_to_ask_whether_it_changed(client: Client, server: FeedServer) -> None:
    date = "Wed, 04 Nov 2026 10:00:00 GMT"
    server.serve("/a.json", BODY, last_modified=date)
    assert isinstance(client.fetch("/a.json", last_modified=date), NotModified)
    assert "if-none-match" not in server.headers("/a.json")[0]
    server.serve("/a.json", BODY + b"\n", last_modified="Wed, 04 Nov 2026 11:00:00 GMT")
    assert client.snapshot("/a.json", last_modified=date).bytes_wire == len(BODY) + 1


def test_unchanged_is_no_answer_to_who_has_no_copy(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", b"", status=304)
    with pytest.raises(FetchError) as caught:
        client.fetch("/a.json")
    assert caught.value.reason is Reason.HTTP_STATUS


def test_a_server_without_validators_sends_all_and_the_hash_tells(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY)
    first = client.snapshot("/a.json")
    server.serve("/a.json", BODY, gzip=True)
    second = client.snapshot("/a.json", etag='"v0"')
    assert first.sha256 == second.sha256
    assert first.bytes_wire != second.bytes_wire


@pytest.mark.parametrize("is_encoding_told", [True, False])
def test_gzip_is_unpacked_told_or_not(client: Client, server: FeedServer, is_encoding_told: bool) -> None:
    server.serve("/a.xml.gz", BODY * 50, gzip=True, is_encoding_told=is_encoding_told)
    snapshot = client.snapshot("/a.xml.gz")
    assert client.spool.read_bytes() == BODY * 50
    assert snapshot.bytes_decoded == len(BODY) * 50
    assert snapshot.bytes_wire == len(gzip.compress(BODY * 50, mtime=0))
    assert snapshot.sha256 == hashlib.sha256(BODY * 50).hexdigest()


def test_a_gz_file_that_the_server_packs_once_more_is_unpacked_twice(client: Client, server: FeedServer) -> None:
    server.serve("/a.xml.gz", gzip.compress(BODY), gzip=True)
    client.fetch("/a.xml.gz")
    assert client.spool.read_bytes() == BODY


def test_gzip_files_in_a_row_and_padding_are_one_document(client: Client, server: FeedServer) -> None:
    server.serve("/a.gz", gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two") + bytes(100_000))
    client.fetch("/a.gz")
    assert client.spool.read_bytes() == b"one two"


def test_gzip_in_single_bytes_is_unpacked_too(client: Client, server: FeedServer) -> None:
    server.drip("/a.gz", gzip.compress(b"one ") + gzip.compress(b"two") + bytes(3), seconds=0.0005)
    client.fetch("/a.gz")
    assert client.spool.read_bytes() == b"one two"


def test_gzip_that_unpacks_far_beyond_a_piece_is_whole(client: Client, server: FeedServer) -> None:
    body = b"".join(b"%d" % (number * number) * (number % 400) for number in range(2_000))
    server.serve("/a.gz", body, gzip=True)
    assert client.snapshot("/a.gz").sha256 == hashlib.sha256(body).hexdigest()


PACKED = gzip.compress(BODY * 100)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (PACKED[:-1], "gzip"),
        (PACKED[:-12], ""),
        (PACKED[:20] + b"!!" + PACKED[22:], "gzip"),
        (PACKED[:-8] + bytes(8), "gzip"),
        (PACKED + b"<html>", "gzip"),
        (BODY, "gzip"),
        (b"\x1f", "gzip"),
        (BODY, "br"),
        (PACKED, "gzip, br"),
    ],
    ids=["cut by a byte", "cut", "damaged", "bad sum", "more behind", "none at all", "one byte", "another", "two"],
)
def test_compression_that_cannot_be_undone_is_an_error(
    client: Client, server: FeedServer, body: bytes, encoding: str
) -> None:
    server.serve("/a.json", body, headers={"Content-Encoding": encoding} if encoding else {})
    with pytest.raises(FetchError) as caught:
        client.fetch("/a.json")
    assert caught.value.reason is Reason.BAD_ENCODING
    assert not client.spool.exists()


@pytest.mark.parametrize("body", [b"", b"\x1f", b"\x1f\x8c"])
@pytest.mark.parametrize("encoding", ["identity", ""])
def test_a_short_body_is_what_it_is(client: Client, server: FeedServer, body: bytes, encoding: str) -> None:
    server.serve("/a.json", body, headers={"Content-Encoding": encoding})
    assert client.snapshot("/a.json").bytes_decoded == len(body)
    assert client.spool.read_bytes() == body


def test_nothing_said_to_be_gzip_is_nothing(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", b"", headers={"Content-Encoding": "gzip"})
    assert client.snapshot("/a.json").bytes_decoded == 0


def test_an_error_page_that_claims_success_is_fetched_and_left_to_the_adapter(
    client: Client, server: FeedServer
) -> None:
    server.serve("/a.json", b"<!DOCTYPE html><title>Sorry</title>", content_type="text/html")
    assert client.snapshot("/a.json").content_type == "text/html"


def test_an_open_file_is_wound_back_and_after_an_error_as_before(client: Client, server: FeedServer) -> None:
    server.serve("/a.json", BODY)
    server.cut("/cut.json", BODY)
    file = io.BytesIO(b"before")
    file.seek(6)
    with pytest.raises(FetchError):
        client.fetch("/cut.json", spool=file)
    assert (file.getvalue(), file.tell()) == (b"before", 6)
    assert client.snapshot("/a.json", spool=file).file is file
    assert file.read() == BODY


def test_the_samples_of_a_folder_are_served_with_validators(client: Client, server: FeedServer, tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "a b.json").write_bytes(BODY)
    (tmp_path / "secret.json").write_bytes(b"{}")
    server.folder("/samples", folder)
    snapshot = client.snapshot("/samples/a%20b.json")
    assert snapshot.content_type == "application/json"
    again = client.fetch("/samples/a%20b.json", etag=snapshot.etag, last_modified=snapshot.last_modified)
    assert isinstance(again, NotModified)
    with pytest.raises(FetchError, match="404"):
        client.fetch("/samples/..%2Fsecret.json")
