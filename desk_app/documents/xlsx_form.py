"""What makes a sheet a form to be filled in: choices, hints, and locks against slips (never against people).

Choices too long to stand in a rule lie on a hidden sheet of their own, under the keys of their columns. It also
carries the marker by which the program knows its own form when it comes back.
"""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desk_app.domain.lists import Column, Kind
from desk_app.i18n import _

_LONGEST_RULE = 255  # characters of the choices in a rule; "Excel specifications and limits", Microsoft


def put_choices(book: Workbook, marker: str, columns: Sequence[Column]) -> Mapping[str, str]:
    """Add the hidden sheet with marker and choices; where the choices of each column are, as a formula."""
    sheet = book.create_sheet(_("Auswahl"))
    sheet.sheet_state = "hidden"
    _put(sheet, 1, ("marker", marker))
    places = {}
    chosen = [column for column in columns if column.kind is Kind.ANSWER and column.choices]
    for place, column in enumerate(chosen, 2):
        _put(sheet, place, (column.key, *column.choices))
        letter = get_column_letter(place)
        places[column.key] = f"'{sheet.title}'!${letter}$2:${letter}${len(column.choices) + 1}"
    return places


def _put(sheet: Worksheet, place: int, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, 1):
        made = sheet.cell(number, place)
        made.value = text
        made.data_type = "s"  # openpyxl takes "=…" for a formula
        made.quotePrefix = True


def lock(sheet: Worksheet) -> None:
    """Keep slips out of the cells that are not for answers. Filters and widths stay free, and no password is needed."""
    protection = sheet.protection
    protection.enable()
    protection.autoFilter = protection.sort = False  # false is: not forbidden
    protection.formatCells = protection.formatColumns = protection.formatRows = False


def rule_for(column: Column, place: str) -> DataValidation | None:
    """The hint for a column of answers, never a bar; ``place`` is where its choices lie, empty for nowhere."""
    formula = _in_rule(column.choices) or place
    if formula:
        rule = DataValidation("list", formula1=formula)
        rule.error = _("Das steht nicht in der Auswahl. Trotzdem übernehmen?")
    elif column.expects is Kind.DATE:
        rule = DataValidation("date", formula1="36526", operator="greaterThan")  # 1 January 2000
        rule.error = _("Das ist kein Datum in der Form TT.MM.JJJJ. Trotzdem übernehmen?")
        rule.promptTitle, rule.prompt = column.heading[:32], _("Datum als TT.MM.JJJJ")
    elif column.expects is Kind.NUMBER:
        rule = DataValidation("decimal", formula1="0", operator="greaterThanOrEqual")
        rule.error = _("Das ist keine Zahl. Trotzdem übernehmen?")
    else:
        return None
    rule.allow_blank = rule.showErrorMessage = rule.showInputMessage = True
    rule.errorStyle, rule.errorTitle = "warning", column.heading[:32]
    return rule


def _in_rule(choices: Sequence[str]) -> str:
    """The choices as the rule itself can hold them; empty where they are none or too long."""
    words = ",".join(choices)
    fit = words and len(words) <= _LONGEST_RULE and not any("," in choice or '"' in choice for choice in choices)
    return f'"{words}"' if fit else ""
