"""Reading the knowledge files: everything that is wrong is reported at once."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.loader import FOLDER, catalog, load_catalog

CATALOGUES = ("facts", "causes", "products", "documents", "contacts", "refusals", "stories", "alerts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in CATALOGUES:
        shutil.copytree(FOLDER / name, tmp_path / name)
    return tmp_path


def problems(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load_catalog(folder)
    return str(caught.value).splitlines()


def edit(path: Path, old: str, new: str) -> None:
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


def test_the_projects_own_files_are_right() -> None:
    known = load_catalog()
    assert all(len(getattr(known, name)) > 0 for name in CATALOGUES)


def test_the_accessor_reads_once() -> None:
    assert catalog() is catalog()


def test_reading_is_fast() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        load_catalog()
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.15


def test_catalogues_come_in_the_order_they_ask_for() -> None:
    for name in CATALOGUES[1:]:
        orders = [entry.order for entry in getattr(catalog(), name).values()]
        assert orders == sorted(orders)


def test_cited_facts_come_in_the_order_asked() -> None:
    ids = ("law.extension_before_due", "contact.hotline")
    assert [fact.id for fact in catalog().cited(ids)] == list(ids)


def test_a_topic_is_a_file() -> None:
    assert {fact.topic for fact in catalog().topic("law")} == {"law"}


def test_all_problems_are_told_at_once(folder: Path) -> None:
    edit(folder / "causes/illness.yml", "label_zh:", "lable_zh:")
    edit(folder / "products/huabei.yml", 'value: "0.0005"', "value: 0.0005")
    edit(folder / "facts/contact.yml", "grade: B", "grade: Z")
    (folder / "stories/broken.yml").write_text("id: [", encoding="utf-8")

    found = problems(folder)

    assert "causes/illness.yml: lable_zh: unknown field" in found
    assert "causes/illness.yml: label_zh: is missing" in found
    assert any(one.startswith("products/huabei.yml: rate.value: must be text") for one in found)
    assert any(one.startswith("facts/contact.yml[1]: grade: must be one of A, A-press") for one in found)
    assert any(one.startswith("stories/broken.yml: cannot be read:") for one in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "causes/illness.yml",
            "medical_invoices",
            "x_ray",
            "causes/illness.yml: documents: no x_ray in documents",
        ),
        ("products/huabei.yml", "app_service", "fax", "products/huabei.yml: contact: no fax in contacts"),
        (
            "stories/xiaoli.yml",
            "cause: illness",
            "cause: luck",
            "stories/xiaoli.yml: cause: no luck in causes",
        ),
        (
            "refusals/no_policy.yml",
            "facts: [",
            "facts: [law.none, ",
            "refusals/no_policy.yml: facts: no law.none in facts",
        ),
        ("products/jiebei.yml", "蚂蚁借呗", "蚂蚁花呗", "products/jiebei.yml: 蚂蚁花呗 already names huabei"),
        (
            "causes/student.yml",
            "id: student",
            "id: pupil",
            "causes/student.yml: id pupil is not the file's name",
        ),
        ("facts/law.yml", "id: law.", "id: cost.", "belongs to another file"),
        ("facts/law.yml", "law.change_by_agreement", "law.extension_before_due", "is there twice"),
        ("facts/contact.yml", "  source:\n", "  sauce:\n", "source: is missing"),
        (
            "facts/contact.yml",
            'checked_on: "2026-11-23"',
            "checked_on: 2026-11-23",
            "checked_on: must be text",
        ),
        (
            "facts/contact.yml",
            'expires_on: "2027',
            'expires_on: "2020',
            "expires_on: must be after checked_on",
        ),
        ("facts/contact.yml", "  grade: B\n", "  grade: B\n  grade: A\n", "a key is there twice"),
        (
            "products/huabei.yml",
            "certainty: estimate",
            "certainty: null",
            "rate.certainty: goes with a value",
        ),
        ("products/jiebei.yml", "kind: unknown", "kind: daily", "rate.value: a number, or null"),
        ("products/huabei.yml", "is_alipay: true", "is_alipay: perhaps", "is_alipay: must be true or false"),
        (
            "products/huabei.yml",
            "floor_fen: 1000",
            "floor_fen: -1",
            "minimum.floor_fen: must be a whole number",
        ),
        ("products/huabei.yml", 'value: "0.10"', 'value: "-1"', "minimum.value: must be above 0"),
        ("products/huabei.yml", "[花呗账单, ", "[花呗账单, 花呗账单, ", "aliases: holds twice: 花呗账单"),
        ("products/huabei.yml", "id: huabei", "id: Hua-Bei", "id: must be snake_case"),
        ("causes/student.yml", "label_zh: 还在上学", 'label_zh: ""', "label_zh: must not be empty"),
        ("causes/student.yml", "label_zh: 还在上学", "label_zh: [a]", "label_zh: must be text"),
        ("causes/student.yml", "facts: [", "facts: [law, ", "facts: must be <topic>.<slug>"),
        ("causes/student.yml", "facts: [", "facts: x #", "facts: must be a list"),
        ("products/jiebei.yml", 'value: "1.5"', 'value: "many"', "penalty.value: must be a quoted decimal"),
        ("facts/contact.yml", 'checked_on: "2026-11-23"', 'checked_on: "soon"', "must be a quoted date"),
        (
            "facts/credit.yml",
            'valid_from: "2021-09-22"',
            'valid_from: "2021-09-22"\n  valid_until: "2020-01-01"',
            "valid_until: must not be before valid_from",
        ),
        ("facts/law.yml", 'href: "https', 'href: "gopher', "source.href: must be a web address"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(folder: Path, file: str, old: str, new: str, problem: str) -> None:
    edit(folder / file, old, new)
    assert any(problem in one for one in problems(folder))


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_without_files_is_a_fault(folder: Path, name: str) -> None:
    shutil.rmtree(folder / name)
    assert f"{name}/: holds no files" in problems(folder)


def test_a_fact_file_must_be_a_list_and_a_catalogue_file_a_mapping(folder: Path) -> None:
    (folder / "facts/law.yml").write_text("{a: b}", encoding="utf-8")
    (folder / "causes/other.yml").write_text("[a]", encoding="utf-8")
    found = problems(folder)
    assert "facts/law.yml: must be a list of facts" in found
    assert "causes/other.yml: must be a mapping, not ['a']" in found


def test_two_files_cannot_share_an_id(folder: Path) -> None:
    shutil.copy(folder / "causes/other.yml", folder / "causes/another.yml")
    assert "causes: id other is there twice" in problems(folder)


def test_a_cause_may_be_without_phrases_but_not_without_papers(folder: Path) -> None:
    edit(folder / "causes/other.yml", "documents: [", "documents: [] #")
    assert problems(folder) == ["causes/other.yml: documents: must hold 1 or more"]
