"""The parts of a race weekend, under one name each whatever the source calls them."""

import re

NAMES = {
    "gp": "race",
    "grandPrix": "race",
    "FirstPractice": "fp1",
    "SecondPractice": "fp2",
    "ThirdPractice": "fp3",
    "SprintShootout": "sprint-qualifying",
}


def session_name(key: str) -> str:
    """“race” for “gp”, “fp1” for “FirstPractice”; any other key in small letters: “sprint-qualifying”, “warmup”."""
    return NAMES.get(key) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", key).lower()
