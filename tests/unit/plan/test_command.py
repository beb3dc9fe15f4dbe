"""The command line: what is printed, what is written, and what wrong input gets."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.plan import compute, parse_case, result_as_json
from bot.plan.command import run

from .household import CASE, changed

KEYS = [
    "surplus_fen",
    "capacity_fen",
    "level",
    "debts",
    "options",
    "ladder",
    "strategies",
    "pro_rata",
    "needed",
]
OPTION_KEYS = (
    "id kind debt periods price first_due monthly_fen last_fen total_paid_fen total_cost_fen apr_nominal "
    "apr_effective feasible fails_on schedule"
)


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    return str(path)


def test_json_has_exactly_the_keys_of_the_specification(case: str, capsys: Any) -> None:
    assert run([case]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == KEYS
    assert all(" ".join(option) == OPTION_KEYS for option in printed["options"])
    assert printed == json.loads(json.dumps(result_as_json(compute(parse_case(CASE)))))


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(CASE)))

    assert run(["-"]) == 0
    assert json.loads(capsys.readouterr().out)["surplus_fen"] == 194_100


def test_table_is_for_people(case: str, capsys: Any) -> None:
    assert run([case, "--table"]) == 0

    printed = capsys.readouterr().out
    assert "d1:level:12:contract" in printed
    assert "1,096.12" in printed
    assert "never" not in printed


def test_table_says_when_a_strategy_never_ends(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(changed({"debts.0.principal_fen": 20_000_000, "debts.0.minimum": None})))

    assert run([str(path), "--table"]) == 0
    assert "never" in capsys.readouterr().out


def test_csv_is_the_schedule_in_fen(case: str, capsys: Any) -> None:
    assert run([case, "--csv", "d1:level:12:interest_waived"]) == 0

    head, first, *_, last = capsys.readouterr().out.splitlines()
    assert head == "n,due,payment_fen,interest_fen,fee_fen,principal_fen,balance_fen"
    assert first == "1,2026-12-09,100000,0,0,100000,1100000"
    assert last == "12,2027-11-09,100000,0,0,100000,0"


def test_csv_and_png_go_to_a_file(case: str, tmp_path: Path, capsys: Any) -> None:
    assert run([case, "--csv", "d1:level:12:contract", "-o", str(tmp_path / "plan.csv")]) == 0
    assert run([case, "--png", "d1:level:12:contract", "-o", str(tmp_path / "plan.png")]) == 0

    assert capsys.readouterr().out == ""
    assert len((tmp_path / "plan.csv").read_text().splitlines()) == 13
    assert (tmp_path / "plan.png").read_bytes().startswith(b"\x89PNG")


def test_further_periods_are_tried(case: str, capsys: Any) -> None:
    assert run([case, "--periods", "48", "--periods", "10"]) == 0

    found = {option["periods"] for option in json.loads(capsys.readouterr().out)["options"]}
    assert {10, 48} <= found


HELP = """usage: python -m bot plan [-h] [--table | --csv OPTION_ID | --png OPTION_ID]
                          [-o FILE] [--periods N]
                          case

What a household can pay and ask for.

positional arguments:
  case                  a case as JSON, or - for standard input

options:
  -h, --help            show this help message and exit
  --table               tables for people instead of JSON
  --csv OPTION_ID       one schedule as CSV, amounts in fen
  --png OPTION_ID       one schedule as a picture; needs -o
  -o FILE, --output FILE
                        where to write; standard output otherwise
  --periods N           also try N instalments
"""


def test_help_says_what_there_is(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    with pytest.raises(SystemExit) as ended:
        run(["--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == HELP


def test_json_is_written_for_reading_with_chinese_as_it_is(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(changed({"debts.0.id": "花呗"}), ensure_ascii=False), encoding="utf-8")

    assert run([str(path)]) == 0

    printed = capsys.readouterr().out
    assert printed == json.dumps(json.loads(printed), ensure_ascii=False, indent=2) + "\n"
    assert printed.startswith('{\n  "surplus_fen": 194100,\n')
    assert '"id": "花呗",' in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "arguments='': the following arguments are required: case"),
        (["case.json", "--nonsense"], "arguments='case.json --nonsense': unrecognized arguments: --nonsense"),
        (
            ["case.json", "--table", "--csv", "x"],
            "arguments='case.json --table --csv x': argument --csv: not allowed with argument --table",
        ),
        (
            ["no-such-file.json"],
            "case='no-such-file.json': cannot be read: [Errno 2] No such file or directory: 'no-such-file.json'",
        ),
        (["x", "--png", "d1:level:12:contract"], "arguments='x --png d1:level:12:contract': --png needs -o FILE"),
        (
            ["CASE", "--csv", "d1:level:13:contract"],
            "option='d1:level:13:contract': must be the id of one of the options",
        ),
        (["CASE", "--periods", "61"], "--periods=61: must be 1 to 60"),
        (["CASE", "--periods", "0"], "--periods=0: must be 1 to 60"),
        (["CASE", "--periods", "x"], "--periods='x': must be a whole number"),
        (
            ["CASE", "-o", "/no/such/folder/x.json"],
            "output='/no/such/folder/x.json': cannot be written: [Errno 2] No such file or directory: "
            "'/no/such/folder/x.json'",
        ),
    ],
)
def test_wrong_arguments_are_one_line_and_status_2(arguments: list[str], said: str, case: str, capsys: Any) -> None:
    assert run([case if argument == "CASE" else argument for argument in arguments]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == said + "\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "must be JSON"),
        ("[" * 100_000, "must be JSON"),
        ("[]", "must be an object"),
        ('{"as_of": 1, "as_of": 2}', "as_of=2: must not be given twice"),
        (
            json.dumps(changed({"debts.0.rate": {"kind": "daily", "value": "2"}})),
            "debts[0].rate.value='2': must be at",
        ),
        (
            json.dumps(changed({"debts.0.lender": "a\nb", "income_fen": -1})),
            "income_fen=-1: must not be negative",
        ),
    ],
)
def test_wrong_input_is_one_line_and_status_2(text: str, said: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text(text, encoding="utf-8")

    assert run([str(path), "-o", str(tmp_path / "out.json")]) == 2

    printed = capsys.readouterr()
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1
    assert not (tmp_path / "out.json").exists()


def test_json_that_is_broken_is_told_with_its_place(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text("{", encoding="utf-8")

    assert run([str(path)]) == 2
    assert capsys.readouterr().err == (
        f"case='{path}': must be JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)\n"
    )


def test_a_file_that_is_not_text_is_refused(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(b"\xff\xfe\x00")

    assert run([str(path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
