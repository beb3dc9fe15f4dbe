"""Stage budget: what comes in each month and what must go out."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import JourneyAction, JourneyForm, case_of
from bot.journey import summary
from bot.journey.cards import budget
from bot.names import ActionName
from bot.replies import Say


class ValidateBudgetForm(JourneyForm):
    """What comes in each month and what must go out."""

    stage = "budget"


class ShowBudget(JourneyAction):
    """The budget in three lines, and what it means."""

    def name(self) -> str:
        return ActionName.SHOW_BUDGET

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        shown = summary.budget(case)
        say.showing(budget.card(case)).budget_shown(
            income=shown.income, expenses=shown.expenses, surplus=shown.surplus, verdict=shown.verdict
        )
        return []
