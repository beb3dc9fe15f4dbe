"""The generator of names and replies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.tools import names

DOMAIN = {
    "intents": ["greet", {"ask_cost": {"use_entities": []}}],
    "slots": {"budget_income_fen": {}},
    "forms": {"budget_form": {"required_slots": ["budget_income_fen"]}},
    "actions": ["action_greet", "validate_budget_form"],
}
REPLIES = {
    "utter_noted": [{"text": "{items}, {b}", "buttons": [{"title": "{number}", "payload": "/affirm"}]}],
    "utter_faq_ask_cost": [{"text": "text"}],
}


def run(text: str) -> dict[str, object]:
    """The names that a generated module defines."""
    found: dict[str, object] = {}
    exec(text, found)
    return found


def test_the_names_are_those_of_the_domain() -> None:
    made = run(names.names_module(DOMAIN, REPLIES))

    assert made["Intent"].ASK_COST == "ask_cost"  # type: ignore[attr-defined]
    assert made["Slot"].BUDGET_INCOME_FEN == "budget_income_fen"  # type: ignore[attr-defined]
    assert made["ActionName"].GREET == "action_greet"  # type: ignore[attr-defined]
    assert made["ActionName"].VALIDATE_BUDGET_FORM == "validate_budget_form"  # type: ignore[attr-defined]
    assert made["FORM_SLOTS"] == {"budget_form": ("budget_income_fen",)}
    assert made["FAQ"] == {"ask_cost": "utter_faq_ask_cost"}


def test_each_reply_becomes_a_method_with_its_placeholders() -> None:
    heard: list[dict[str, object]] = []
    say = run(names.replies_module(REPLIES))["Say"](lambda **told: heard.append(told))  # type: ignore[operator]

    say.noted(items="a", b="b", number="1", buttons=[{"title": "t", "payload": "/p"}])
    say.faq_ask_cost()

    assert heard[0] == {
        "response": "utter_noted",
        "buttons": [{"title": "t", "payload": "/p"}],
        "items": "a",
        "b": "b",
        "number": "1",
    }
    assert heard[1] == {"response": "utter_faq_ask_cost", "buttons": []}


def test_a_placeholder_that_is_missing_or_unknown_is_an_error() -> None:
    say = run(names.replies_module(REPLIES))["Say"](lambda **told: None)  # type: ignore[operator]

    with pytest.raises(TypeError):
        say.noted(items="a")
    with pytest.raises(TypeError):
        say.faq_ask_cost(items="a")


def test_placeholders_are_found_in_every_variation_and_in_buttons() -> None:
    variations = [
        {"text": "{a} {b}"},
        {"text": "{c}", "buttons": [{"title": "{d}", "payload": "/x"}]},
    ]
    assert names.placeholders(variations) == ["a", "b", "c", "d"]


def test_a_reply_that_is_defined_twice_is_refused(tmp_path: Path) -> None:
    for folder in ("responses", "faq"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / folder / "a.yml").write_text("responses:\n  utter_a:\n    - text: b\n", "utf-8")

    with pytest.raises(ValueError, match="utter_a is defined twice"):
        names.responses(tmp_path)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.yml").write_text("", "utf-8")
    assert names.load(tmp_path / "empty.yml") == {}


def test_generating_twice_gives_the_same() -> None:
    domain, replies = names.load(names.ROOT / "domain.yml"), names.responses()
    assert names.names_module(domain, replies) == names.names_module(domain, replies)
    assert names.replies_module(replies) == names.replies_module(replies)


def stale_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose generated modules were never written."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "data/responses").mkdir(parents=True)
    (tmp_path / "domain.yml").write_text("intents: []\nslots: {}\nforms: {}\nactions: []\n", "utf-8")
    (tmp_path / "data/responses/a.yml").write_text("responses:\n  utter_a:\n    - text: b\n", "utf-8")
    monkeypatch.setattr(names, "ROOT", tmp_path)
    monkeypatch.setattr(names.responses, "__defaults__", (tmp_path,))
    return tmp_path


def test_a_check_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = stale_project(tmp_path, monkeypatch)

    assert names.main(["--check"]) == 1
    assert "names.py, replies.py" in capsys.readouterr().err
    assert list((project / "bot").iterdir()) == []


def test_without_check_both_files_are_written_and_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = stale_project(tmp_path, monkeypatch)

    assert names.main([]) == 0
    assert "def a(self" in (project / "bot/replies.py").read_text("utf-8")
    assert names.main(["--check"]) == 0
