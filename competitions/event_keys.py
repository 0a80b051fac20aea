"""How a new event is keyed: by its season and who plays it, or by what it is called; never by what moves."""

from collections.abc import Container

from django.utils.text import slugify

PART = 60
"""Characters of a key that one name may fill."""


def event_key(
    season: str,
    *,
    parent: str = "",
    name: str = "",
    session: str = "",
    sides: tuple[str, str] | None = None,
    number: int | None = None,
    taken: Container[str] = (),
) -> str:
    """A key that nobody has. ``sides``: the slugs of two teams, or what stands for one that is not known yet, which
    says less than the ``number`` of the match. What has none goes by its session, or its name.
    """
    if number is not None:
        called = f"match-{number}"
    elif sides:
        called = "--".join(filter(None, map(_slug, sides)))
    else:
        called = _slug(session or name)
    stem = f"{parent or season}--{called or 'event'}"
    key, count = stem, 1
    while key in taken:
        count += 1
        key = f"{stem}--{count}"
    return key


def _slug(text: str) -> str:
    # Three dashes are none of a slug, and one alone would run two names together.
    return "-".join(part for part in slugify(text)[:PART].strip("-").split("-") if part)
