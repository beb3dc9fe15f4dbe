"""Words that ask for a part of the script or a version in writing, and the training data that must not be caught."""

from __future__ import annotations

import pytest
from contract.project import examples

from bot.knowledge.script_words import script_part, wants_next
from bot.reading import normalise

PARTS = {
    "messages": ["有没有文字版", "在线客服怎么发", "给我文字版，我发给客服", "打字怎么说", "我复制给在线客服"],
    "letter": [
        "帮我写个情况说明",
        "写一封困难说明",
        "给我写一份还款困难说明",
        "情况说明帮我写",
        "情况说明模板",
        "困难情况说明书给我",
        "情况说明范文有吗",
    ],
    "social": ["微博怎么说", "公众号留言怎么写", "在微博上该怎么说", "私信发什么"],
    "refusals": ["被拒绝了怎么回", "对方不肯怎么说", "不同意的话怎么接"],
    "avoid": ["不要说什么", "有哪些话不能说"],
    "write_down": ["要记什么", "打电话的时候要记什么"],
}
OTHERS = [
    "帮我写个假的情况说明，就说我出车祸了",
    "情况说明发了，客服没回",
    "借呗借款被拒怎么回事",
    "微博热搜第一是什么",
    "接了催收电话要说什么不能说什么",
    "这个月工资还没发，我想问一下能不能帮我写个情况说明寄给平台，然后他们会不会减免利息呢",
    "怎么说",
]
ALLOWED = {"ask_script", "request_export"}


@pytest.mark.parametrize(("part", "text"), [(part, text) for part, texts in PARTS.items() for text in texts])
def test_a_part_is_known_by_its_words(part: str, text: str) -> None:
    assert script_part(normalise(text)) == part


@pytest.mark.parametrize("text", OTHERS)
def test_other_messages_are_left_to_the_classifier(text: str) -> None:
    assert script_part(normalise(text)) is None


def test_no_training_example_of_another_intent_is_caught() -> None:
    caught = [(one.intent, one.text) for one in examples() if script_part(one.key) and one.intent not in ALLOWED]
    assert caught == []


@pytest.mark.parametrize("text", ["下一步", "继续", "然后呢？", "往下看"])
def test_going_on_is_the_whole_message(text: str) -> None:
    assert wants_next(text)
    assert not wants_next(f"{text}要是他们不同意")
