"""The files of the pack: the same bytes for the same content, our font alone, every character there, nothing cut."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys

import pytest
from builders import NEW, TODAY
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path
from pypdf import PdfReader

from bot.papers.content import Content, content
from bot.papers.files import FILES, pages, settable
from bot.settings import ROOT
from papers.packs import LONG_NAME, LONG_NUMBER, brimful, ordinary

PACKS = pytest.mark.parametrize("pack", [ordinary(), brimful(), content(NEW, [], [], TODAY)])


@PACKS
@pytest.mark.parametrize("name", FILES)
def test_the_same_content_gives_the_same_bytes(pack: Content, name: str) -> None:
    assert FILES[name].make(pack) == FILES[name].make(json.loads(json.dumps(pack)))


def test_another_process_makes_the_same_bytes() -> None:
    code = (
        "import hashlib; from papers.packs import ordinary; from bot.papers.files import FILES; "
        "print(*(hashlib.sha256(FILES[name].make(ordinary())).hexdigest() for name in FILES))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONPATH": ".:tests:tests/unit", "PYTHONHASHSEED": str(seed), "TZ": zone, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in ((1, "UTC"), (2, "America/New_York"))
    ]
    assert made[0] == made[1]
    assert len(made[0].split()) == len(FILES)


@PACKS
@pytest.mark.parametrize("name", ["pack.pdf", "pack-phone.pdf"])
def test_the_only_font_is_ours_and_it_is_embedded(pack: Content, name: str) -> None:
    fonts = set()
    for page in PdfReader(io.BytesIO(FILES[name].make(pack))).pages:
        for one in page["/Resources"].get("/Font", {}).values():
            below = one.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in below["/FontDescriptor"].get_object()
            fonts.add(str(one.get_object()["/BaseFont"]).split("+")[-1])
    assert {font.split("-")[0] for font in fonts} == {"NotoSansSC"}


@PACKS
def test_the_font_has_every_character_of_the_pack(pack: Content) -> None:
    known = set(TTFont(sans_path())["cmap"].getBestCmap())
    assert {character for character in json.dumps(pack, ensure_ascii=False) if ord(character) not in known} == set()


def test_long_names_and_fifty_instalments_are_all_there() -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(FILES["pack.pdf"].make(brimful()))).pages)
    plain = "".join(text.replace("\u200b", "").split())
    assert LONG_NAME in plain
    assert LONG_NUMBER in plain
    assert "2031-01-31" in plain


@pytest.mark.parametrize(("paper", "width", "height"), [("pack.pdf", 595, 842), ("pack-phone.pdf", 283, 505)])
def test_a_page_has_the_size_of_its_paper(paper: str, width: int, height: int) -> None:
    box = PdfReader(io.BytesIO(FILES[paper].make(ordinary()))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (width, height)


@pytest.mark.parametrize("paper", ["a4", "phone"])
def test_nothing_reaches_into_the_margin(paper: str) -> None:
    """The outermost 4 mm of every page stay white, so nothing runs off it."""
    from PIL import Image

    for number, picture in enumerate(pages(brimful(), paper, ppi=50), start=1):
        image = Image.open(io.BytesIO(picture)).convert("L")
        edge = round(4 / 25.4 * 50)
        for side in (
            image.crop((0, 0, edge, image.height)),
            image.crop((image.width - edge, 0, image.width, image.height)),
        ):
            assert side.getextrema()[0] > 200, f"page {number}"


def test_the_card_is_as_wide_as_a_telephone() -> None:
    png = FILES["card.png"].make(ordinary())
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == 1080


def test_text_of_a_person_is_set_literally() -> None:
    pack = ordinary()
    pack["summary"]["rows"].append(["#panic()", '*a* $x$ <b> #read("/etc/passwd") \\ @ref'])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(FILES["pack.pdf"].make(pack))).pages)
    assert "#panic()" in text
    assert "*a*" in text


def test_a_character_that_the_font_lacks_is_marked_and_no_empty_box() -> None:
    assert settable("说😭𠮷好") == "说〓〓好"
    pack = ordinary()
    pack["summary"]["rows"].append(["😭", "𠮷"])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(FILES["pack.pdf"].make(pack))).pages)
    assert "〓" in text


def test_the_data_is_the_content() -> None:
    assert json.loads(FILES["pack.json"].make(ordinary())) == ordinary()
