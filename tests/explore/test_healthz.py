"""The page that says whether all is well."""

from tracker.explore.views import health


def test_all_is_well_while_database_and_broker_answer(client, db):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "broker": True}
    assert "no-store" in response.headers["Cache-Control"]


def test_a_broker_that_is_silent_is_a_fault(client, db, monkeypatch):
    monkeypatch.setattr(health, "broker_answers", lambda: False)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "broker": False}


def test_a_database_that_is_silent_is_a_fault(client, db, monkeypatch):
    monkeypatch.setattr(health, "database_answers", lambda: False)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": False, "broker": True}
