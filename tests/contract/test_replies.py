"""What can be said: every reply exists, gets what it needs, and is used. Rasa is silent or shows braces otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

from bot.errors import KnowledgeError
from bot.journey import forms
from bot.knowledge.lines import lines
from bot.knowledge.loader import catalog
from bot.knowledge.questions import questions
from bot.names import FAQ
from bot.reading.traditional import asked_script, written_script
from bot.reminders import RESPONSE
from bot.tools import names
from contract.project import domain, intents, question_slots, replies, rules, said, short, sources, steps, tree, wants

MAY_UTTER = {
    "bot/replies.py": "the one place that calls the dispatcher",
    "actions/base.py": "hands the dispatcher's method to Say",
}

SAID_BY_RASA = {"utter_default": "action_default_fallback"}

PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+")

NAMED_BY_SLOT = ("collection", "credit", "waiver", "confirmation", "outcome", "kind")
"""Groups of lines whose name is a slot's (``bot.journey.render.value_of``)."""
WHOLE = ("script_avoid", "script_write_down")
"""Groups that are said whole (``bot.journey.script``)."""

WITH_VALUES = {"unknown", "doubt", "vague", "too_many_periods", "too_long_deferral"}
"""Problems whose reply ``forms.retry`` fills with values."""


def buttons() -> Iterator[tuple[str, dict[str, str]]]:
    """Every button with its response."""
    for name, variations in replies().items():
        for variation in variations:
            for button in variation.get("buttons") or ():
                yield name, button


def test_the_generated_modules_are_fresh() -> None:
    assert names.main(["--check"]) == 0


def test_the_replies_that_rasa_falls_back_on_are_there() -> None:
    assert {"utter_default", "utter_error_internal"} <= replies().keys()


def test_a_button_that_is_a_command_names_an_intent() -> None:
    wrong = [
        f"{name}: {button['payload']}"
        for name, button in buttons()
        if button["payload"].startswith("/") and button["payload"][1:].partition("{")[0] not in intents()
    ]
    assert wrong == []


def test_a_button_that_is_no_command_is_plain_words() -> None:
    wrong = [
        f"{name}: {button['payload']}"
        for name, button in buttons()
        if not button["payload"].startswith("/") and not PLAIN.fullmatch(button["payload"])
    ]
    assert wrong == []


def test_no_button_changes_the_script() -> None:
    """A pressed button sends simplified words; whoever is answered in traditional characters stays with them."""
    payloads = {button["payload"] for _, button in buttons()}
    assert [payload for payload in sorted(payloads) if written_script(payload) or asked_script(payload)] == []


def test_buttons_written_in_code_name_intents_too() -> None:
    commands = [
        (f"{short(path)}:{node.lineno}", node.value)
        for path in sources("actions", "bot/journey", "bot/shell.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("/[a-z_]+", node.value)
    ]
    assert commands
    assert [found for found in commands if found[1][1:] not in intents()] == []


def test_no_two_buttons_of_a_message_look_the_same() -> None:
    for name, variations in replies().items():
        for variation in variations:
            titles = [button["title"] for button in variation.get("buttons") or ()]
            assert len(set(titles)) == len(titles), name


def test_every_reply_gets_exactly_the_values_it_wants() -> None:
    wrong = [
        f"{one.where}: {one.response} wants {sorted(wants(one.response))}, gets {sorted(one.passed)}"
        for one in said()
        if one.response in replies() and one.passed is not None and one.passed != wants(one.response)
    ]
    assert wrong == []


def test_a_reply_that_is_handed_on_wants_no_values() -> None:
    assert [one for one in said() if one.passed is None and wants(one.response)] == []


def test_a_reply_that_rasa_says_by_itself_wants_no_values() -> None:
    by_rasa = {action for rule in rules() for action in steps(rule, "action") if action.startswith("utter_")}
    by_rasa |= {f"utter_ask_{form}_{slot}" for form, slot in question_slots()} & replies().keys()
    by_rasa |= {*FAQ.values(), *SAID_BY_RASA}
    assert [name for name in by_rasa if wants(name)] == []


def test_what_the_code_says_is_there() -> None:
    assert [one for one in said() if one.response not in replies()] == []


def test_every_reply_is_used() -> None:
    used = {one.response for one in said()} | set(FAQ.values()) | set(SAID_BY_RASA) | {RESPONSE}
    used |= {action for rule in rules() for action in steps(rule, "action")}
    used |= {f"utter_ask_{form}_{slot}" for form, slot in question_slots()}
    for question in questions().values():
        used |= {question.first, question.details, *(line.response for line in question.lines)}
    assert sorted(replies().keys() - used) == []


def test_no_two_replies_say_the_same() -> None:
    owner: dict[str, str] = {}
    twice = [
        (name, owner[text])
        for name, variations in replies().items()
        for text in (variation["text"] for variation in variations)
        if owner.setdefault(text, name) != name
    ]
    assert twice == []


def test_only_say_speaks_to_the_dispatcher() -> None:
    speaking = {
        short(path)
        for path in [*sources("actions", "bot"), names.ROOT / "bot/replies.py"]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("utter_message", "_utter")
    }
    assert speaking == MAY_UTTER.keys()


def test_no_name_of_a_reply_is_put_together_or_written_out() -> None:
    written = [
        f"{short(path)}:{node.lineno} {node.value}"
        for path in sources("actions", "bot/journey", "bot/channels", "bot/coaching")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("utter_")
    ]
    assert written == []


def problems() -> Iterator[str]:
    """Every problem that reading a message can end in."""
    for path in sources("bot/journey"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Assign):
                continue
            if any(isinstance(target, ast.Attribute) and target.attr == "problem" for target in node.targets):
                yield from (one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant) and one.value)


def test_every_problem_has_its_reply() -> None:
    assert set(problems()) == forms.RETRY.keys() | WITH_VALUES


def line_calls() -> Iterator[tuple[str, ast.expr, set[str], bool]]:
    """Each call of ``line``: where, its key, the names passed, and whether more is passed by ``**``."""
    for path in sources("actions", "bot"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "line":
                passed = {one.arg for one in node.keywords if one.arg}
                yield f"{short(path)}:{node.lineno}", node.args[0], passed, len(passed) < len(node.keywords)


def keys(node: ast.expr) -> list[str]:
    """The keys a first argument of ``line`` may stand for, as patterns."""
    if isinstance(node, ast.Constant):
        return [re.escape(str(node.value))]
    if isinstance(node, ast.IfExp):
        return [*keys(node.body), *keys(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in node.values)]
    return []


def test_every_line_the_code_asks_for_is_there() -> None:
    missing = [
        f"{where}: {pattern}"
        for where, key, _, _ in line_calls()
        for pattern in keys(key)
        if not any(re.fullmatch(pattern, name) for name in lines())
    ]
    assert missing == []


def test_every_line_gets_exactly_the_values_it_wants() -> None:
    wrong = []
    for where, key, passed, more in line_calls():
        for pattern in keys(key) if not isinstance(key, ast.JoinedStr) else []:
            wanted = {name for _, name, _, _ in Formatter().parse(lines()[pattern.replace("\\", "")]) if name}
            if not (passed <= wanted if more else passed == wanted):
                wrong.append(f"{where}: wants {sorted(wanted)}, gets {sorted(passed)}")
    assert wrong == []


def test_every_line_is_used() -> None:
    in_text = "".join(path.read_text("utf-8") for path in sources("actions", "bot"))
    patterns = [pattern for _, key, _, _ in line_calls() for pattern in keys(key) if not pattern.startswith(r"\w")]
    patterns += [rf"{group}\.\w+" for group in (*NAMED_BY_SLOT, *WHOLE)]
    unused = [
        name
        for name in lines()
        if f'"{name}"' not in in_text and not any(re.fullmatch(pattern, name) for pattern in patterns)
    ]
    assert unused == []


def test_every_note_can_be_read_back() -> None:
    noted = {
        slot for slot in domain()["slots"] if slot.startswith(("situation_cause", "budget_", "record_", "documents_"))
    }
    noted -= {"record_confirm", "documents_open"}
    assert [slot for slot in sorted(noted) if f"note.{slot}" not in lines()] == []


def test_the_catalogue_loads_without_a_problem() -> None:
    try:
        catalog()
    except KnowledgeError as error:  # pragma: no cover (only when a file is wrong)
        raise AssertionError(str(error)) from error
