"""What may be kept of a message: nothing secret, in its text, its metadata or what was understood of it."""

from __future__ import annotations

from rasa.shared.core.events import BotUttered, UserUttered

from bot.privacy import MASK
from bot.records.masking import LONGEST, kept_text, kept_value, mask_latest

PHONE = "13800138000"


def test_what_is_no_secret_is_kept_as_it_was_typed() -> None:
    assert kept_text("花呗欠８０００，工號123456") == "花呗欠８０００，工號123456"


def test_a_secret_that_only_normalising_uncovers_goes_too() -> None:
    assert PHONE not in kept_text("1 3 8\u200b0 0 1 3 8 0 0 0，急")
    assert MASK in kept_text("138\u200b0013\u200b8000")


def test_a_message_is_kept_up_to_a_bound() -> None:
    assert len(kept_text("好" * 100_000)) == LONGEST


def test_texts_inside_metadata_are_masked_however_deep() -> None:
    assert kept_value({"a": [{"b": f"打{PHONE}"}, 3, None], "c": True}) == {
        "a": [{"b": f"打{MASK}"}, 3, None],
        "c": True,
    }


def test_what_was_said_last_is_masked_everywhere_in_its_event() -> None:
    entity = {"entity": "answer", "value": f"回电{PHONE}"}
    said = UserUttered(
        f"三天内回电{PHONE}",
        {"name": "affirm"},
        [entity],
        {"text": f"三天内回电{PHONE}", "entities": [dict(entity)], "metadata": {"x": PHONE}},
        metadata={"x": PHONE},
    )
    mask_latest([said, BotUttered("好")])
    assert PHONE not in str(said.as_dict())
    assert said.text == f"三天内回电{MASK}"
    assert said.as_dict()["parse_data"]["intent"] == {"name": "affirm"}
