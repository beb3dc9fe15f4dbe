"""Whether a message agrees to being kept, or takes that back. Pure: the whole message has to say it."""

from __future__ import annotations

import re
from typing import Final

GIVEN: Final = "given"
REFUSED: Final = "refused"

_SIGNS = re.compile(r"[\s，。,.！!～~、；;：:「」\"'“”…]+")
_MY = r"(?:我的?|這些|这些|对话|對話|记录|記錄|信息|資料|资料|内容|內容|数据|數據)*"
_KEEP = r"(?:保存|存储|儲存|存下来|存下來|存着|存著|存|留存|记录下来|保留)"
_YES = re.compile(
    rf"(?:好的?|嗯+|行|可以|没问题|沒問題)?(?:我)?(?:同意|可以|允许|允許|愿意|願意)(?:[你您](?:们|們)?|被)?{_KEEP}{_MY}(?:吧|了|的|下来)?"
)
_NO = re.compile(
    rf"(?:我)?(?:先|暂时|暫時|还是|還是)?(?:不同意|不要|不用|不想|不愿意|不許|不许|拒绝|拒絕|别|別|不)(?:[你您](?:们|們)?|被)?{_KEEP}"
    rf"{_MY}(?:吧|了|的)?"
)
_BACK = re.compile(
    rf"(?:我)?(?:想|要|想要)?(?:撤回|撤销|撤銷|收回|取消)(?:我的?)?(?:对?保存的?|存储的?)?(?:同意|授权|授權){_MY}(?:吧|了)?"
)


def consent_of(text: str) -> str | None:
    """``GIVEN``, ``REFUSED``, or None when the message is about something else."""
    said = _SIGNS.sub("", text)
    if _YES.fullmatch(said):
        return GIVEN
    return REFUSED if _NO.fullmatch(said) or _BACK.fullmatch(said) else None
