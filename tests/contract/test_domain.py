"""The domain, the rules and the code name the same things. Rasa falls silent, or fails late, where they do not."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.base import JourneyAction, JourneyForm
from bot.journey import agenda, forms
from bot.journey.case import Case, Debt
from bot.knowledge.loader import catalog
from bot.names import FAQ, FORM_SLOTS, ActionName
from contract.project import domain, intents, question_slots, replies, rules, said, short, sources, steps, tree

AGREED = """
greet goodbye thank affirm deny stop restart go_back correct_answer dont_know explain_question repeat help ask_progress
bot_challenge talk_to_human privacy_question delete_my_data
state_cannot_repay state_income_loss state_unemployment state_illness state_overspending state_family_emergency
state_business_failure state_scammed state_gambling state_overdue
ask_negotiation ask_documents request_plan ask_contact ask_script practise_call report_refusal report_agreement
record_call view_records request_export report_payment report_missed_payment ask_success_stories express_distress
express_anger crisis
ask_deferral ask_instalment ask_minimum_payment ask_cost ask_waiver ask_credit_impact ask_overdue_consequence
ask_account_restriction ask_lawsuit ask_collection ask_partial_payment ask_early_settlement ask_repayment_method
ask_auto_debit ask_due_date ask_balance ask_agent_scam ask_complaint ask_debt_priority ask_family_liability
ask_regulation out_of_scope forge_request
"""
BY_WORDS = ["live_call"]
"""Intents that only known words have (bot/components/known.py): the classifier never learns them."""
AGREED_INTENTS = [*AGREED.split(), *BY_WORDS]
"""The names that tests and channels rely on."""

INFLUENCES = {
    "journey_next": "the rules of data/stories/spine.yml start the stage it names",
    "care": "after a crisis another rule meets whatever is said (data/stories/safety.yml)",
}
"""Slots that the prediction sees, each with its reason: everything else would be in every rule (style.md 4.13)."""

NOT_QUESTIONS = {
    "ask_negotiation": "opens the journey",
    "ask_progress": "answered from the case",
    "ask_script": "the words for the call, with the person's own numbers",
}
"""Intents that begin with ``ask_`` and have no answer in data/faq, each with its reason."""

AS_EVER_AFTER_A_CRISIS = {
    "crisis": "comes first, then too",
    "repeat": "says the last words again, which are gentle",
    "delete_my_data": "asks before it deletes, and nothing else",
    "restart": "asks before it clears; Rasa allows no other rule for it",
}
"""Intents that the time after a crisis leaves to their own rules, each with its reason."""

ASKED_IN_ANY_FORM = {"doubt": "an odd value waits for a yes (bot.journey.forms.next_slot)"}
"""Slots that no form lists and every form may ask for, each with its reason."""

OWN_ANSWER = ("forge_request", "privacy_question", "bot_challenge")


@pytest.fixture(scope="module")
def executor() -> ActionExecutor:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


def classes(base: type = JourneyAction) -> Iterator[type]:
    """Every action class that is not abstract."""
    for one in base.__subclasses__():
        if not inspect.isabstract(one):
            yield one
        yield from classes(one)


def test_the_intents_are_those_agreed_on() -> None:
    assert sorted(intents()) == sorted(AGREED_INTENTS)


def test_every_intent_is_handled_by_exactly_one_rule() -> None:
    handled = Counter(intent for rule in rules() if not rests(rule) for intent in steps(rule, "intent"))
    assert handled == Counter([*AGREED_INTENTS, "nlu_fallback"])


def rests(rule: dict[str, Any]) -> bool:
    """True for a rule of the time after a crisis."""
    return {"slot_was_set": [{"care": True}]} in rule.get("condition", ())


def test_after_a_crisis_whatever_is_said_is_met_gently() -> None:
    met = Counter(intent for rule in rules() if rests(rule) for intent in steps(rule, "intent"))
    assert met == Counter({*AGREED_INTENTS, "nlu_fallback"} - AS_EVER_AFTER_A_CRISIS.keys())


def test_every_question_has_its_answer_in_faq() -> None:
    questions = {intent for intent in intents() if intent.startswith("ask_")} - NOT_QUESTIONS.keys()
    assert set(FAQ) == questions | set(OWN_ANSWER)


def test_the_rule_for_questions_hands_over_what_faq_answers() -> None:
    rule = next(rule for rule in rules() if "action_answer_question" in steps(rule, "action"))
    assert set(steps(rule, "intent")) == set(FAQ)


def test_every_slot_of_a_form_has_its_question() -> None:
    actions = domain()["actions"]
    silent = [
        f"{form}.{slot}"
        for form, slot in question_slots()
        if f"utter_ask_{form}_{slot}" not in replies() and f"action_ask_{form}_{slot}" not in actions
    ]
    assert silent == []


def test_no_question_is_asked_for_a_slot_that_no_form_has() -> None:
    asked = {f"ask_{form}_{slot}" for form, slot in question_slots()} | {f"ask_{slot}" for slot in ASKED_IN_ANY_FORM}
    named = {name.removeprefix("utter_") for name in replies() if name.startswith("utter_ask_")}
    named |= {name.removeprefix("action_") for name in domain()["actions"] if name.startswith("action_ask_")}
    assert named - {one.response.removeprefix("utter_") for one in said()} <= asked


def test_every_question_can_be_explained() -> None:
    computed = {"plan_choice"}
    assert forms.EXPLAIN.keys() | computed == {slot for _, slot in question_slots()}


def test_hints_belong_to_questions() -> None:
    assert forms.HINT.keys() <= {slot for _, slot in question_slots()}


def test_every_form_has_its_validator(executor: ActionExecutor) -> None:
    wanted = {f"validate_{form}" for form in domain()["forms"]}
    assert {one().name() for one in classes(JourneyForm)} == wanted
    assert wanted <= set(executor.actions)


def test_the_slots_of_the_forms_are_what_the_agenda_asks_for() -> None:
    assert {form: set(slots) for form, slots in FORM_SLOTS.items()} == {
        f"{stage}_form": set(asked_by(stage))
        for stage in (*(s for s in agenda.STAGES if f"{s}_form" in FORM_SLOTS), "record")
    }


def asked_by(stage: str) -> Iterator[str]:
    """Every slot that ``stage`` can ask for, found by walking through all its branches."""
    if stage == "situation":
        yield from walk(stage, Case(), {"situation_cause": ["other"], "situation_products": [(Debt("huabei"),)]})
    elif stage == "debts":
        for known in (
            {},
            {"balance_fen": 1},
            {"balance_fen": 1, "overdue_days": 0},
            {"balance_fen": 1, "overdue_days": 0, "due_day": 1},
        ):
            yield str(agenda.next_question(stage, Case(debts=(Debt("huabei", **known),))))
    else:
        chosen = None if stage == "plan" else {"kind": "level"}  # the stages after the plan wait for it
        several = (Debt("huabei"), Debt("jiebei")) if stage == "record" else ()  # which of them is asked too
        yield from walk(stage, Case(debts=several, plan_choice=chosen), VALUES)


VALUES = {
    "record_products": [("huabei",)],
    "record_outcome": ["agreed", "refused", "pending"],
    "record_kind": ["instalments", "deferral", "other"],
}


def walk(stage: str, case: Case, values: dict[str, list]) -> Iterator[str]:
    """The questions from ``case`` on, for every value that leads to other ones."""
    slot = agenda.next_question(stage, case)
    if slot is None:
        return
    yield slot
    for value in values.get(slot, [0]):
        yield from walk(stage, case.with_slot("debts" if slot == "situation_products" else slot, value), values)


def test_actions_declared_are_actions_registered(executor: ActionExecutor) -> None:
    assert set(executor.actions) == set(domain()["actions"])


def test_no_two_actions_share_a_name() -> None:
    names = Counter(one().name() for one in classes())
    assert [name for name, times in names.items() if times > 1] == []


def test_rules_name_only_what_there_is() -> None:
    known = {*replies(), *domain()["actions"], *domain()["forms"]}
    assert {action for rule in rules() for action in steps(rule, "action")} <= known
    assert {loop for rule in rules() for loop in steps(rule, "active_loop")} <= set(domain()["forms"])


def test_every_action_is_used() -> None:
    in_rules = {action for rule in rules() for action in steps(rule, "action")}
    by_rasa = {f"validate_{form}" for form in domain()["forms"]}
    by_rasa |= {f"action_ask_{form}_{slot}" for form, slot in question_slots()}
    by_rasa |= {f"action_ask_{slot}" for slot in ASKED_IN_ANY_FORM}
    by_rasa |= {"action_read_message"}  # mapped to the slot "turn"
    by_rasa |= {ActionName.ASK_WHICH}  # chosen by the policy that asks back
    by_rasa |= {"action_validate_slot_mappings"}  # runs after it, by its name
    assert set(domain()["actions"]) - in_rules - by_rasa == set()


def test_only_these_slots_influence_the_conversation() -> None:
    seen = {name for name, spec in domain()["slots"].items() if spec.get("influence_conversation", True)}
    assert seen == INFLUENCES.keys()


def test_every_slot_is_used() -> None:
    written = "".join(path.read_text("utf-8") for path in sources("bot/journey", "actions"))
    unused = [slot for slot in domain()["slots"] if slot not in written and f"Slot.{slot.upper()}" not in written]
    assert unused == []


def test_alerts_answer_intents_of_the_domain() -> None:
    assert {intent for alert in catalog().alerts.values() for intent in alert.answers} <= set(intents())


def test_slots_are_never_filled_by_rasa_itself() -> None:
    kinds = {mapping["type"] for spec in domain()["slots"].values() for mapping in spec["mappings"]}
    assert kinds == {"custom"}


def test_actions_keep_no_state_of_their_own() -> None:
    keeping = [
        f"{short(path)}: {node.name}"
        for path in sources("actions")
        for outer in tree(path).body
        if hasattr(outer, "bases")
        for node in outer.body
        if getattr(node, "name", "") == "__init__"
    ]
    assert keeping == []
