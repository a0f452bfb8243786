"""The interface for machines: keys, scopes, problems, and the description that says all of it."""

import json

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from broadcaster import tokens, zones
from broadcaster.models import Broadcast
from broadcaster.models_care import ApiToken
from broadcaster.models_station import StationState, Wish
from tests.broadcaster.logged import line
from tests.web.conftest import NOW, SHA256, recording
from web import collect

VIETNAMESE = "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


@pytest.fixture
def machine(app, desk):
    """machine("write") returns a way to ask: ask("GET", "/status") gives (status, body)."""

    def of(scope):
        key = desk.look(lambda s: tokens.create(s, f"máy {scope}", scope, "lan", NOW))
        client = app.test_client()

        def ask(method, path, body=None):
            headers = {"Authorization": f"Bearer {key}"}
            answer = client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
            return answer.status_code, json.loads(answer.data)

        return ask

    return of


@pytest.fixture
def described(app):
    return json.loads(app.test_client().get("/api/v1/openapi.json").data)


def test_the_description_is_in_the_language_of_who_reads_it(visitor, described):
    assert described["paths"]["/status"]["get"]["summary"] == "Trạm đang làm gì"
    visitor.post("/ngon-ngu", {"tieng": "en"})
    text = visitor.get("/api/v1/openapi.json").text.replace("Tiếng Loa", "")
    assert "What the station is doing" in text
    assert collect.VIETNAMESE.search(text) is None


def test_the_description_is_openapi_3_1_and_names_exactly_the_routes(app, described):
    OpenAPIV31SpecValidator(described).validate()
    routes = {
        (method.lower(), rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {(method, path) for path, of in described["paths"].items() for method in of} == routes


def fits(described, schema, facts):
    Draft202012Validator(schema | {"components": described["components"]}).validate(facts)


def promised(described, method, path, status):
    answer = described["paths"][path][method.lower()]["responses"][str(status)]
    return next(iter(answer["content"].values()))["schema"]


def seeded(desk):
    desk.person("lan", "author")
    bulletin = desk.bulletin()
    desk.look(lambda s: s.merge(recording()))
    desk.look(lambda s: s.add_all([line("2026-11-20 17:30"), line("2026-11-21 17:30", began=None, outcome="missed")]))
    return bulletin


@pytest.mark.parametrize("dead", [False, True])
def test_every_answer_is_as_described(machine, described, desk, dead):
    bulletin = seeded(desk)
    ask = machine("write")
    calls = [
        ("GET", "/status", "/status", None),
        ("GET", "/plan", "/plan", None),
        ("GET", "/plan?from=2027-01-01&to=2026-01-01", "/plan", None),
        ("GET", "/log", "/log", None),
        ("GET", "/log?programme=khong-co", "/log", None),
        ("GET", "/log?limit=0", "/log", None),
        ("GET", f"/log?limit={'9' * 5000}", "/log", None),
        ("GET", "/log?from=9999-12-31", "/log", None),
        ("GET", "/bulletins", "/bulletins", None),
        ("GET", f"/bulletins/{bulletin}", "/bulletins/{bulletin_id}", None),
        ("GET", "/bulletins/khong-co", "/bulletins/{bulletin_id}", None),
        ("POST", "/play", "/play", {"recording": SHA256}),
        ("POST", "/play", "/play", {"recording": SHA256, "at": "2026-11-27T17:30:00.250"}),
        ("POST", "/play", "/play", {"recording": SHA256, "at": "2020-01-01T00:00"}),
        ("POST", "/play", "/play", {"programme": "an-ninh-nui-thanh", "at": "2026-11-27T17:30"}),
        ("POST", "/play", "/play", {"programme": "x", "recording": "y"}),
        ("POST", "/alert", "/alert", {"text": "Bão vào. Bà con ở trong nhà.", "repeat": 2}),
        ("POST", "/alert", "/alert", {"text": "", "repeat": 99}),
        ("POST", "/play", "/play", {"recording": SHA256, "zone": ["mot", "hai"], "reason": "họp dân"}),
        ("POST", "/alert", "/alert", {"text": "Bão vào.", "zone": ["all"]}),
        ("POST", "/alert", "/alert", {"text": "Bão vào.", "zone": []}),
        ("POST", "/stop", "/stop", {}),
        ("POST", "/resume", "/resume", None),
    ]
    if not dead:
        desk.beat()
    for method, address, path, body in calls:
        status, facts = ask(method, address, body)
        fits(described, promised(described, method, path, status), facts)
        assert status < 400 or set(facts["detail"].lower()) & set(VIETNAMESE), facts


def test_the_log_turns_page_by_page(machine, desk):
    desk.look(lambda s: s.add_all([line(f"2026-11-2{n} 17:30") for n in range(5)]))
    ask, seen, before = machine("read"), [], ""
    while True:
        _, page = ask("GET", f"/log?limit=2{before}")
        seen += [e["planned_at"] for e in page["entries"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert seen == [f"2026-11-2{n}T17:30:00+07:00" for n in (4, 3, 2, 1, 0)]


def test_a_machine_plays_alerts_and_stops_under_its_own_name(machine, desk):
    seeded(desk)
    desk.beat()
    ask = machine("write")
    assert ask("POST", "/play", {"recording": SHA256})[0] == 409  # outside the hours
    assert ask("POST", "/play", {"recording": SHA256, "reason": "họp dân"})[0] == 201
    assert ask("POST", "/alert", {"text": "Bão vào."})[0] == 201
    assert ask("POST", "/stop") == (200, {"done": "stop"})
    rows = desk.look(lambda s: [(b.kind, b.by) for b in s.query(Broadcast).order_by(Broadcast.kind)])
    assert rows == [("alert", "máy máy write"), ("queue", "máy máy write")]
    assert desk.look(lambda s: s.query(Wish).one().by) == "máy máy write"


@pytest.mark.parametrize(
    ("asked", "sounds"),
    [
        ("hai", "hai"),
        (["hai"], ["hai"]),
        (["mot", "Thôn hai"], ["mot", "hai"]),
        (["mot", "hai", "ba"], ["all"]),
        (["bon"], None),
        ([], None),
        ([5], None),
        (5, None),
    ],
)
def test_a_machine_asks_for_one_zone_or_a_list_of_them_and_is_answered_alike(machine, desk, asked, sounds):
    seeded(desk)
    desk.beat()
    for slug in ("mot", "hai", "ba"):
        desk.look(lambda s, slug=slug: zones.save(s, slug, f"Thôn {slug}", [f"sound:{slug}"], [], NOW))
    ask = machine("write")
    for path in ("/play", "/alert"):
        status, told = ask("POST", path, {"recording": SHA256, "text": "Bão.", "reason": "họp dân", "zone": asked})
        assert (status == 201) == (sounds is not None)
        if sounds is not None:
            assert ([b["zone"] for b in told] if isinstance(told, list) else told["zone"]) == sounds
    made = 0 if sounds is None else 2 * len(sounds if isinstance(sounds, list) else [sounds])
    assert desk.look(lambda s: s.query(Broadcast).count()) == made


def test_a_key_that_may_only_read_changes_nothing(machine, desk):
    seeded(desk)
    desk.beat()
    ask = machine("read")
    for path in ("/play", "/alert", "/stop", "/resume"):
        status, told = ask("POST", path, {"recording": SHA256, "text": "Bão."})
        assert (status, told["status"]) == (403, 403)
    assert desk.look(lambda s: s.query(Broadcast).count() + s.query(Wish).count()) == 0


@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer tl_sai", "Basic tl_sai", "tl_sai"])
def test_without_a_key_every_door_is_shut(app, desk, header):
    client = app.test_client()
    headers = {"Authorization": header} if header else {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi":
            path = rule.rule.replace("<bulletin_id>", "x")
            answer = client.open(path, method=next(iter(rule.methods & {"GET", "POST"})), headers=headers)
            assert answer.status_code == 401
            assert answer.content_type == "application/problem+json"
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_persons_cookie_opens_nothing_here(enter, desk):
    assert enter("lan", "admin").get("/api/v1/status").status_code == 401


def test_a_revoked_key_is_dead_at_once(machine, desk):
    ask = machine("read")
    assert ask("GET", "/status")[0] == 200
    desk.look(lambda s: tokens.revoke(s, "máy read", NOW))
    assert ask("GET", "/status")[0] == 401


def test_only_a_hash_of_the_key_is_kept_and_its_use_noted_once_an_hour(machine, desk):
    ask = machine("read")
    ask("GET", "/status")
    first = desk.look(lambda s: s.query(ApiToken).one())
    assert first.used_at == NOW
    assert len(first.token_hash) == 64
    desk.clock.move_to(NOW.replace(minute=59))
    ask("GET", "/status")
    assert desk.look(lambda s: s.query(ApiToken).one().used_at) == NOW


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/khong-co", 404), ("DELETE", "/status", 405)])
def test_what_is_not_there_is_told_to_machines_as_a_problem(machine, method, path, status):
    code, told = machine("write")(method, path)
    assert code == told["status"] == status


@pytest.mark.parametrize("body", ["", "[]", "{", '{"repeat": true, "text": "a"}', '{"text": 5}'])
def test_a_body_that_is_none_is_refused(app, desk, body):
    key = desk.look(lambda s: tokens.create(s, "m", "write", "lan", NOW))
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    answer = app.test_client().post("/api/v1/alert", data=body, headers=headers)
    assert answer.status_code == 422
    assert json.loads(answer.data)["code"] == "body-bad"


def test_the_panel_shows_a_new_key_once_and_takes_it_back(enter, desk):
    browser = enter("quan.tri", "admin")
    page = browser.post("/ket-noi/them", {"name": "Màn hình thành phố", "scope": "read"}).text
    assert "tl_" in page
    assert "tl_" not in browser.get("/ket-noi/").text
    assert browser.post("/ket-noi/them", {"name": "màn hình Thành phố", "scope": "read"}).status_code == 400
    assert browser.post("/ket-noi/them", {"name": "x", "scope": "tất cả"}).status_code == 400
    token = desk.look(lambda s: s.query(ApiToken).one())
    assert token.by == "quan.tri"
    browser.post("/ket-noi/thu-hoi", {"id": token.id})
    assert "Màn hình" not in browser.get("/ket-noi/").text


def test_healthz_is_red_whenever_nothing_would_be_heard(app, desk):
    client = app.test_client()

    def look():
        answer = client.get("/healthz")
        assert answer.data in (b"ok\n", b"red\n")
        return answer.status_code

    assert look() == 503  # never began
    desk.beat()
    assert look() == 200
    desk.beat(output={"uri": "sound:", "ok": False, "underruns": 0})
    assert look() == 503
    desk.beat(clock={"trusted": False})
    assert look() == 503
    desk.beat()
    desk.clock.move_to(NOW.replace(minute=1))
    assert look() == 503


def test_healthz_is_red_while_somebody_holds_the_station_silent(app, desk):
    desk.beat()
    desk.look(lambda s: setattr(s.get_one(StationState, 1), "held_by", "truc"))
    assert app.test_client().get("/healthz").status_code == 503


def test_metrics_are_for_this_machine_and_for_keys(app, desk):
    client = app.test_client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 403
    key = desk.look(lambda s: tokens.create(s, "prometheus", "read", "lan", NOW))
    headers = {"Authorization": f"Bearer {key}"}
    assert client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200


def test_metrics_are_lines_that_prometheus_reads(app, desk):
    desk.beat()
    desk.look(lambda s: s.add_all([line("2026-11-20 17:30"), line("2026-11-21 17:30", began=None, outcome="missed")]))
    text = app.test_client().get("/metrics").text
    samples = dict(row.rsplit(" ", 1) for row in text.splitlines() if not row.startswith("#"))
    assert samples['tieng_loa_broadcasts_total{outcome="missed"}'] == "1"
    assert samples['tieng_loa_state{state="idle"}'] == "1"
    assert samples["tieng_loa_flowing"] == "1"
    assert all(float(value) is not None for value in samples.values())
    assert text.count("# TYPE") == text.count("# HELP") == len({name.partition("{")[0] for name in samples})
