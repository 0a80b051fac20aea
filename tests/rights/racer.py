"""One of two processes that write rights at the same moment: ``python -m tests.rights.racer KIND NAME``.

Says what it does on its standard output, one word a line; waits for a line on its standard input before it begins and,
where ``--hold`` is given, between its writing and its commit. Run by ``test_overlap``.
"""

import json
import sys

import django

django.setup()

from guide.publication.publish import publish  # noqa: E402 (the settings must stand first)
from guide.rights.overlap import OverlapError  # noqa: E402
from guide.rights.reconcile import RIGHTS  # noqa: E402
from guide.rights.records import RightRecord  # noqa: E402


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def hear() -> None:
    if not sys.stdin.readline():
        sys.exit(1)


def main(name: str, *, hold: bool) -> None:
    say("ready")
    records = [RightRecord.model_validate(record) for record in json.loads(sys.stdin.readline())]
    try:
        with publish(actor=name, reason="race") as publication:
            RIGHTS.apply(records, publication, origin=name)
            say("written")
            if hold:
                hear()
    except OverlapError as error:
        say("refused")
        say(json.dumps(str(error)))
    else:
        say("committed")


if __name__ == "__main__":
    main(sys.argv[1], hold="--hold" in sys.argv)
