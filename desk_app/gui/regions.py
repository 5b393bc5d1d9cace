"""F6: from the rail to the regions of the page and around."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.gui.rail import Rail


def step_region(rail: Rail, page: QWidget | None, step: int) -> None:
    """Put the focus into the next (``step`` 1) or previous (-1) region; a page names its own with ``regions``."""
    own: Callable[[], list[QWidget]] | None = getattr(page, "regions", None)
    named = own() if own is not None else [page] if page is not None else []
    regions: list[QWidget] = [region for region in (rail, *named) if region.isVisible()]
    here = QApplication.focusWidget()
    inside = [place for place, region in enumerate(regions) if here is not None and region.isAncestorOf(here)]
    target = regions[((inside[-1] if inside else 0) + step) % len(regions)]
    if target is rail:
        rail.focus()
    else:
        first_stop(target).setFocus(Qt.FocusReason.TabFocusReason)


def first_stop(region: QWidget) -> QWidget:
    """The first widget of a region that Tab would reach, the region itself where there is none."""
    if region.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return region
    widget = region.nextInFocusChain()
    while widget is not None and widget is not region:
        if region.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            return widget
        widget = widget.nextInFocusChain()
    return region


def enter(page: QWidget) -> None:
    """Put the focus on a page that is seen, unless it is in there already."""
    here = QApplication.focusWidget()
    if here is None or not page.isAncestorOf(here):
        target = page if page.focusProxy() is not None else first_stop(page)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
