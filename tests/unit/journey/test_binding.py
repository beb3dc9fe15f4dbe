"""Which amount belongs to which name."""

from __future__ import annotations

from builders import heard
from hypothesis import given
from hypothesis import strategies as st

from bot.journey.binding import bind, clause_text, clauses, products_in_clause


def pairs(text: str) -> list[tuple[int, str | None]]:
    """Each amount of ``text`` in yuan with the product or field it is bound to."""
    message = heard(text)
    return [
        (bound.quantity.value["low_fen"] // 100, bound.product or bound.field)
        for bound in bind(message.text, message.mentions)
        if bound.quantity.entity == "money"
    ]


def test_a_name_before_the_amount_owns_it() -> None:
    assert pairs("花呗12000") == [(12000, "huabei")]


def test_a_name_after_the_amount_owns_it_when_none_stands_before() -> None:
    assert pairs("欠了8000块的借呗") == [(8000, "jiebei")]


def test_each_clause_keeps_its_own() -> None:
    assert pairs("花呗一万二，借呗八千，网商贷5000") == [(12000, "huabei"), (8000, "jiebei"), (5000, "wangshangdai")]


def test_products_without_commas_are_told_apart() -> None:
    assert pairs("花呗12000元借呗8000元") == [(12000, "huabei"), (8000, "jiebei")]


def test_a_name_is_lent_to_the_next_clause_when_it_has_no_amount_of_its_own() -> None:
    assert pairs("我欠的是花呗，一万二") == [(12000, "huabei")]


def test_a_name_that_has_its_amount_lends_nothing() -> None:
    assert pairs("花呗欠12000元，还有800元") == [(12000, "huabei"), (800, None)]


def test_a_comma_inside_a_number_cuts_nothing() -> None:
    message = heard("花呗欠12,000元")

    assert clauses(message.text, message.mentions) == []
    assert pairs("花呗欠12,000元") == [(12000, "huabei")]


def test_income_and_rent_are_told_apart() -> None:
    assert pairs("工资6000，房租1500") == [(6000, "budget_income_fen"), (1500, "budget_housing_fen")]


def test_an_amount_nobody_names_is_free() -> None:
    assert pairs("4000") == [(4000, None)]


def test_the_products_of_a_clause_are_named_once() -> None:
    message = heard("花呗和花呗，借呗")

    assert products_in_clause(message.text, message.mentions, 0) == ["huabei"]
    assert products_in_clause(message.text, message.mentions, 1) == ["jiebei"]


def test_the_words_of_a_clause_are_found() -> None:
    message = heard("花呗逾期，借呗没有")
    assert [clause_text(message.text, message.mentions, n) for n in (0, 1)] == ["花呗逾期", "借呗没有"]


@given(st.text(alphabet="花呗借还欠12千万元，。、 房租收入", max_size=30))
def test_every_quantity_is_bound_once_and_in_a_clause_that_exists(text: str) -> None:
    message = heard(text)
    bound = bind(message.text, message.mentions)

    quantities = [m for m in message.mentions if m.entity in ("money", "period", "date", "rate")]
    assert [b.quantity for b in bound] == quantities
    assert all(0 <= b.clause <= len(clauses(message.text, message.mentions)) for b in bound)
