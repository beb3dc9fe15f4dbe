"""A simulated user in a conversation: reads what the bot asks, answers, interrupts, corrects, vanishes and returns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from bot.knowledge.loader import catalog
from bot.money import yuan
from bot.simulate.driver import PACE, Said
from bot.simulate.noise import KINDS, simplified
from bot.simulate.personas import Owed, Persona
from bot.simulate.phrases import amount, phrases, pick

Key = tuple[str, str | None]
"""What was told: the field, and the product for a field of a debt."""

ASKS = re.compile(r"utter_(?:ask_[a-z]+_form_|debts_ask_|ask_)(\w+)")
SAME = {"balance": "balance_fen", "debts_balance_fen": "balance_fen", "overdue": "overdue_days"}
PER_DEBT = ("balance_fen", "overdue_days", "due_day")
FINDS = ("balance_fen", "overdue_days", "budget_income_fen", "budget_living_fen")
"""What a person who does not know it at first finds out when they are told where to look."""
AT_ONCE = 1.0
REFUSES = 0.5
"""How often somebody who is not cooperative does not answer."""
PLAN_OFFERS = ("utter_plan_offers", "utter_plan_ask_again", "utter_plan_what_if_choose")
AWAY = 600.0

REPORTS = {
    "instalments": "report_agreement",
    "deferral": "report_agreement",
    "refused": "report_refusal",
    "pending": "record_call",
}
"""The intent of a report, by what the lender said."""


@dataclass(frozen=True)
class Move:
    """A message, how long after the one before it is sent, and whether it answers what was asked."""

    text: str
    kind: str
    after: float = PACE


@dataclass
class Person:
    """One conversation's state of mind."""

    persona: Persona
    random: Random
    today: date
    told: dict[Key, Any] = field(default_factory=dict)
    """What was said last about each thing, so what has to be stored."""
    passed: set[Key] = field(default_factory=set)
    """What this person did not say, so that any default will do."""
    tries: dict[str, int] = field(default_factory=dict)
    is_away: bool = False
    is_reported: bool = False
    last: Move | None = None

    def reply(self, said: Said) -> Move:
        """The next message after what the bot said."""
        self.last = self._next(said)
        return self.last

    def _next(self, said: Said) -> Move:
        if self.is_away:
            self.is_away = False
            return Move(pick(self.random, "back"), "return", AWAY)
        if self.last is None:
            return self._open()
        asked = said.questions[-1] if said.questions else None
        if asked is None:
            return self._outside(said)
        if interrupted := self._interrupt():
            return interrupted
        if not self.persona.is_cooperative and self.random.random() < REFUSES:
            return Move(pick(self.random, "refusals"), "refusal")
        return Move(self._typed(self._answer(asked, said), asked), "answer")

    def _chance(self, habit: str) -> bool:
        return self.random.random() < self.persona.habits[habit]

    def _open(self) -> Move:
        way = self.random.random()
        if way < 0.4:
            return Move(pick(self.random, "openings", "greeting"), "open")
        if way < 0.6:
            debt = self.persona.debts[0]
            text = pick(self.random, "openings", "start")
            if "{product}" in text:
                self.told["product", debt.product] = debt.product
            return Move(text.format(product=_label(debt.product)), "open")
        return Move(self._say_cause(), "open")

    def _outside(self, said: Said) -> Move:
        """Where nothing is asked: a button that leads on, or the words for it."""
        names = set(said.replies)
        if "utter_refusal_record" in names:
            return Move("/affirm", "answer")
        if "utter_ask_which" in names and f"/{REPORTS[self.persona.outcome]}" in said.payloads:
            return Move(f"/{REPORTS[self.persona.outcome]}", "answer")
        if "utter_script_next" in names or self.is_reported or "utter_script" in names:
            self.is_reported = True
            return Move(self._report(), "report")
        if names & {"utter_confirm_restart", "utter_confirm_delete"}:
            return Move("/deny", "answer")
        if "utter_welcome" in names and self.random.random() < 0.5:
            return Move(self._say_cause(), "answer")
        leading = [p for p in said.payloads if p in ("/affirm", "/ask_negotiation")]
        if leading and self._chance("presses"):
            return Move(leading[0], "answer")
        return Move(pick(self.random, "go_on"), "answer")

    def _interrupt(self) -> Move | None:
        if self.last and self.last.kind == "answer" and self.last.after == PACE and self._chance("twice"):
            return Move(self.last.text, "repeat", AT_ONCE)
        if self._chance("asks"):
            return Move(pick(self.random, "questions"), "question")
        if self._chance("feels"):
            return Move(pick(self.random, "feelings"), "feeling")
        if self._chance("vanishes"):
            self.is_away = True
            return Move(pick(self.random, "leave"), "leave")
        return self._correct() if self._chance("corrects") else None

    def _correct(self) -> Move | None:
        """An amount said before was wrong by a tenth."""
        keys = [key for key, value in self.told.items() if key[0] in phrases()["corrections"] and value]
        if not keys:
            return None
        slot, product = self.random.choice(keys)
        new = self.told[slot, product] // 1000 * 1100 or 100_000
        new -= new % 10_000
        if new <= 0 or new == self.told[slot, product]:
            return None
        self.told[slot, product] = new
        text = pick(self.random, "corrections", slot).format(
            amount=amount(new, self.random), product=_label(product) if product else ""
        )
        return Move(text, "correction")

    def _answer(self, asked: str, said: Said) -> str:
        self.tries[asked] = self.tries.get(asked, 0) + 1
        if asked == "utter_ask_doubt":
            return self._settle(said.by_name[asked])
        if asked.startswith("utter_plan"):
            return pick(self.random, "plan_choice", "offer" if asked in PLAN_OFFERS else "pause")
        if asked.startswith("utter_documents"):
            return pick(self.random, "documents_have")
        if asked == "utter_record_ask_products":
            return pick(self.random, "record_products").format(product=_label(self.persona.debts[0].product))
        if asked == "utter_record_summary":
            return pick(self.random, "record_confirm")
        match = ASKS.fullmatch(asked)
        slot = SAME.get(match[1], match[1]) if match else asked
        product = self._product(said.by_name[asked]) if slot in PER_DEBT else None
        return self._fill(slot, product)

    def _fill(self, slot: str, product: str | None) -> str:
        if slot == "situation_cause":
            return self._say_cause()
        if slot == "situation_products":
            return self._say_debts()
        if slot == "debts_more":
            return self._say_more()
        if slot.startswith("budget_"):
            return self._value(slot, None, self.told.get((slot, None), self.persona.budget[slot]))
        if slot in PER_DEBT and product is None:  # a debt that this person does not have
            return pick(self.random, "disagree")
        if product is not None:
            debt = self.persona.debt(product)
            return self._value(slot, product, self.told.get((slot, product), getattr(debt, slot) if debt else 0))
        return self._tell_record(slot)

    def _value(self, slot: str, product: str | None, value: int) -> str:
        """A value in words, or that it is not known: then for good, but for what can be looked up."""
        first = self.tries.get(f"{slot} {product}", 0) == 0
        self.tries[f"{slot} {product}"] = 1
        if ((slot, product) in self.passed or (first and self._chance("unsure"))) and not (slot in FINDS and not first):
            self.passed.add((slot, product))
            return pick(self.random, "unknown")
        self.passed.discard((slot, product))
        self.told[slot, product] = value
        words = phrases()[slot]
        chosen = str(self.random.choice(words["none"] if value == 0 and "none" in words else words["some"]))
        return chosen.format(
            amount=amount(value, self.random), days=value, day=value, product=_label(product) if product else ""
        )

    def _product(self, question: str) -> str | None:
        """The debt that a question names: the longest name in it."""
        question = simplified(question)
        named = [debt.product for debt in self.persona.debts if _label(debt.product) in question]
        return max(named, key=lambda one: len(_label(one)), default=None)

    def _say_cause(self) -> str:
        self.told["situation_cause", None] = self.persona.cause
        return pick(self.random, "situation_cause", self.persona.cause)

    def _say_debts(self) -> str:
        """The first debt, or as many as this person likes to tell at once."""
        count = len(self.persona.debts) if self._chance("bundles") else 1
        joined = pick(self.random, "joins").join(self._named(debt) for debt in self.persona.debts[:count])
        return pick(self.random, "situation_products", "named").format(debts=joined)

    def _named(self, debt: Owed) -> str:
        self.told["product", debt.product] = debt.product
        if not self._chance("bundles"):
            return _label(debt.product)
        self.told["balance_fen", debt.product] = debt.balance_fen
        return pick(self.random, "situation_products", "with_amount").format(
            product=_label(debt.product), amount=amount(debt.balance_fen, self.random)
        )

    def _say_more(self) -> str:
        left = [debt for debt in self.persona.debts if ("product", debt.product) not in self.told]
        return self._named(left[0]) if left else pick(self.random, "debts_more", "none")

    def _settle(self, question: str) -> str:
        """Yes to an odd value that this person said, and that a debt is not theirs; no to any other."""
        theirs = {_label(debt.product) for debt in self.persona.debts}
        others = [one.label_zh for one in catalog().products.values() if one.label_zh not in theirs]
        if any(label in simplified(question) for label in others):
            return pick(self.random, "agree")
        meant = [yuan(value) for value in self.told.values() if isinstance(value, int)]
        return pick(self.random, "agree" if any(text in question for text in meant) else "disagree")

    def _report(self) -> str:
        return self._record_words(pick(self.random, "report", self.persona.outcome))

    def _tell_record(self, slot: str) -> str:
        words = phrases()[slot]
        chosen = words[self.persona.outcome] if isinstance(words, dict) else words
        return self._record_words(str(self.random.choice(chosen)))

    def _record_words(self, text: str) -> str:
        if "{amount}" in text:
            self.told["record_monthly_fen", None] = 80_000
        return text.format(amount=amount(80_000, self.random), periods=12)

    def _typed(self, text: str, asked: str) -> str:
        """As this person types; with care where the bot did not understand, and after a mood where there is one."""
        if text.startswith("/") or self.tries.get(asked, 0) > 1 or not self._chance("noise"):
            return text
        if self.random.random() < 0.3:
            return pick(self.random, "moods", self.persona.mood) + text
        return KINDS[self.random.choice(list(KINDS))](text, self.random)

    def contradictions(self, slots: dict[str, Any]) -> list[str]:
        """What is stored otherwise than it was said; ``lost`` for what was said and is not stored."""
        stored: dict[Key, Any] = {(slot, None): slots.get(slot) for slot in ("situation_cause", *self.persona.budget)}
        for debt in slots.get("debts") or ():
            stored["product", debt["product"]] = debt["product"]
            stored.update({(name, debt["product"]): debt[name] for name in PER_DEBT})
        for name, product in [key for key in self.told if key[0] == "overdue_days" and self.told[key]]:
            due = self.today - timedelta(days=self.told[name, product])
            if stored.get(("due_day", product)) == due.day:
                stored.pop(("due_day", product))
        found = []
        for key, value in stored.items():
            is_passed = key in self.passed or (key not in self.told and not self.persona.is_cooperative)
            if is_passed or value is None or value == self.told.get(key):
                continue
            found.append(f"{key[0]} {key[1] or ''}: stored {value}, said {self.told.get(key)}")
        kept = [key for key in self.told if key[0] != "record_monthly_fen" and key[0] != "due_day"]
        return found + [f"{key[0]} {key[1] or ''}: lost {self.told[key]}" for key in kept if stored.get(key) is None]


def _label(product: str) -> str:
    return catalog().products[product].label_zh
