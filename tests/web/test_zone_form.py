"""What is typed into the form of a zone becomes its outputs and rules, and its password never leaves."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from broadcaster.errors import BroadcasterError
from broadcaster.zones import SLUG
from web import zone_form

STREAM = "icecast://source:bi%20mat@10.0.0.5:8000/thon-mot"


def typed(**fields):
    return MultiDict({name.replace("_", "-"): value for name, value in fields.items()})


def test_an_output_is_chosen_by_device_folder_or_nothing_at_all():
    form = typed(kind_0="sound:Loa USB", kind_1="file", folder_1="/ghi", kind_2="", kind_3="null:")
    assert zone_form.outputs(form, []) == ["sound:Loa USB", "file:/ghi", "null:"]


def test_a_password_is_kept_when_it_is_not_typed_again_and_never_shown():
    (field, *_) = zone_form.fields([STREAM])
    assert (field.kind, field.address, field.user, field.has_password) == (
        *("icecast", "10.0.0.5:8000/thon-mot", "source", True),
    )
    assert "mat" not in repr(field)
    form = typed(kind_0="icecast", address_0=field.address, user_0=field.user)
    assert zone_form.outputs(form, [STREAM]) == [STREAM]


@pytest.mark.parametrize("address", ["10.0.0.6:8000/thon-mot", "10.0.0.5:8000/khac"])
def test_a_password_goes_to_no_other_server_than_the_one_it_was_typed_for(address):
    form = typed(kind_0="icecast", address_0=address, user_0="source")
    with pytest.raises(BroadcasterError, match="output-password"):
        zone_form.outputs(form, [STREAM])


@given(st.text(min_size=1, max_size=30).filter(str.isprintable))
def test_any_password_arrives_as_it_was_typed(password):
    form = typed(kind_0="icecast", address_0="http://may:8000/x", user_0="loa", password_0=password)
    (uri,) = zone_form.outputs(form, [])
    assert (urlsplit(uri).hostname, unquote(urlsplit(uri).password)) == ("may", password)


@pytest.mark.parametrize(
    "address", ["", "may", "may:0/x", "may:99999/x", "may:8000", "a@b:1/x", "may /x", "may:80/x y"]
)
def test_an_address_that_leads_nowhere_is_refused(address):
    form = typed(kind_0="icecast", address_0=address, password_0="x")
    with pytest.raises(BroadcasterError, match="output-address"):
        zone_form.outputs(form, [])


@pytest.mark.parametrize(
    ("form", "code"), [({"kind_0": "file"}, "output-folder"), ({"kind_0": "exec:rm"}, "output-kind")]
)
def test_what_is_no_output_is_refused(form, code):
    with pytest.raises(BroadcasterError, match=code):
        zone_form.outputs(typed(**form), [])


def test_an_output_of_a_kind_the_form_does_not_know_can_stay_as_it_is():
    assert zone_form.outputs(typed(kind_0="khac:x"), ["khac:x"]) == ["khac:x"]


def test_rules_are_read_with_their_days_and_dropped_or_left_empty_ones_are_gone():
    form = MultiDict(
        [
            *(("start-0", "05:00"), ("end-0", "06:00"), ("percent-0", "60"), *(("days-0", d) for d in "1234567")),
            *(("start-1", "22:00"), ("end-1", "05:00"), ("percent-1", " 20 "), ("days-1", "6"), ("days-1", "7")),
            *(("start-2", "07:00"), ("end-2", "08:00"), ("percent-2", "1"), ("days-2", "1"), ("drop-2", "yes")),
            ("days-3", "1"),
        ]
    )
    assert zone_form.rules(form) == ["05:00-06:00=60", "67@22:00-05:00=20"]


@pytest.mark.parametrize(
    ("percent", "days", "code"), [("", "1", "volume-bad"), ("101", "1", "volume-bad"), ("5", "", "weekdays-empty")]
)
def test_a_rule_that_says_nothing_is_refused(percent, days, code):
    form = MultiDict([("start-0", "05:00"), ("end-0", "06:00"), ("percent-0", percent), *(("days-0", d) for d in days)])
    with pytest.raises(BroadcasterError, match=code):
        zone_form.rules(form)


@given(st.text(max_size=40), st.sets(st.sampled_from(["thon-dong", "thon-dong-2", "cum", "cum-all", "a"])))
def test_every_name_makes_a_short_name_of_its_own(name, taken):
    made = zone_form.slug(name, taken)
    assert SLUG.fullmatch(made)
    assert made not in taken | {"all"}


def test_a_short_name_is_what_people_would_write():
    assert zone_form.slug("Thôn Đông, xã Tam Mỹ", set()) == "thon-dong-xa-tam-my"
    assert zone_form.slug("ALL", set()) == "cum-all"
    assert zone_form.slug("Thôn Đông", {"thon-dong"}) == "thon-dong-2"
