"""Messages that may mean two things, with the trained model: which of them are close moves with every retraining."""

from __future__ import annotations

from typing import Any

import pytest

UNCLEAR = [
    "我想知道还款的事",
    "我要还多少什么时候还",
    "账单的问题",
    "不还的话征信和账户会怎样",
    "分期和最低哪个划算",
    "利息和扣款",
    "催我又说要告我",
    "还一部分还是晚点还",
    "那个协议的事",
    "逾期和征信",
    "被限制了还是逾期了",
    "投诉还是协商",
]
LEAST = 2


@pytest.mark.model
def test_where_two_meanings_are_close_each_has_a_button_that_leads_to_its_answer(bot: Any) -> None:
    asked = []
    for number, text in enumerate(UNCLEAR):
        said = bot.say(text, f"unclear-{number}")
        if "utter_ask_which" in said.replies:
            asked.append(text)
            assert len(said.buttons) == 2
            parsed = bot.tracker(f"unclear-{number}").latest_message.parse_data["intent_ranking"]
            again = bot.say(f"/{parsed[1]['name']}", f"unclear-{number}")
            assert again.texts
            assert "utter_ask_which" not in again.replies
    assert len(asked) >= LEAST, asked


@pytest.mark.model
def test_a_form_takes_the_likelier_meaning_and_asks_its_own_question_once_more(bot: Any) -> None:
    bot.say("我失业了，花呗欠3000", "unclear-in-a-form")
    for text in UNCLEAR:
        said = bot.say(text, "unclear-in-a-form")
        assert "utter_ask_which" not in said.replies
        assert said.texts
