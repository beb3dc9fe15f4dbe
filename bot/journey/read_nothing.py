"""Kinds of income and spending that a message says there are none of: 没有房租, 住爸妈家, 一分钱收入没有, 别的没有."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from bot.journey.binding import BREAKS, is_none_of
from bot.journey.mentions import Mention
from bot.journey.turn import Message, Reading

NOTHING_CAN_BE: Final = ("budget_income_fen", "budget_housing_fen", "budget_other_fen")
"""Slots of which there may be nothing; nobody lives on nothing."""

NO_INCOME = re.compile(
    r"(?:一|半)(?:分|毛|块)钱?(?:的)?(?:收入|工资|进账)?(?:都|也)?没(?:有|了)?(?!还|交|付|剩|欠)"
    r"|(?<!其他)(?<!别的)没(?:有)?(?:任何|一点|一分钱|什么|啥)?(?:的)?(?:收入|工资|进账)(?:来源)?(?!证明|流水|高|多|发|到)"
    r"|(?<!他)(?<!的)(?:收入|工资|进账)(?:来源)?(?:是|为|就|都|也|现在|目前|已经)*(?:零|0(?![0-9.])|没了|没有(?!发|到|涨|以前|之前|那么|高|多|证明|流水))"
)
"""Words for no income at all; 没有固定收入 and 工资没有发 are none of them."""
NO_JOB = re.compile(
    r"(?:我|现在|目前|已经|刚|还|在家|暂时|最近|都|又)*"
    r"(?:没(?:有)?(?:工作|上班|活干|班上)|失业|待业|被裁|被辞退|下岗|离职)(?:了|中|在家|着|呢|呀|啊|的)*[，,。.！!~…\\s]*"
)
"""An answer to the question about income that means there is none."""
FREE_HOME = re.compile(
    r"住(?:在|的)?(?:是)?(?:我)?(?:爸妈|父母|家里|娘家|老家|公司|单位|学校|宿舍|亲戚|朋友|自己)(?:家|这|那|里|的)?(?!租)"
    r"|包(?:吃|食)?住|自有房|自建房|(?:房子|房)是自己的(?!贷)"
)
"""Where one lives without rent."""
NO_MORE = re.compile(
    r"(?:其他|其它|别的|另外的?|其余)(?:的)?(?:支出|开销|开支|花销|花费|费用)?(?:都|也|就|暂时)*(?:没有?|没)(?:了|啊|呀|啦|吧)*$"
    r"|(?:就|只有|只)(?:是)?这些(?:了|吧|啦)?$"
    r"|没(?:有)?(?:其他|其它|别的|另外的?)(?:的)?(?:支出|开销|开支|花销|花费|费用)?(?:了|啊|呀|啦|吧)*$"
)
"""The end of a list of spending."""


def read_named(reading: Reading) -> None:
    """Note nothing for each kind that the message says there is none of, unless it names an amount for it too."""
    text = reading.message.text
    told = {bound.field for bound in reading.money()}
    none = {str(m.value) for m in reading.message.mentions if m.entity == "field" and _is_none(text, m)}
    if NO_INCOME.search(text):
        none.add("budget_income_fen")
    if FREE_HOME.search(text) and reading.case.budget_housing_fen is None:
        none.add("budget_housing_fen")
    if _ends_list(reading):
        none.add("budget_other_fen")
    for slot in NOTHING_CAN_BE:
        if slot in none and slot not in told:
            reading.note(slot, 0)


def is_jobless(text: str) -> bool:
    """True when all that ``text`` says is that there is no work: as an answer about income, nothing."""
    return bool(NO_JOB.fullmatch(text))


def _is_none(text: str, label: Mention) -> bool:
    """Income has words of its own; 没有孩子 tells of no child and not of the spending, which is the same here."""
    return label.value != "budget_income_fen" and is_none_of(text, label)


def _ends_list(reading: Reading) -> bool:
    """True when spending was listed and the list is said to be complete, while other spending is not known."""
    asked, case = reading.asked or "", reading.case
    lists = [b for b in reading.money() if b.field in (None, "budget_housing_fen", "budget_living_fen")]
    is_open = case.budget_other_fen is None and (asked.startswith("budget") or any(b.field for b in lists))
    return bool(is_open and lists and any(NO_MORE.search(part) for part in _parts(reading.message)))


def _parts(message: Message) -> list[str]:
    """The text in parts: at every mark, and before every product, since the debts come after the spending."""
    cuts = sorted({0, *(m.start for m in message.mentions if m.entity == "product"), len(message.text)})
    return [part for first, last in pairwise(cuts) for part in BREAKS.split(message.text[first:last])]
