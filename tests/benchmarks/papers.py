"""500 requests as Excel list and as single PDFs, against openpyxl and the bare canvas with the same texts."""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import builders
from builders import Family
from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desk_app import assets
from desk_app.casework import request_list, request_sheets
from desk_app.casework.answer_columns import MARKER
from desk_app.casework.request_list import Dispatch
from desk_app.documents import request_pdf, xlsx
from desk_app.domain.child import ChildView
from desk_app.domain.lists import cell
from desk_app.domain.records import RecordKind


def _typst() -> Callable[..., Any] | None:
    try:
        compile_: Callable[..., Any] = importlib.import_module("typst").compile
    except ImportError:
        return None
    return compile_


typst_pdf = _typst()
"""Makes a PDF of a file in Typst's language; ``None`` where it is not installed."""

_GIVEN = ("Karim", "Олена", "Nguyễn Bảo Ngọc", "Đorđe", "Şule", "Łucja", "Ștefan", "Meryem", "Γιώργος", "Sara")
_NATIVE = ("كريم حداد", "Олена", "", "Ђорђе", "", "", "", "مریم", "Γιώργος", "سارة")


def children(count: int) -> list[ChildView]:
    """Complete requests in five scripts, made without a store."""
    made = []
    for number in range(count):
        family = Family()
        family.mother()
        place = number % len(_GIVEN)
        child = family.child(given_name=_GIVEN[place], name_native_script=_NATIVE[place] or None)
        family.add(RecordKind.REQUEST, person=child.id, number=f"SP-2026-{number:04d}", remark_authority=_REMARK)
        for year in range(2019, 2026):
            family.add(
                RecordKind.SCHOOL_YEAR,
                person=child.id,
                school_year=f"{year}/{(year + 1) % 100:02d}",
                attended=year < 2025,
                country="475",
                school="Grundschule Nr. 7, Musterstadt",
                grade=str(year - 2018),
            )
        for document in ("passport_child", "birth_certificate", "registration_certificate", "school_report"):
            family.add(RecordKind.DOCUMENT, person=child.id, document=document, state="original")
        made.append(family.view(child))
    return made


_REMARK = (
    "Wirkt sehr motiviert, rechnet sicher und kann sich auf Englisch verständigen. Die Familie wünscht eine Schule "
    "mit kurzem Weg. Eine gemeinsame Schule mit den Geschwistern ist nicht nötig."
)


class Papers:
    """Each method makes the papers once and returns its milliseconds."""

    def __init__(self, count: int = 500) -> None:
        self._children = children(count)
        names = {f"{place:06}": f"Musterschule {place}" for place in range(70)}
        sent = Dispatch("2026-11-26-01", "Fachberatung", names)
        self._listing = request_list.listing(self._children, builders.CENTRE, "Carla Brandt", builders.NOW, sent)
        self._sheets = [
            request_sheets.build(child, builders.CENTRE, "Carla Brandt", {}, builders.NOW) for child in self._children
        ]
        self._texts = [list(_texts(sheet)) for sheet in self._sheets]
        pdfmetrics.registerFont(TTFont("Bare", str(assets.font("NotoSans-Regular.ttf"))))

    def excel(self) -> float:
        begun = time.perf_counter()
        xlsx.write(self._listing, BytesIO(), answers=True, marker=MARKER)
        return _since(begun)

    def bare_excel(self) -> float:
        begun = time.perf_counter()
        book = Workbook()
        sheet = book.active
        for row in self._listing.rows:
            sheet.append([cell(row, column) for column in self._listing.columns])
        book.save(BytesIO())
        return _since(begun)

    def pdf(self) -> float:
        begun = time.perf_counter()
        for sheet in self._sheets:
            request_pdf.write_request(sheet, BytesIO())
        return _since(begun)

    def bare_pdf(self) -> float:
        begun = time.perf_counter()
        for texts in self._texts:
            canvas = Canvas(BytesIO())
            for place, words in enumerate(texts):
                canvas.setFont("Bare", 9)
                canvas.drawString(40 + place % 3 * 170, 800 - place // 3 * 12, words)
            canvas.save()
        return _since(begun)

    def typst(self, compile_: Callable[..., Any]) -> float:
        """One file for each request, with the same texts in a grid of three columns."""
        with tempfile.TemporaryDirectory() as place:
            begun = time.perf_counter()
            for number, texts in enumerate(self._texts):
                source = Path(place) / f"{number}.typ"
                cells = ", ".join(f"[{_in_typst(words)}]" for words in texts)
                page = f'#set text(size: 9pt, font: "Noto Sans")\n#grid(columns: 3, gutter: 4pt, {cells})'
                source.write_text(page, encoding="utf-8")
                compile_(str(source), font_paths=[str(assets.font("NotoSans-Regular.ttf").parent)])
            return _since(begun)


def _in_typst(words: str) -> str:
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'#text("{quoted}")'


def _texts(part: Any) -> Any:
    if isinstance(part, str):
        yield from part.splitlines()
    elif is_dataclass(part):
        for item in fields(part):
            yield from _texts(getattr(part, item.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
