"""What a fetch may take of time and room."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What a fetch may take. Sizes are bytes, times are seconds."""

    connect: float = 5.0
    read: float = 10.0
    """Without a byte."""
    whole: float = 60.0
    """From the first look-up to the last byte, all redirects included; waiting for a slot does not count."""
    wire: int = 20 * MEGABYTE
    """Of the body, as it is sent."""
    decoded: int = 200 * MEGABYTE
    ratio: int = 200
    """Bytes decoded for one byte sent, looked at once there is a megabyte."""
    rate: int = 1024
    """Bytes a second on the wire, at least, on average."""
    grace: float = 15.0
    """Before the rate counts."""
    redirects: int = 3
