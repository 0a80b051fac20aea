"""Catalogue of what can be watched: sports, competitions, seasons. Knows no broadcaster, no right, no HTTP."""
