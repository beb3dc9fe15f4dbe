"""What is said, and what must never be said."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.loader import catalog

from .texts import QUOTED, Copy, texts

_SIXTY = (
    r"(?:^|[。；，])(?![^。；，]*(?:没有|不))[^。；，]*(?:花呗|借呗)"
    r"[^。；，]*(?:可以|能|最长|最多)[^。；]{0,6}(?:60|六十)期"
)
_PROMISE = r"(?<![不低])保证(?![金人])|(?<![不没])一定(?!要)|百分之?百|100%|包过|包下|肯定能|必须批准|必定|绝对"
_GRACE = r"[3三7七]天(?:的)?宽限|宽限期[^。]{0,6}[0-9三七]+\s*[天日]|(?:没有|有)宽限期(?!，说法)"

_HOURS = r"\d{1,2}\s*(?:[:：]\d{2}|点|时)\s*(?:到|至|-|—|~)\s*\d{1,2}"
_SUE = r"法院|传票|起诉状?|支付令|开庭"

FORBIDDEN = {
    "a promise": _PROMISE,
    "sixty periods promised": _SIXTY,
    "a period of grace": _GRACE,
    "a key of the voice menu": r"按\s*[0-9一二两三四五六七八九零]+\s*号?键|按[0-9](?![0-9.天])",
    "a hotline from a web page": r"400[-\s]?\d{3}|95189|801[-\s]?6006|95101",
    "who is not 95188 is a swindler": r"不是95188[^。]{0,12}(?:诈骗|骗子|假)",
    "points of the score": r"(?:芝麻分|信用分)[^。]{0,8}(?:[降扣减掉]|少)[^。]{0,3}\d+",
    "a rate of success": r"成功率|通过率[^。]{0,4}\d",
    "a threshold for a lawsuit": r"(?:逾期)?\d+(?:天|元)[^。]{0,6}(?:就|会)[^。]{0,3}起诉",
    "a day of reporting": r"逾期(?:第)?\d+天(?:就|才|会|后)[^。]{0,4}(?:上|报)",
    "no jail whatever happens": r"不会坐牢|不会被起诉|不会上门",
    "a debt that need not be paid": r"不用还|不必还|不需要还",
    "12378 can waive": r"12378(?:会|可以|能)[^。，]{0,12}减免",
    "round-the-clock help": r"24\s*小时|全天候|7[×x*]24",
    "the committee writes papers": r"居委会(?:可以|能|会)(?:开|出)",
    "a cap of twenty per cent": r"(?<!\d)20%",
    "the old article": r"(?:42|四十二)条",
    "a value of the LPR": r"LPR[^。]{0,6}\d\.\d",
    "relief that is not there": r"停息挂账|只还本金",
    "familiarity": r"[你妳]|亲[，！~～]|小可爱|宝宝们",
    "hours of a service": rf"(?:客服|热线|人工|95188|12378|12363|12356|12355)[^。，；]{{0,12}}{_HOURS}",
    "whether the small loan is reported": r"备用金(?:会|不会|不|要|也)?上征信",
    "a fee or rate that is personal": r"分期[^。，]{0,8}手续费(?:率)?[^。，]{0,4}\d+(?:\.\d+)?%"
    r"|借呗[^。，]{0,8}日利率[^。，]{0,4}\d",
    "four times the LPR for everybody": r"LPR[^。，]{0,4}(?:4|四)倍|(?:4|四)倍[^。，]{0,3}LPR",
    "a cap that works by itself": r"24%[^。]{0,12}(?:不用|无效|自动|不受保护)",
    "a repair that is over": r"一次性信用修复(?:还|仍|正|可以|能)",
    "a true record deleted": r"(?<![不也])(?:可以|能|帮您)(?:消除|删除|删掉|抹掉)[^。，]{0,6}(?:逾期|征信|不良|记录)",
    "a standard called law": r"(?:45251|推荐性国家标准|行业协会指引|银行业协会指引)[^。，]{0,6}(?:法律规定|强制|依法)",
    "an article that was not seen": r"(?:消费金融公司管理办法|互联网贷款管理暂行办法)》?第",
    "only one number collects": r"只(?:会|能)?(?:用|从)95188|催收(?:都|只)(?:是|用|从)95188",
    "how long the score remembers": r"芝麻[^。，]{0,10}\d+\s*(?:天|个月|年)",
    "relatives have to pay": r"(?:家人|父母|亲友)(?:要|必须|应当|应该)替",
    "relatives are never called": r"不会(?:联系|打扰)(?:您的)?(?:家人|亲友|单位)",
    "a day of decision": r"支付宝[^。，]{0,12}\d+\s*(?:个工作日|天|日)(?:内)?(?:答复|回复|审批|给结果)",
    "a lender's ceiling as advice": r"55%|不(?:得|能|要)?超过(?:收入的?)?50%",
    "bankruptcy for everybody": r"个人破产(?![^。]*(?:深圳|厦门|地方))",
    "who is bound by self-regulation": r"蚂蚁[^。，]{0,6}(?<!是否)(?:是|属于)(?!否)[^。，]{0,8}会员"
    r"|必须遵守[^。，]{0,6}(?:指引|标准)",
    "borrowing anew": r"(?<!不)(?:可以|不妨|建议)(?:先|再)?去?(?:借(?:一?笔|点|些|钱)|贷一?笔|套现)"
    r"|(?:可以|不妨|建议)(?:向|找|跟)(?:朋友|亲戚|家人|父母|同事)[^。，]{0,4}借",
    "hiding": r"(?:可以|不妨|建议|先|干脆)(?:不接|拒接|拉黑|屏蔽|换个?号|躲|失联|藏)",
    "property out of reach": r"(?:可以|不妨|建议|先|赶紧)把[^。，]{0,8}(?:转到|转给|过户|藏|取出来)",
    "a threat": r"(?:可以|不妨|建议|就说)[^。，]{0,4}(?:威胁|恐吓|曝光|闹|跳楼)",
    "silence to a court": rf"(?:可以不|不用|不必|不需要|别)(?:理|管|去|签收|接)[^。，]{{0,4}}(?:{_SUE})"
    rf"|(?:{_SUE})[^。，]{{0,6}}(?:可以不|不用|不必|不需要)(?:理|管|去|签|接)",
    "a secret asked for": r"(?<!不)(?:请|需要)(?:您)?(?:发|提供|输入|填写|告诉)(?:我)?"
    r"[^。，]{0,4}(?:身份证号|卡号|密码|验证码)",
    "somebody we are not": r"我是(?:支付宝|花呗|借呗|平台|银行|律师|官方|真人)",
}

MUST_NOT_PASS = [
    "我们保证通过",
    "一定能谈成",
    "百分百成功",
    "花呗可以分60期",
    "借呗最长能分六十期",
    "花呗有3天宽限期",
    "宽限期为3天",
    "打95188后按2键",
    "打95188后按2",
    "请拨400-801-6006",
    "不是95188打来的就是诈骗",
    "芝麻分会降50分",
    "成功率80%",
    "逾期90天就会起诉",
    "逾期30天才上征信",
    "欠款不会坐牢",
    "被骗的钱不用还",
    "12378会让平台减免",
    "心理热线24小时开通",
    "居委会可以开困难证明",
    "消费金融公司年利率上限20%",
    "治安管理处罚法第42条",
    "可以停息挂账",
    "你先别急",
    "亲，您好",
    "95188人工客服8:00-24:00接听",
    "热线早上9点到17点有人",
    "备用金不上征信",
    "花呗分期12期手续费8.8%",
    "借呗日利率0.05%",
    "利率不能超过LPR的4倍",
    "超过24%的部分自动无效",
    "一次性信用修复还能办",
    "可以消除逾期记录",
    "推荐性国家标准是强制的",
    "《消费金融公司管理办法》第四十条",
    "真催收只会用95188",
    "芝麻分半年恢复，芝麻记录保存5年",
    "家人要替您还",
    "不会联系您的家人",
    "支付宝一般3天内答复",
    "负债不能超过50%",
    "可以申请个人破产",
    "蚂蚁消费金融是协会会员",
    "可以先借一笔周转",
    "建议找亲戚借一点",
    "可以不接电话",
    "先换个号躲一阵",
    "可以把存款转给家人",
    "不妨曝光他们",
    "传票可以不理",
    "不用管法院短信",
    "请提供银行卡号",
    "我是支付宝客服",
]
MUST_PASS = [
    "要交保证金的是骗局",
    "对方不一定同意",
    "母亲住院",
    "一定要看合同",
    "没有资料说明花呗、借呗可以分到60期",
    "可以申请低保证",
    "按365天算",
    "按1.5倍算",
    "是否有宽限期，说法不一",
    "晚上10点到早上8点不得催收",
    "一次性信用修复窗口已过",
    "真实的逾期记录，花钱也删不掉",
    "不要再借新的",
    "请不要发身份证号",
    "法院的材料请不要放着不管",
    "个人破产目前只在深圳、厦门等地有地方规定",
    "我不是支付宝",
    "账单一般可以分3、6、9、12期",
]

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
TEXTS = texts()


def test_nothing_is_said_that_is_not_known() -> None:
    said = [
        f"{copy.where}.{copy.field}: {match[0]} is {name}"
        for copy in TEXTS
        for name, rule in FORBIDDEN.items()
        if (match := re.search(rule, QUOTED.sub("", copy.words)))
    ]
    assert said == []


@pytest.mark.parametrize("words", MUST_NOT_PASS)
def test_the_rules_catch_what_they_are_for(words: str) -> None:
    assert any(re.search(rule, words) for rule in FORBIDDEN.values())


@pytest.mark.parametrize("words", MUST_PASS)
def test_the_rules_let_honest_words_through(words: str) -> None:
    assert not [name for name, rule in FORBIDDEN.items() if re.search(rule, words)]


def test_punctuation_is_full_width() -> None:
    assert [copy for copy in TEXTS if HALF_WIDTH.search(copy.words)] == []


def test_every_number_is_backed_by_a_fact_that_is_cited() -> None:
    unbacked = [
        f"{copy.where}.{copy.field}: {', '.join(sorted(missing))}"
        for copy in TEXTS
        if not copy.where.startswith("stories/") and (missing := _numbers(copy.words) - _backed(copy))
    ]
    assert unbacked == []


def _backed(copy: Copy) -> set[str]:
    return {
        number for fact in catalog().cited(copy.facts) for number in _numbers(f"{fact.statement_zh} {fact.value or ''}")
    }


def _numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", words))


def test_a_text_is_short_enough_to_read() -> None:
    assert [copy for copy in TEXTS if len(copy.words) > 200] == []
