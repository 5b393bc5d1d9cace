"""From starting a foreign program to its first window, as the X server tells it; see ``until_mapped``."""

from __future__ import annotations

import ctypes
import subprocess
import time
from collections.abc import Mapping, Sequence

_SUBSTRUCTURE_NOTIFY, _MAP_NOTIFY = 1 << 19, 19
_LEAST = (300, 150)
"""Width and height of a window in pixels; smaller ones are no window of a program yet."""


class _Mapped(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int), ("serial", ctypes.c_ulong), ("sent", ctypes.c_int), ("display", ctypes.c_void_p),
        ("event", ctypes.c_ulong), ("window", ctypes.c_ulong), ("override_redirect", ctypes.c_int),
    )  # fmt: skip


class _Event(ctypes.Union):
    _fields_ = (("mapped", _Mapped), ("room", ctypes.c_long * 24))


def until_mapped(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Milliseconds until the server maps its first window of its own (no menu or tooltip) that is large enough.

    What stands in the window is painted only after that. The program is ended then.
    """
    xlib = _xlib()
    display = xlib.XOpenDisplay(env["DISPLAY"].encode())
    xlib.XSelectInput(display, xlib.XDefaultRootWindow(display), _SUBSTRUCTURE_NOTIFY)
    xlib.XSync(display, 0)
    begun = time.perf_counter()
    program = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    event = _Event()
    try:
        while True:
            xlib.XNextEvent(display, ctypes.byref(event))
            came = event.mapped
            if came.kind == _MAP_NOTIFY and not came.override_redirect and _is_large(xlib, display, came.window):
                return (time.perf_counter() - begun) * 1000
    finally:
        program.terminate()
        program.wait()
        xlib.XCloseDisplay(display)


def _xlib() -> ctypes.CDLL:
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype, xlib.XOpenDisplay.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
    xlib.XDefaultRootWindow.restype, xlib.XDefaultRootWindow.argtypes = ctypes.c_ulong, (ctypes.c_void_p,)
    xlib.XSelectInput.argtypes = (ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long)
    xlib.XSync.argtypes = (ctypes.c_void_p, ctypes.c_int)
    xlib.XNextEvent.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    xlib.XGetGeometry.argtypes = (ctypes.c_void_p, ctypes.c_ulong, *[ctypes.c_void_p] * 7)
    xlib.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    return xlib


def _is_large(xlib: ctypes.CDLL, display: int, window: int) -> bool:
    root, numbers = ctypes.c_ulong(), (ctypes.c_uint * 6)()
    places = [ctypes.byref(numbers, place * ctypes.sizeof(ctypes.c_uint)) for place in range(6)]
    xlib.XGetGeometry(display, window, ctypes.byref(root), *places)
    return numbers[2] >= _LEAST[0] and numbers[3] >= _LEAST[1]
