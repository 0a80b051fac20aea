"""Fixtures of this folder."""

from tests.stored import empty_guide

__all__ = ["empty_guide"]
