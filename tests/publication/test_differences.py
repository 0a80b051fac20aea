"""What a change has changed, in words."""

from guide.publication.differences import Difference, differences


def test_only_what_differs_is_told() -> None:
    assert differences({"name": "Old", "kind": "tv"}, {"name": "New", "kind": "tv"}) == [
        Difference(column="name", before=("Old",), after=("New",))
    ]


def test_of_a_list_the_items_that_went_and_came() -> None:
    (told,) = differences({"countries": ["FR", "IT"]}, {"countries": ["IT", "SM"]})
    assert (told.before, told.after) == (("FR",), ("SM",))


def test_another_order_is_a_difference_too() -> None:
    (told,) = differences({"partners": ["A", "B"]}, {"partners": ["B", "A"]})
    assert (told.before, told.after) == (("A", "B"), ("B", "A"))


def test_a_new_row_says_what_it_holds_and_nothing_of_what_is_empty() -> None:
    pages = [{"url": "u", "title": ""}]
    told = differences(None, {"key": "k", "note": "", "price": None, "in_eu": False, "evidence": pages})
    assert [(difference.column, difference.after) for difference in told] == [
        ("key", ("k",)),
        ("in_eu", ("no",)),
        ("evidence", ("u",)),
    ]


def test_a_deleted_row_says_what_it_held() -> None:
    assert differences({"key": "k"}, None) == [Difference(column="key", before=("k",), after=())]
