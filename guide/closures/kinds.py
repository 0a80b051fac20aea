"""What the kinds of closures mean for those who used what has gone. The kinds themselves are those of the data."""

CLOSED = frozenset({"site-shutdown", "iptv-shutdown"})
"""The service that gives the closure its name is gone: a page may say so."""

TAKEN_DOWN = CLOSED | {"iptv-takedown", "domain-seizure", "settlement"}
"""Services went dark. Besides those that closed: operations against many at once, addresses that were seized while the
service may go on, and operators who agreed to stop. Whoever used one of them looks for another way.

All other kinds (blocking, fines, arrests, convictions, claims, warnings) act on people or on access, and may have left
every service where it was.
"""
