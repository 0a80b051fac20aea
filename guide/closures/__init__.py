"""Enforcement actions against illegal services, and what those services offered. Never their addresses."""
