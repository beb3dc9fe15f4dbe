"""The errors raised on purpose."""

from __future__ import annotations

import inspect

from bot import errors


def test_every_error_has_one_base() -> None:
    own = [one for _, one in inspect.getmembers(errors, inspect.isclass) if one.__module__ == errors.__name__]
    assert own
    assert all(issubclass(one, errors.BotError) for one in own)


def test_a_plan_input_error_names_field_value_and_rule() -> None:
    error = errors.PlanInputError("months", 0, "must be 1 or more")

    assert str(error) == "months=0: must be 1 or more"
    assert (error.field, error.value, error.rule) == ("months", 0, "must be 1 or more")
