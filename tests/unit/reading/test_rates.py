"""Interest rates in sentences; values are fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.reading import find_rates, normalise

CASES: list[tuple[str, str, str]] = [
    ("日息万五", "daily", "0.0005"), ("日利率0.05%", "daily", "0.0005"),
    ("日利率是0.05%", "daily", "0.0005"), ("日息万分之五", "daily", "0.0005"),
    ("每天万分之五", "daily", "0.0005"), ("日息万4.5", "daily", "0.00045"),
    ("日利率万分之四点五", "daily", "0.00045"), ("日息千一", "daily", "0.001"),
    ("年化18", "annual", "0.18"), ("年化18%", "annual", "0.18"), ("年化利率15.4%", "annual", "0.154"),
    ("年利率百分之十八点二五", "annual", "0.1825"), ("年利率是24%", "annual", "0.24"),
    ("年化大概18%", "annual", "0.18"), ("年化利率二十四", "annual", "0.24"),
    ("年利率18个点", "annual", "0.18"), ("月息一分", "monthly", "0.01"), ("月息2分", "monthly", "0.02"),
    ("月息一分五", "monthly", "0.015"), ("月息5厘", "monthly", "0.005"), ("月利率1.5%", "monthly", "0.015"),
    ("每月利息2%", "monthly", "0.02"), ("18%", "unknown", "0.18"), ("万分之五", "unknown", "0.0005"),
    ("百分之二十", "unknown", "0.2"), ("利息18个点", "unknown", "0.18"), ("还50%", "unknown", "0.5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), CASES)
def test_rates(text: str, kind: str, value: str) -> None:
    (rate,) = find_rates(normalise(text))
    assert (rate.kind, rate.value) == (kind, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "万一",
        "一万五",
        "年薪18万",
        "年化0.18",
        "三千",
        "12期",
        "2026年",
        "利息500",
        "",
        "十分",
        "三分之一",
        "月供2分钟",
    ],
)
def test_no_rates(text: str) -> None:
    assert [rate for rate in find_rates(normalise(text)) if rate.kind != "unknown"] == []


def test_a_range_of_rates_shares_its_kind() -> None:
    assert [(rate.kind, rate.value) for rate in find_rates("年化15.4%到24%")] == [
        ("annual", Decimal("0.154")),
        ("annual", Decimal("0.24")),
    ]
