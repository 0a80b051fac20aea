"""The guide as granian serves it, in a world in which the clock went on from noon of the day of the bundled data."""

import time_machine

from guide.wsgi import application
from tests.factories import NOW

__all__ = ["application"]

time_machine.travel(NOW).start()
