"""Short whole-message answers: yes, no, nothing, do not know, not overdue, skip. In doubt, none of them."""

from __future__ import annotations

import re

_END = r"[\s，。！？；：、,.!;:~…—·]*"
_SOFT = (
    "(?:啊|呀|吧|呢|嘛|哦|噢|哈|喔|呗|啦|了|的|哒|滴|喽|咯|嗯|额|呃|诶|欸|哎|唉|这个|那个|我|谢谢你?|谢谢您|麻烦了|亲)"
)
_LEAD = rf"(?:{_SOFT}|[\s，。！、,.!~…])*"
_TRAIL = rf"(?:{_SOFT}|[\s，。！、,.!~…;；])*"
_MAX_ANSWER = 40

_YES_WORDS = (
    "是的?|是这样的?|就是(?:这样)?的?|没错|不错|对的?|对对对?|嗯+|嗯呢|恩恩?|好的?|好好"
    "|行的?|可以的?|没问题|没有问题|ok|OK|Ok|okay|yes|Yes|YES"
    "|y|Y|yep|确认|确定|正确|同意|愿意|要的?|需要|想的?|能的?|会的?|有的?|当然|必须的"
    "|没毛病|中|成|得嘞|收到|明白|准确|完全正确|是啊是啊"
    "|对没错|是没错|我同意|我确认|我愿意|我要|我想|👍|👌|✅"
)
_YES = re.compile(rf"{_LEAD}(?:{_YES_WORDS})(?:{_TRAIL}(?:{_YES_WORDS})){{0,2}}{_TRAIL}")
_NO_WORDS = (
    "不是的?|不对|不|不用|不要|不行|不可以|不能|不会|不想|不愿意|不需要|不同意|不了"
    "|不好|不太行|没有的?|没有过|没|并没有|从来没有|从没有"
    "|暂时没有|暂时不用|还没有?|还没|否|错|错的|不正确|不准确|no|No|NO|n|N|nope|不必"
    "|用不着|没那回事|不可能|我没有|我不想|我不要|算不上|👎|❌"
)
_NO = re.compile(rf"{_LEAD}(?:{_NO_WORDS})(?:{_TRAIL}(?:{_NO_WORDS})){{0,2}}{_TRAIL}")

_NOTHING = (
    "没有|没|无|零|〇|0(?:\\.00?)?|0元|0块钱?|零元|零块|没了|都没有?|全没|啥都没有?|什么都没有|一分没有|空的"
    "|没(?:有)?(?:任何|一点|一分|半毛|半分)?(?:的)?(?:收入|工资|进账|进项|钱|存款|积蓄"
    "|余钱|来源|经济来源|收入来源|外快|支出|开销|花费|房租|房贷|其他|别的)(?:来源)?"
    "|没(?:有)?(?:任何|什么)?(?:其他|其它|别的|另外的?)(?:的)?(?:必要的?)?(?:支出|开销|开支|花费|花销|费用)"
    "|(?:一|半)(?:分|毛|块|个子|点)(?:钱)?(?:的)?(?:收入|工资|进账)?(?:都|也)?(?:没有?"
    "|拿不出来?|不剩|没得)(?:收入|工资|进账|钱)?"
    "|(?:收入|工资|进账|存款|积蓄)(?:是|为|就是|都|也|现在|目前|已经)*(?:零|0|没有?|没了|没有了|为零|为0)"
    "|(?:啥|什么|任何|半点|一点)(?:收入|工资|进账|钱)(?:都|也)?没有?|没有?工作(?:也|就)?没有?收入"
    "|分文没有|身无分文|颗粒无收|一无所有|没一分钱|没有一分钱|一分钱收入没有|零收入|0收入"
)
_NOW = (
    "(?:我|现在|目前|这个月|这几个月|最近|暂时|已经|真的|完全|根本|确实|就|也|还|都|本月"
    "|每个?月|家里|啥|什么|压根|彻底|全家)*"
)
_ZERO_CLAUSE = re.compile(rf"(?:{_SOFT})*{_NOW}(?:{_NOTHING})(?:{_SOFT})*")
_ZERO_NAMED = re.compile(r"收入|工资|进账|进项|钱|一分|一毛|零|0|来源|积蓄|存款")
_CAUSE = re.compile(
    r"(?:(?:我|公司|厂子?|店|单位|现在|刚|已经|被|在家|因为|上个?月|这个月|都)*"
    "(?:失业|倒闭|关门|破产|裁员|被裁|辞退|待业|下岗|离职|没工作|没有工作|没上班|没班上"
    "|住院|生病|停工|停产|解散)(?:了|中|在家|着|的)*)"
)
_NOT_ZERO = re.compile(
    "[1-9一二两三四五六七八九][0-9十百千万kKwW]|但|不过|只有|除了|可是|就是有|偶尔|有时"
    "|多少|还了|固定|稳定|没有?(?:什么|啥)收入"
)

_UNKNOWN_CORE = (
    "不知道|不太知道|不晓得|不清楚|不太清楚|不是很清楚|记不得|记不清楚?|记不太清|记不住"
    "|记不起来?|不记得|不太记得|忘了|忘记|忘掉|忘光"
    "|不确定|不太确定|没注意|没留意|没太注意|说不准|说不清楚?|说不好|不好说|难说|没算过"
    "|没数过|没数|没看过?|没查过?|没关注|想不起来"
    "|不了解|不太了解|没概念|没印象|搞不清楚?|搞不懂|弄不清楚?|没底|心里没数|不详|拿不准|不懂"
)
_UNKNOWN = re.compile(
    f"{_LEAD}(?:我|这个|那个|这|具体|具体的|真|真的|还|也|都|就|暂时|现在|目前|一时|确实"
    "|一下子|已经|早|有点|多少钱?|几号|哪天|什么时候|金额|日期|利率"
    rf"|具体多少|具体金额|具体日期|具体几号|，|,)*(?:{_UNKNOWN_CORE})(?:具体)?"
    "(?:欠了?|是|有|要还|逾期了?|一共|到底|总共)*(?:多少钱?|多久|多少天|几天|几号|哪天"
    "|几个月|多少个月|几期|金额|日期|利率|是多少)?"
    rf"(?:{_TRAIL}(?:{_UNKNOWN_CORE}))?{_TRAIL}(?:怎么算)?"
)

_NOT_YET = re.compile(
    "(?:没有?|未|没有?被?|不存在|不算|尚未|从未|从来没有?|并没有?|没怎么)(?:出现|发生"
    "|产生)?(?:逾期|超期|过期|到期)"
    "|(?:没有?|未|还没)到(?:还款日|还款日期|期限|日子|账单日|时间)|按时(?:还|在还)"
    "|正常(?:还款|在还|还着)|一直(?:按时|正常)"
    r"|不(?:是)?逾期"
)
_COMING = re.compile(
    "(?:快|就快|马上|就要|即将|将要|快要|要|下周[一二三四五六日天末]?|下个?月(?:初|底"
    "|中)?|明天|后天|大后天|过几天|月底|下下周|这周[一二三四五六日天末]?"
    "|周[一二三四五六日天末]|今天|今晚|[0-9一二三四五六七八九十]{1,3}(?:天|号|日)(?:后"
    "|之后)?|还有[0-9一二两三四五六七八九十几]{1,3}天|还有几天)"
    r"(?:就|就要|要|会|才|才会)?(?:到期|逾期|超期|过期|到还款日|要还了?|到日子)"
)
_LATE = re.compile(
    r"(?<!没)(?<!没有)(?<!没被)(?<!不)(?<!未)(?<!是)(?<!算)(?<!快)(?<!要)(?<!会)(?<!上)(?<!即将)(?<!出现)(?<!发生)(?<!就)(?<!周.)(?<!天)(?<!月)(?<!怎么)逾期(?:了|[0-9一二两三四五六七八九十几半])"
    r"|已经?逾期|逾期(?:很久|好久|一段|多天|多月)|都逾期|全逾期|刚逾期"
)
_QUESTION = re.compile(
    "[?？]|吗|么(?!时)|是不是|会不会|有没有|能不能|可不可以|多久|多长|多少|几天|怎么"
    "|怎样|如果|要是|假如|想要不|避免|才能|前提|为什么|咋"
)
_MAX_STATUS = 40

_SKIP = re.compile(
    f"{_LEAD}(?:先|那就|那|就|请|帮我|这题|这一题|这个|这个问题|我|我想"
    "|可以)*(?:跳过(?:这(?:个|题|一题|一个|项|一步|步)|吧|它|这个问题)?|跳(?:一)?下?"
    "|下一(?:个|题|项|个问题|问)|略过?|pass|Pass|PASS|skip|Skip|SKIP|不填|不想填|先不填"
    "|不想说|不方便说|不方便透露|不方便|不想回答|不回答|不想透露|保密|不告诉你"
    rf"|换一?个问题|过)(?:这个|这题|行吗|可以吗|好吗)?{_TRAIL}"
)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MAX_ANSWER else ""


def is_yes(text: str) -> bool:
    """A plain yes: 是的, 对, 好, 没有问题, ok. A question (可以吗) is none."""
    return bool(_YES.fullmatch(_short(text)))


def is_no(text: str) -> bool:
    """A plain no: 不是, 没有, 不用了. 没有问题 is a yes."""
    return "没错" not in text and bool(_NO.fullmatch(_short(text)))


def is_zero(text: str) -> bool:
    """Nothing at all, when an amount was asked for: 没有, 一分钱没有, 没有收入了，公司倒闭了, 0元.

    没有固定收入 and 没有啊我上个月还了 are not zero.
    """
    text = _short(text)
    clauses = [clause for clause in re.split(r"[\s，。！；、,!;~…]+", text) if clause]
    if not clauses or _NOT_ZERO.search(text) or re.search("[?？吗]", text):
        return False
    zeros = [clause for clause in clauses if _ZERO_CLAUSE.fullmatch(_CAUSE.sub("", clause, count=1))]
    others = [clause for clause in clauses if clause not in zeros and not re.fullmatch(rf"(?:{_SOFT})+", clause)]
    explained = all(_CAUSE.fullmatch(clause) for clause in others)
    return bool(zeros) and (explained or _named_zero_with_story(zeros, others))


def _named_zero_with_story(zeros: list[str], others: list[str]) -> bool:
    """没有收入了 with one more clause that tells nothing about money coming in."""
    told = "".join(others)
    named = any(re.search("收入|工资|进账|一分|一毛", clause) for clause in zeros)
    return named and len(others) == 1 and not re.search(r"有|领|发|给|靠|拿|挣|赚|补|还|借|欠|问题", told)


def is_unknown(text: str) -> bool:
    """Does not know or remember: 不知道, 记不清了, 忘了具体多少. 不知道怎么办 is a plea, not this."""
    return bool(_UNKNOWN.fullmatch(_short(text)))


def is_not_overdue(text: str) -> bool:
    """Says that nothing is late yet: 没逾期, 还没到期, 下周到期, 快逾期了.

    False for a question, and when another debt is late.
    """
    text = text.strip()
    if not text or len(text) > _MAX_STATUS or _QUESTION.search(text):
        return False
    if not (_NOT_YET.search(text) or _COMING.search(text)):
        return False
    return not _LATE.search(_COMING.sub("", _NOT_YET.sub("", text)))


def is_skip(text: str) -> bool:
    """Wants to leave this question out: 跳过, 下一题, 不方便说, pass."""
    return bool(_SKIP.fullmatch(_short(text)))
