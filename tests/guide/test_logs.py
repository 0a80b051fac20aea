import logging
import sys

from guide.logs import LineFormatter


def record(message: str, **fields: object) -> logging.LogRecord:
    return logging.makeLogRecord(
        {
            "name": "guide.feeds",
            "levelname": "INFO",
            "levelno": logging.INFO,
            "msg": message,
            "created": 0.0,
            "msecs": 7.0,
            **fields,
        }
    )


def test_one_line_with_the_fields_behind() -> None:
    line = LineFormatter(multiline=False).format(
        record("feed refreshed", feed="official", created_rows=3, note="two words")
    )
    assert (
        line == '1970-01-01T00:00:00.007Z INFO guide.feeds feed refreshed feed=official created_rows=3 note="two words"'
    )


def test_what_a_stranger_typed_begins_no_line_of_its_own() -> None:
    line = LineFormatter(multiline=False).format(record("Not Found: /a\n1970 ERROR", path="/b\nc"))
    assert "\n" not in line


def test_a_traceback_is_a_field_unless_a_person_looks() -> None:
    try:
        raise ValueError("a\nb")
    except ValueError:
        failed = record("refresh failed", exc_info=sys.exc_info())
    assert "\n" not in LineFormatter(multiline=False).format(failed)
    assert LineFormatter(multiline=True).format(failed).splitlines()[1] == "Traceback (most recent call last):"
