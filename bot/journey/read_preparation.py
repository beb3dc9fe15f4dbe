"""Answers about the situation, the papers and the way to reach the lender."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.journey.binding import BREAKS
from bot.journey.turn import Reading
from bot.knowledge.loader import catalog
from bot.reading import is_no, is_skip, is_unknown, is_yes, is_zero, read_choice
from bot.records.store import PAPER_STATES

LONG_ENOUGH = 4
"""Characters from which free words about what happened are taken as a cause of their own."""

CONTACT_CHOICES = ("hotline_95188", "app_service", "social_accounts")
"""In the order in which they are shown."""
TALKED_CHOICES = (*CONTACT_CHOICES, "wangshang_bank", "other_lender")
"""The ways in which a talk may have taken place, in the order in which they are shown."""


EFFECTS = ("income_loss",)
"""Causes that the others bring about, so that a message may mean them and name what they come from."""

CHANNEL_WORDS = (
    ("wangshang_bank", re.compile(r"网商银行|转3")),
    (
        "other_lender",
        re.compile(r"发卡|银行客服|那家|(?:微粒贷|美团|京东|机构|信用卡)的?(?:客服|热线|电话)"),
    ),
    ("hotline_95188", re.compile(r"电话|热线|打过去|95188")),
    ("app_service", re.compile(r"app|在线客服|文字|打字|小程序", re.IGNORECASE)),
    ("social_accounts", re.compile(r"微博|微信|公众号|社交|私信|留言")),
)
"""Looser words for the three ways, used where the way is being asked."""

GOT = re.compile(r"(?:开|办|拿|打|备|补|找|弄|取|下载)(?:好|到|出来|齐|全)(?:了|啦)?$|有了$")
"""The end of a message that says a paper has been got."""

LOST = re.compile(r"(?:没有|没拿到|没办|丢了|不见了|找不到|弄丢|过期了?|开不出来|办不了)(?:了|啦|成)?$")
"""The end of a message that says a paper is not there after all."""
DONE = ("affirm", "deny", "ask_negotiation")
"""What ends ticking off: yes, no more, go on."""
THAT_IS_ALL = re.compile(r"就这些|就这|好了|没了|没有了|完了|下一步|继续|可以了|差不多")
JUST_THESE = re.compile(r"^我?(?:就|只有)这(?:些|几样|几个)?(?:了|吧|啦)?$")
"""Points at papers; while none is named or ticked off nobody knows which."""
PAPER = "paper."
"""Begins what a button of the checklist says about its paper."""

REPLACED = re.compile(
    r"[^，,。；;、]{0,3}(?:没有|拿不到|开不了)?[^，,。；;、]{0,2}(?:用|拿|以)[^，,。；;]{1,14}(?:代替|替代|顶|代)"
)
"""What follows the name of a paper that is replaced by another."""
REFUSED = re.compile(r"不(?:想|找|用|打|要|去)|别|取消|打不通")
"""Words with which a way is put aside, so that another one in the message is meant."""

WORDS = re.compile(r"[一-鿿]{2}")


def read_cause(reading: Reading) -> None:
    """The cause: what the whole message means counts for more than a word in it."""
    causes = catalog().causes
    by_intent = next((c.id for c in causes.values() if c.intent == reading.message.intent), None)
    named = [value for value in reading.message.values("cause") if value in causes]
    cause = by_intent or (named[0] if named else None)
    if by_intent in EFFECTS and named and by_intent not in named:
        cause = by_intent = named[0]  # 生意失败，现在只能挣5千: what it came from, not what came of it
    if cause is None or (cause != by_intent and reading.case.situation_cause is not None):
        return
    if reading.case.situation_cause in (None, "other") or reading.asked == "situation_cause":
        reading.note("situation_cause", cause)


def read(reading: Reading) -> None:
    """The question asked about the situation, the papers or the contact."""
    {
        "situation_cause": _read_free_cause,
        "situation_products": _read_products,
        "documents_have": _read_documents,
        "contact_channel": _read_channel,
    }[str(reading.asked)](reading)


def _read_free_cause(reading: Reading) -> None:
    if reading.case.situation_cause is not None:
        return
    text, intent = reading.message.text, reading.message.intent
    is_free = bool(WORDS.search(text)) and not reading.bound and len(text) >= LONG_ENOUGH
    is_told = is_free and intent in ("out_of_scope", "nlu_fallback", "state_cannot_repay", None)
    if reading.message.says("other") or is_skip(text) or is_unknown(text) or intent == "dont_know" or is_told:
        reading.note("situation_cause", "other")
    elif not reading.answered:
        reading.problem = "no_cause"


def _read_products(reading: Reading) -> None:
    if reading.case.debts:
        return
    if reading.message.says("other"):
        reading.add_product("other_online_loan")
    elif is_unknown(reading.message.text) or reading.message.intent == "dont_know":
        reading.problem = "unknown"
    else:
        reading.problem = "no_product"


def _read_documents(reading: Reading) -> None:
    """Papers by name, all, or none; after some were ticked off, the rest and "that is all" end the question."""
    message, text, ticked = reading.message, reading.message.text, bool(reading.case.documents_open)
    named = tuple(message.values("document"))
    cause = catalog().causes[reading.case.situation_cause or "other"]
    if not ticked and not named and JUST_THESE.search(text):
        reading.problem = "no_documents"
    elif message.says("all") or (not ticked and (message.intent == "affirm" or is_yes(text))):
        reading.note("documents_have", cause.documents)
    elif message.says("none"):
        reading.note("documents_have", ())
    elif named:
        _note_named(reading, named)
    elif ticked and (message.intent in DONE or THAT_IS_ALL.search(text) or is_yes(text) or is_no(text)):
        reading.answered = True
    elif message.intent == "deny" or is_no(text) or is_zero(text):
        reading.note("documents_have", ())
    elif is_unknown(text) or is_skip(text) or message.intent == "dont_know":
        reading.note("documents_have", reading.case.documents_have or ())
    elif not reading.answered:
        reading.problem = "no_documents"
    if reading.answered and reading.problem is None:
        reading.case = reading.case.with_slot("documents_open", None)


def _note_named(reading: Reading, named: tuple[str, ...]) -> None:
    """The papers that are named, with those ticked off before; what stands in for one is no paper that is there."""
    replaced = tuple(item for item in named if _is_replaced(reading, item))
    before = reading.case.documents_have or () if reading.case.documents_open else ()
    reading.note("documents_have", tuple(dict.fromkeys([*before, *(one for one in named if one not in replaced)])))
    if replaced:
        reading.note("documents_substitute", replaced)


def read_pressed_paper(reading: Reading) -> bool:
    """A button of the checklist: its paper gets the state that the button names; True when it was one."""
    message = reading.message
    papers = [value for value in message.values("document") if value in catalog().documents]
    state = next((s for s in PAPER_STATES if message.says(f"{PAPER}{s}")), None)
    if not message.is_button or not papers or state is None:
        return False
    is_open = reading.case.documents_have is None or reading.case.documents_open
    _set_states(reading, dict.fromkeys(papers, state))
    reading.case = reading.case.with_slot("documents_open", is_open or None)
    return True


def read_paper_news(reading: Reading) -> None:
    """Outside of the question: papers of the checklist that were got, lost or replaced since."""
    text = reading.message.text
    if reading.case.documents_have is None or reading.asked is not None:
        return
    wanted = catalog().causes[reading.case.situation_cause or "other"].documents
    named = [item for item in reading.message.values("document") if item in wanted]
    replaced = [item for item in named if _is_replaced(reading, item)]
    if replaced:
        _set_states(reading, dict.fromkeys(replaced, "substitute"))
    elif LOST.search(text):
        _set_states(reading, dict.fromkeys(named, "missing"))
    elif GOT.search(text):
        _set_states(reading, dict.fromkeys(named, "have"))


def _set_states(reading: Reading, states: Mapping[str, str]) -> None:
    """Give each paper its state; the others keep theirs, in their order."""
    case = reading.case
    for slot, state in (("documents_have", "have"), ("documents_substitute", "substitute")):
        before = getattr(case, slot) or ()
        kept = [item for item in before if states.get(item, state) == state]
        new = tuple(dict.fromkeys([*kept, *(item for item, wanted in states.items() if wanted == state)]))
        if new != before or (slot == "documents_have" and case.documents_have is None):
            reading.note(slot, new)
    reading.answered = True


def _is_replaced(reading: Reading, document: str) -> bool:
    """True for a paper for which something else stands in: 诊断证明用病历代替."""
    ends = [m.end for m in reading.message.mentions if m.entity == "document" and m.value == document]
    return any(REPLACED.match(reading.message.text, end) for end in ends)


def _read_channel(reading: Reading) -> None:
    channel = channel_in(reading)
    if channel is not None:
        reading.settle("contact_channel", channel)
    elif is_skip(reading.message.text) or reading.message.intent == "dont_know":
        reading.settle("contact_channel", CONTACT_CHOICES[0])
    else:
        reading.problem = "no_channel"


def channel_in(reading: Reading, choices: Sequence[str] = CONTACT_CHOICES) -> str | None:
    """The one of ``choices`` that the message names or chooses by its number."""
    named = named_channel(reading, choices)
    if named:
        return named
    index = read_choice(reading.message.text, len(choices))
    if index:
        return choices[index - 1]
    kept = " ".join(part for part in BREAKS.split(reading.message.text) if not REFUSED.search(part))
    found = [channel for channel, words in CHANNEL_WORDS if channel in choices and words.search(kept)]
    special = [channel for channel in found if channel not in CONTACT_CHOICES]
    found = special or found
    return found[0] if len(found) == 1 else None


def named_channel(reading: Reading, choices: Sequence[str] = CONTACT_CHOICES) -> str | None:
    """The one of ``choices`` that the message names as the catalogue does."""
    text = reading.message.text
    named = [
        mention.value
        for mention in reading.message.mentions
        if mention.entity == "contact" and mention.value in choices
        if not REFUSED.search(BREAKS.split(text[: mention.start])[-1])
    ]
    special = [value for value in named if value not in CONTACT_CHOICES]
    return str((special or named)[0]) if named else None
