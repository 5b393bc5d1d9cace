"""Line icons (Lucide), drawn in any colour of the theme.

Read from the data file of the `lucide` package without importing its template helpers. Pixmaps are kept per
name, colour, size and resolution of the screen.
"""

from __future__ import annotations

import math
import zlib
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desk_app.gui.theme import Theme, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_ENTRY = Struct("<4s6xH8xL4xH12xL")
"""Sign, method, packed size, length of the name, place of the file; the name follows."""
_HEADER = Struct("<26xHH")
"""Lengths of name and extra field; both follow, then the content."""
_DEFLATED = 8


@cache
def _archive() -> bytes:
    spec = find_spec("lucide")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package lucide, which carries the icons, is not installed")
    return Path(spec.origin).with_name("lucide.zip").read_bytes()


def _member(archive: bytes, name: str) -> bytes:
    """One file of a ZIP archive, found by its entry at the archive's end. An unknown name: KeyError.

    `zipfile` would first read all 1,700 entries; that alone is a tenth of the time until the lock screen stands.
    Layout of entry and file header: APPNOTE.TXT of PKWARE, 4.3.7 and 4.3.12.
    """
    wanted = name.encode("ascii")
    place = archive.rfind(wanted)
    while place >= 0:
        entry = place - _ENTRY.size
        if entry >= 0:
            sign, method, packed, length, start = _ENTRY.unpack_from(archive, entry)
            if sign == b"PK\x01\x02" and length == len(wanted):
                name_length, extra_length = _HEADER.unpack_from(archive, start)
                data = start + _HEADER.size + name_length + extra_length
                content = archive[data : data + packed]
                return zlib.decompress(content, wbits=-zlib.MAX_WBITS) if method == _DEFLATED else content
        place = archive.rfind(wanted, 0, place)
    raise KeyError(name)


@cache
def _source(name: str) -> str:
    """The drawing of an icon. An unknown name is our bug: KeyError."""
    drawing = _member(_archive(), f"{name}.svg").decode()
    return drawing.replace('stroke-width="2"', f'stroke-width="{tokens()["size"]["iconStroke"]}"')


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(_source(name).replace("currentColor", colour).encode())
    side = math.ceil(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, side, side))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, colour: str | QColor, size: int) -> QPixmap:
    """Icon `name` in a colour role or colour, `size` logical pixels square, sharp on the finest screen."""
    shade = colour if isinstance(colour, QColor) else Theme.current().colour(colour)
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    return _pixmap(name, shade.name(), size, ratio)


def icon(name: str, colour: str | QColor, size: int) -> QIcon:
    """The same for Qt's own widgets; ask again after a change of theme."""
    from PySide6.QtGui import QIcon

    return QIcon(pixmap(name, colour, size))


def paint(painter: QPainter, name: str, centre: QPointF, size: int, colour: str | QColor) -> None:
    """Draw icon `name` around `centre` on whole pixels, so that its lines stay sharp."""
    corner = QPointF(round(centre.x() - size / 2), round(centre.y() - size / 2))
    painter.drawPixmap(corner, pixmap(name, colour, size))
