"""How the bot speaks: politely, in full-width punctuation, shortly, one question at a time, and promising nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from unit.knowledge.test_copy import FORBIDDEN, HALF_WIDTH
from unit.knowledge.texts import QUOTED
from unit.knowledge.texts import texts as catalogue_texts

from bot.knowledge.lines import lines
from contract.project import replies

LONGEST = 600
LONGEST_TITLE = 10
PROMISES = re.compile(r"(?<!不)一定(?!要)|保证(?!金)|百分之?百|100%|包过|绝对|亲，|放心吧")
EXAMPLES = re.compile("例如[^。\n]*")
PUNCTUATION = re.compile(r"[\u4e00-\u9fff」][,;:?!]|[,;:?!](?=[\u4e00-\u9fff「])")
BLANK = re.compile(r"[\u4e00-\u9fff，。；：！？] [\u4e00-\u9fff，。；：！？]")

HONEST = {
    ("utter_faq_ask_deferral", "有宽限期"): "says that accounts differ, and what to do because of it",
    ("utter_faq_ask_deferral", "没有宽限期"): "says that accounts differ, and what to do because of it",
    ("utter_faq_ask_success_stories", "成功率"): "says that there is no such figure",
    ("utter_faq_ask_waiver", "只还本金"): "says that there is no published policy on it",
}
"""Risky words that are there to be denied, each with its reason."""

JARGON = re.compile(
    "IRR|DTI|LPR|增信|助贷|纾困|核销|坏账|不良资产|债权让与|格式条款|缔约|给付|诉讼时效|要约|融资租赁|资管|敞口"
)
"""Words of the trade that nobody should have to look up."""

SPOKEN_BY_THE_PERSON = ("script.",)
"""Lines that the person says to the lender: there 您 is the agent."""

ASKED_TWICE: dict[str, str] = {}
"""Replies with two questions, each with its reason."""


def copy() -> Iterator[tuple[str, str]]:
    """Every text that the bot may say, with its name."""
    for name, variations in replies().items():
        for variation in variations:
            yield name, variation["text"]
            yield from ((f"{name} (button)", button["title"]) for button in variation.get("buttons") or ())
    yield from lines().items()


COPY = sorted(copy())


def unquoted(text: str) -> str:
    """The words that are the bot's own."""
    return re.sub("“[^”]*”", "", QUOTED.sub("", text))


def test_people_are_addressed_politely() -> None:
    everything = [*COPY, *((one.where, one.words) for one in catalogue_texts())]
    assert [name for name, text in everything if re.search("[你妳]", unquoted(text))] == []


def test_what_the_person_says_to_the_agent_is_polite_too() -> None:
    assert [name for name, text in lines().items() if name.startswith(SPOKEN_BY_THE_PERSON) and "你" in text] == []


def test_nothing_is_promised() -> None:
    assert [(name, match[0]) for name, text in COPY if (match := PROMISES.search(text))] == []


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_nothing_is_said_that_is_risky_to_state(rule: str) -> None:
    said = [(name, match[0]) for name, text in COPY if (match := re.search(FORBIDDEN[rule], unquoted(text)))]
    assert [one for one in said if one not in HONEST] == []


def test_no_word_needs_explaining() -> None:
    assert [(name, match[0]) for name, text in COPY if (match := JARGON.search(text))] == []


def test_every_variation_of_a_reply_stands_on_the_same_facts() -> None:
    differing = [
        name
        for name, variations in replies().items()
        if len({tuple((one.get("metadata") or {}).get("facts") or ()) for one in variations}) > 1
    ]
    assert differing == []


def test_punctuation_between_chinese_characters_is_full_width() -> None:
    assert [(name, text) for name, text in COPY if PUNCTUATION.search(text) or HALF_WIDTH.search(text)] == []


def test_no_blanks_between_chinese_characters() -> None:
    assert [(name, text) for name, text in COPY if BLANK.search(text)] == []


def test_quotation_marks_are_of_one_kind() -> None:
    assert [name for name, text in COPY if re.search('[“”"『』]', text)] == []


def test_quotation_marks_come_in_pairs() -> None:
    assert [name for name, text in COPY if text.count("「") != text.count("」")] == []


def test_one_question_at_a_time() -> None:
    asking = [
        name for name, text in COPY if name not in ASKED_TWICE and unquoted(EXAMPLES.sub("", text)).count("？") > 1
    ]
    assert asking == []


def test_a_message_is_short_enough_to_read() -> None:
    assert [(name, len(text)) for name, text in COPY if len(text) > LONGEST] == []


def test_a_button_is_short() -> None:
    assert [(name, text) for name, text in COPY if "(button)" in name and len(text) > LONGEST_TITLE] == []


def test_a_message_ends_like_a_sentence() -> None:
    open_ended = [
        name
        for name, variations in replies().items()
        for variation in variations
        if not re.search(r"[。？！）」]$|\}$|\} 元$", variation["text"])
    ]
    assert open_ended == []


def test_numbers_are_written_with_half_width_digits() -> None:
    assert [(name, text) for name, text in COPY if re.search("[０-９％．]", text)] == []
