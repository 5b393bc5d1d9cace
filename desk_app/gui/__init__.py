"""The window: the only ring that knows Qt.

The binding reads the source of every module that is loaded after it, to see whether the module asks for Python-like
names by ``from __feature__ import``. None here does, and the reading takes a third of the time that loading takes.
"""

import sys

import PySide6.QtCore  # noqa: F401 - loaded first, so that it can be told

_ASKS = "_mod_uses_pyside"
_features = sys.modules.get("shibokensupport.feature")
if hasattr(_features, _ASKS):
    setattr(_features, _ASKS, lambda _module: True)  # it may use the binding: that much is known without reading
