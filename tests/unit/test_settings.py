"""Settings: defaults, overrides, and refusals that name the variable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import OF_CHANNELS, ROOT, VARIABLES, read_settings


def test_without_anything_set_the_bot_listens_on_this_machine_only() -> None:
    settings = read_settings({})

    assert (settings.host, settings.port) == ("127.0.0.1", 5005)
    assert settings.cors == ()
    assert settings.today is None
    assert settings.action_endpoint_url is None


def test_the_databases_are_embedded_by_default() -> None:
    settings = read_settings({})

    assert settings.var == ROOT / "var"
    assert settings.records_url == f"sqlite:///{ROOT / 'var' / 'records.db'}"
    assert settings.conversations_url == f"sqlite:///{ROOT / 'var' / 'conversations.db'}"


def test_an_absolute_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    settings = read_settings({"GUIDE_VAR": str(tmp_path)})

    assert settings.var == tmp_path
    assert settings.records_url == f"sqlite:///{tmp_path / 'records.db'}"


def test_each_variable_is_used() -> None:
    other = {
        "GUIDE_HOST": "0.0.0.0",
        "GUIDE_PORT": "80",
        "GUIDE_VAR": "elsewhere",
        "CONVERSATIONS_URL": "postgresql://a",
        "RECORDS_URL": "postgresql://b",
        "ACTION_ENDPOINT_URL": "http://actions:5055/webhook",
        "GUIDE_CORS": "https://A.example/, https://b.example,",
        "GUIDE_TODAY": "2026-11-23",
        "GUIDE_URL": "https://guide.example/",
        "GUIDE_KEYS": "k1:not checked here",
        "GUIDE_RETENTION_DAYS": "30",
        "GUIDE_REST_TOKEN": "a token",
        "GUIDE_PROXIES": "2",
        "GUIDE_LIMIT_USER": "5/minute",
        "GUIDE_LIMIT_ADDRESS": "50/minute",
        "GUIDE_PRIVATE": "[::1]:9464",
        "GUIDE_LOG": "json",
        "EVENTS_URL": "amqp://guide:a secret@rabbit/",
        **{name: f"value of {name}" for name in VARIABLES if name.startswith(OF_CHANNELS)},
    }
    assert other.keys() == VARIABLES.keys()

    settings = read_settings(other)

    assert settings.host == "0.0.0.0"
    assert settings.port == 80
    assert settings.var == ROOT / "elsewhere"
    assert settings.conversations_url == "postgresql://a"
    assert settings.records_url == "postgresql://b"
    assert settings.action_endpoint_url == "http://actions:5055/webhook"
    assert settings.cors == ("https://a.example", "https://b.example")
    assert settings.today == date(2026, 11, 23)
    assert settings.url == "https://guide.example"
    assert settings.channels == {name: told for name, told in other.items() if told == f"value of {name}"}
    assert len(settings.channels) == 17
    assert settings.private == ("::1", 9464)
    assert settings.log == "json"
    assert settings.events_url == "amqp://guide:a secret@rabbit/"
    assert "value of" not in repr(settings), "secrets are never shown"
    assert "a secret" not in repr(settings)


@pytest.mark.parametrize("told", ["9464", ":9464", "host:", "host:http", "host:0", "host:70000"])
def test_a_private_address_is_a_host_and_a_port(told: str) -> None:
    with pytest.raises(SettingsError, match="GUIDE_PRIVATE"):
        read_settings({"GUIDE_PRIVATE": told})


def test_a_log_is_for_people_or_for_machines() -> None:
    with pytest.raises(SettingsError, match="text or json"):
        read_settings({"GUIDE_LOG": "xml"})


def test_all_machines_of_one_service_share_a_secret_and_others_do_not() -> None:
    one, two = ({"CONVERSATIONS_URL": f"postgresql://guide:{word}@db/guide"} for word in ("pass", "word"))
    assert read_settings(one).secret == read_settings({**one, "GUIDE_PORT": "80"}).secret
    assert read_settings(one).secret != read_settings(two).secret


def test_blanks_count_as_not_set() -> None:
    assert read_settings(dict.fromkeys(VARIABLES, "  ")) == read_settings({})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "5005.0", "５００５"])
def test_a_wrong_port_is_refused_by_name(port: str) -> None:
    with pytest.raises(SettingsError, match="GUIDE_PORT"):
        read_settings({"GUIDE_PORT": port})


@pytest.mark.parametrize("day", ["today", "23.11.2026", "2026-13-01"])
def test_a_wrong_day_is_refused_by_name(day: str) -> None:
    with pytest.raises(SettingsError, match="GUIDE_TODAY"):
        read_settings({"GUIDE_TODAY": day})


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("https://guide.example", True),
        ("http://8.8.8.8:5005", True),
        ("", False),
        ("http://localhost:5005", False),
        ("http://192.168.1.20:5005", False),
        ("http://0.0.0.0:5005", False),
        ("http://[::1]:5005", False),
        ("http://box.local", False),
    ],
)
def test_an_address_is_public_when_people_reach_it_from_anywhere(url: str, is_public: bool) -> None:
    assert read_settings({"GUIDE_URL": url}).is_public is is_public
