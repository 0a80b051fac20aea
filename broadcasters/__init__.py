"""Catalogue of who can show and where: countries, broadcasters, services, offers, carriage. Knows no competition and
no right."""
