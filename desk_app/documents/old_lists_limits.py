"""How much of a foreign table is read at most, and how the process that reads it is held to that."""

from __future__ import annotations

import contextlib
import sys
from typing import Final

MOST_BYTES: Final = 20_000_000
"""Of the file itself."""
MOST_UNPACKED: Final = 80_000_000
"""Of all parts of a workbook that are read; 10,000 rows of 40 columns take about 30 million."""
MOST_PARTS: Final = 2_000
MOST_TIMES: Final = 200
"""A large part may be this many times its packed size; real sheets reach about twenty."""
MOST_SHEETS: Final = 60
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_CELL: Final = 32_767
"""Characters in one cell, as in Excel."""
MOST_MEMORY: Final = 300 * 1024 * 1024
MOST_SECONDS: Final = 60
"""Of computing, for the largest file that is read."""


def hold_memory() -> None:
    """Hold this process to its share of memory and computing time. Where the system cannot, the sizes above must do.

    macOS takes the limit without keeping it.
    """
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            _hold_windows()
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _LIMITS_CLASS = 9  # JobObjectExtendedLimitInformation
    _PROCESS_MEMORY = 0x100
    _ACTIVE_PROCESS = 0x8

    class _Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _Extended(ctypes.Structure):
        _fields_ = [
            ("Basic", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def _hold_windows() -> None:
        """Put this process into a job of its own that gives it no more memory and no children."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _Extended()
        limits.Basic.LimitFlags = _PROCESS_MEMORY | _ACTIVE_PROCESS
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = MOST_MEMORY
        kernel.SetInformationJobObject(job, _LIMITS_CLASS, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
