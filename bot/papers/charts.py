"""Three small pictures as SVG, written by hand: nothing in them comes from anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.knowledge.lines import line
from bot.money import yuan
from bot.plan import Schedule

WIDTH, HEIGHT = 520, 220
LEFT, RIGHT, TOP, BOTTOM = 78, 20, 40, 34
INK, LINE, FILL, PALE = "#1f2a37", "#1d6fb8", "#1d6fb8", "#d7e3ef"
COLOURS = ("#1d6fb8", "#e08a1e", "#b8433a")
FONT = "Noto Sans SC"


def balance(schedule: Schedule) -> str:
    """What is left after each payment, from the opening balance to the end."""
    values = [schedule.opening_fen, *(row.balance_fen for row in schedule.rows)]
    top = max(values) or 1
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    places = [
        (LEFT + wide * place // (len(values) - 1), TOP + high - high * value // top)
        for place, value in enumerate(values)
    ]
    path = " ".join(f"{x},{y}" for x, y in places)
    area = f"{LEFT},{TOP + high} {path} {WIDTH - RIGHT},{TOP + high}"
    parts = [
        *(_rule(top * step // 4, TOP + high - high * step // 4) for step in range(5)),
        f'<polygon points="{area}" fill="{PALE}"/>',
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>',
        _text(LEFT, HEIGHT - 12, line("chart.start")),
        _text(WIDTH - RIGHT, HEIGHT - 12, line("chart.end", count=len(schedule.rows)), "end"),
    ]
    return _picture(line("chart.balance"), parts, HEIGHT)


def comparison(bars: Sequence[tuple[str, int]]) -> str:
    """What each offer costs in all, side by side. Amounts in fen."""
    top = max(value for _, value in bars) or 1
    wide = WIDTH - LEFT - RIGHT - 100
    parts = []
    for place, (label, value) in enumerate(bars):
        y = TOP + 34 * place
        parts += [
            _text(LEFT - 8, y + 16, label, "end"),
            f'<rect x="{LEFT}" y="{y}" width="{max(1, wide * value // top)}" height="22" fill="{FILL}"/>',
            _text(LEFT + wide * value // top + 8, y + 16, line("note.yuan", value=yuan(value))),
        ]
    return _picture(line("chart.comparison"), parts, TOP + 34 * len(bars) + 10)


def shares(principal_fen: int, interest_fen: int, fees_fen: int) -> str:
    """Where the money goes: one bar cut into principal, interest and fees."""
    values = {"principal": principal_fen, "interest": interest_fen, "fees": fees_fen}
    total = sum(values.values()) or 1
    wide, x, parts = WIDTH - 2 * RIGHT, RIGHT, []
    for row, ((name, value), colour) in enumerate(zip(values.items(), COLOURS, strict=True)):
        width = wide * value // total
        told = f"{line(f'chart.{name}')}{line('note.yuan', value=yuan(value))}"
        parts += [
            f'<rect x="{x}" y="{TOP}" width="{width}" height="34" fill="{colour}"/>',
            f'<rect x="{RIGHT}" y="{TOP + 50 + 24 * row}" width="12" height="12" fill="{colour}"/>',
            _text(RIGHT + 20, TOP + 61 + 24 * row, told),
        ]
        x += width
    return _picture(line("chart.shares"), parts, TOP + 130)


def _rule(fen: int, y: int) -> str:
    ruled = f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#d5d9de" stroke-width="1"/>'
    return ruled + _text(LEFT - 8, y + 4, yuan(fen // 100 * 100), "end")


def _text(x: int, y: int, text: str, anchor: str = "start", size: int = 13) -> str:
    place = f'x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text {place} font-family="{FONT}, sans-serif" fill="{INK}">{escape(text)}</text>'


def _picture(title: str, parts: Sequence[str], height: int) -> str:
    """The picture with its name, which screen readers say."""
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    body = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(title)}">'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{_text(RIGHT, 22, title, size=15)}{body}</svg>'
    )
