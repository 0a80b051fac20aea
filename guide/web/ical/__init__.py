"""Calendars to subscribe to: what is to be seen in a country, and which rights begin and end there."""
