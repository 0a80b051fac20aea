"""How a log line looks."""

import json
import logging
import sys
import time

# What every record has. Whatever else is on one came in by ``extra`` and is printed, but for Celery's ``data``, which
# is its message once more.
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "data"}


class LineFormatter(logging.Formatter):
    """One line an event: time, level, logger, message, then the fields as ``name=value``.

    A traceback is a field too, unless a person is looking: at a terminal it follows as Python prints it.
    """

    converter = time.gmtime  # type: ignore[assignment]  # as the documentation of logging does it
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self, *, multiline: bool | None = None) -> None:
        super().__init__()
        self.multiline = sys.stderr.isatty() if multiline is None else multiline

    def format(self, record: logging.LogRecord) -> str:
        words = [self.formatTime(record), record.levelname, record.name, on_one_line(record.getMessage())]
        words += [f"{name}={quoted(value)}" for name, value in vars(record).items() if name not in STANDARD]
        if not record.exc_info:
            return " ".join(words)
        traceback = self.formatException(record.exc_info)
        if self.multiline:
            return " ".join(words) + "\n" + traceback
        return " ".join([*words, f"traceback={json.dumps(traceback)}"])


def quoted(value: object) -> str:
    text = str(value)
    return text if text and not set(text) & set(' "=\n\r\t') else json.dumps(text, ensure_ascii=False)


def on_one_line(text: str) -> str:
    # A message may carry what a stranger typed: a line break in it must not begin a line of its own.
    return text.replace("\r", "\\r").replace("\n", "\\n")
