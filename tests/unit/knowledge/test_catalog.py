"""The catalogues: what the rest of the project counts on."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from bot.knowledge.loader import catalog
from bot.knowledge.model import CaseStory, Cause, Contact, Product, Refusal

KNOWN = catalog()
CAUSES = pytest.mark.parametrize("cause", KNOWN.causes.values(), ids=lambda one: one.id)
PRODUCTS = pytest.mark.parametrize("product", KNOWN.products.values(), ids=lambda one: one.id)
CONTACTS = pytest.mark.parametrize("contact", KNOWN.contacts.values(), ids=lambda one: one.id)
REFUSALS = pytest.mark.parametrize("refusal", KNOWN.refusals.values(), ids=lambda one: one.id)
STORIES = pytest.mark.parametrize("story", KNOWN.stories.values(), ids=lambda one: one.id)


def test_the_ids_that_others_rely_on_are_there() -> None:
    assert {"income_loss", "unemployment", "illness", "overspending", "family_emergency", "business_failure",
            "scammed", "gambling", "student", "other"} == set(KNOWN.causes)  # fmt: skip
    assert {"huabei", "jiebei", "wangshangdai", "xinyonggou", "beiyongjin", "xinyongdai", "other_online_loan",
            "credit_card"} == set(KNOWN.products)  # fmt: skip
    assert {"no_policy", "no_authority", "only_full_amount", "pay_part_first", "borrow_from_relatives",
            "credit_record_pressure", "impossible_promise_date", "wait_for_callback", "not_yet_overdue",
            "needs_proof", "bad_instalments"} == set(KNOWN.refusals)  # fmt: skip
    assert list(KNOWN.contacts)[:3] == ["hotline_95188", "app_service", "social_accounts"]
    assert {"xiaoli", "xiaozhang"} < set(KNOWN.stories)


def test_an_intent_states_one_cause_only() -> None:
    named = [cause.intent for cause in KNOWN.causes.values() if cause.intent]
    assert len(set(named)) == len(named)


@CAUSES
def test_a_cause_asks_for_papers_everybody_can_bring(cause: Cause) -> None:
    assert {"id_card", "budget_sheet", "self_statement"} <= set(cause.documents)
    assert not cause.intent or cause.intent == f"state_{cause.id}"


@CAUSES
def test_a_reason_is_told_in_the_first_person_with_the_will_to_pay(cause: Cause) -> None:
    assert cause.short_reason_zh.startswith("我")
    assert "愿意" in cause.short_reason_zh
    assert "您" not in cause.short_reason_zh


@CAUSES
def test_the_acknowledgement_does_not_blame(cause: Cause) -> None:
    assert "您" in cause.acknowledge_zh
    assert not re.search("应该|早就|怪您|活该|当初|为什么", cause.acknowledge_zh)


@CAUSES
def test_substitutes_are_pieces_of_a_list(cause: Cause) -> None:
    assert not [one for one in cause.substitutes_zh if one.endswith(("。", "；", "，"))]


def test_every_paper_but_a_few_helps_with_some_cause() -> None:
    used = {paper for cause in KNOWN.causes.values() for paper in cause.documents}
    general = {"alipay_account", "loan_contract", "credit_report", "dibao_certificate", "income_certificate"}
    assert set(KNOWN.documents) - used == general


@PRODUCTS
def test_the_numbers_of_a_product_are_backed_by_facts(product: Product) -> None:
    backed = {Decimal(one) for one in _values(product) if re.fullmatch(r"\d+(\.\d+)?", one)}
    stated = [product.rate.value, product.penalty and product.penalty.value]
    if product.minimum:
        stated += [product.minimum.value, str(product.minimum.floor_fen)]
    assert {Decimal(one) for one in stated if one} <= backed


def _values(product: Product) -> list[str]:
    return [fact.value for fact in KNOWN.cited(product.facts) if fact.value]


@PRODUCTS
def test_a_product_of_alipay_says_whom_to_reach(product: Product) -> None:
    assert bool(product.contact) == product.is_alipay


def test_names_of_places_and_of_phone_bills_are_no_product() -> None:
    names = {name for product in KNOWN.products.values() for name in (product.label_zh, *product.aliases)}
    assert not names & {"华北", "话费", "花费", "花板"}


@CONTACTS
def test_a_number_is_the_one_of_a_fact(contact: Contact) -> None:
    if contact.number:
        assert any(contact.number in fact.statement_zh for fact in KNOWN.cited(contact.facts))


def test_danger_has_an_emergency_number() -> None:
    emergencies = {one.number for one in KNOWN.contacts.values() if one.kind == "emergency"}
    assert emergencies == {"110", "120"}


@REFUSALS
def test_an_answer_is_calm_and_in_the_first_person(refusal: Refusal) -> None:
    assert "我" in refusal.answer_zh or "请" in refusal.answer_zh
    assert not re.search("投诉|曝光|律师|起诉|记者|！", refusal.answer_zh)
    assert "「" not in refusal.answer_zh


@STORIES
def test_a_story_is_short_and_promises_nothing(story: CaseStory) -> None:
    assert 120 <= len(story.text_zh) <= 200
    assert story.composed == (story.id not in {"xiaoli", "xiaozhang"})


def test_stories_do_not_all_end_well_and_cover_most_causes() -> None:
    stories = KNOWN.stories.values()
    assert {"declined", "pending"} <= {story.outcome for story in stories}
    assert {story.cause for story in stories} == set(KNOWN.causes) - {"other"}
