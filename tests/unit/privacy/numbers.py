"""Numbers that nobody has, right to the check digit."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
"""GB 11643 defines them as powers of two modulo eleven: another way to the same digits than the code's table."""


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    """Identity numbers with any province, birthday and sex."""
    province = draw(st.sampled_from(["11", "31", "44", "51", "65", "82"]))
    place = draw(st.integers(0, 9999))
    born = draw(st.dates(date(1930, 1, 1), date(2010, 12, 31)))
    digits = f"{province}{place:04}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    check = (12 - total) % 11
    return digits + ("X" if check == 10 else str(check))


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    """Card numbers of 16 to 19 digits."""
    digits = draw(st.sampled_from(["62", "4", "51", "35", "95"])) + draw(
        st.text("0123456789", min_size=14, max_size=16)
    )
    digits = digits[: draw(st.integers(15, min(18, len(digits))))]
    doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(digits))]
    total = sum(value // 10 + value % 10 for value in doubled)
    return digits + str(-total % 10)


TELEPHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
