"""The first two steps of the pipeline: one way of writing, and words."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normaliser import LONGEST, Normaliser
from bot.components.tokenizer import CatalogueJiebaTokenizer
from bot.knowledge.words import catalogue_words
from bot.reading import normalise


def normalised(text: str) -> Any:
    """``text`` after the first step."""
    return Normaliser().process([Message({TEXT: text})])[0].get(TEXT)


@pytest.fixture(scope="module")
def tokenizer() -> CatalogueJiebaTokenizer:
    return CatalogueJiebaTokenizer(CatalogueJiebaTokenizer.get_default_config(), None, None)  # type: ignore[arg-type]


def words(tokenizer: CatalogueJiebaTokenizer, text: str) -> list[str]:
    """The words of ``text``."""
    return [token.text for token in tokenizer.tokenize(Message({TEXT: text}), TEXT)]


def test_full_width_and_traditional_writing_are_read_one_way() -> None:
    assert normalised("花唄　１２０００元") == normalised("花呗12000元") == normalise("花呗12000元")


def test_a_message_is_read_up_to_a_length() -> None:
    assert normalised("花呗欠款" * LONGEST) == normalise(("花呗欠款" * LONGEST)[:LONGEST])


@pytest.mark.parametrize("text", ["", None])
def test_a_message_without_text_is_left_alone(text: str | None) -> None:
    message = Message({TEXT: text})
    assert Normaliser().process([message])[0].get(TEXT) == text


def looked_at(text: str) -> dict[str, Any]:
    """What the first step says about ``text`` besides its words."""
    known = Normaliser().process([Message({TEXT: text})])[0].as_dict(only_output_properties=True)
    return {name: value for name, value in known.items() if name != TEXT}


def test_a_secret_is_taken_out_and_told() -> None:
    assert normalised("密码是abc123456，工资5000") == "■，工资5000"
    assert looked_at("密码是abc123456，身份证110101199003074258") == {"secrets": ["id_number", "password"]}


def test_the_script_is_told_where_it_is_plain() -> None:
    assert looked_at("花唄還不上") == {"written_script": "traditional"}
    assert looked_at("请用繁體字") == {"asked_script": "traditional"}
    assert looked_at("3000") == {}


def test_examples_are_normalised_in_the_same_way() -> None:
    data = TrainingData([Message({TEXT: "花唄　１２０００元", "intent": "ask_cost"})])
    assert Normaliser().process_training_data(data).training_examples[0].get(TEXT) == normalised("花呗12000元")


@pytest.mark.parametrize("text", ["花呗 逾期 了", "  花呗逾期了  ", "花呗\n逾期了", "花呗\u3000逾期了"])
def test_blanks_are_no_words(tokenizer: CatalogueJiebaTokenizer, text: str) -> None:
    assert all(word.strip() for word in words(tokenizer, text))


def test_the_places_of_words_are_kept_when_blanks_are_dropped(tokenizer: CatalogueJiebaTokenizer) -> None:
    text = "花呗 欠 8000 元"
    tokens = tokenizer.tokenize(Message({TEXT: text}), TEXT)
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_a_message_of_blanks_has_no_words(tokenizer: CatalogueJiebaTokenizer) -> None:
    assert words(tokenizer, "   ") == []


def test_names_of_products_stay_whole(tokenizer: CatalogueJiebaTokenizer) -> None:
    names = [word.text for word in catalogue_words() if word.entity == "product" and word.text.isalpha()]
    assert [name for name in names if name not in words(tokenizer, f"我的{name}还不上了")] == []
