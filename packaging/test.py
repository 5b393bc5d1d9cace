"""Run every check of the project: `python3 packaging/test.py [--all] [-- words for pytest]`.

Tests, types, lint and import contracts are all tests of one pytest run. The plain command needs nothing large;
`--all` also installs LibreOffice, poppler and two calendar programs and runs the tests marked `office` and `long`.
"""

import argparse
import os
import shutil
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - asked before anything newer is imported
    sys.exit("Trittstein needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

import workshop

# programs that tests marked `office` call, with the Debian package of each
OFFICE_PROGRAMS = {
    "soffice": "libreoffice-calc", "pdftotext": "poppler-utils", "calcurse": "calcurse", "khal": "khal",
}  # fmt: skip
LEFT_OUT = (
    "Left out: tests marked `office`, which need LibreOffice and others, and `long`; packaging/test.py --all runs them."
)


def install_office() -> None:
    """See to the programs that the tests marked `office` call."""
    missing = {program: package for program, package in OFFICE_PROGRAMS.items() if shutil.which(program) is None}
    if not missing:
        return
    if not sys.platform.startswith("linux"):
        raise workshop.SetupError(f"--all needs these programs on the PATH: {', '.join(missing)}.")
    workshop.install_debian(list(missing.values()), "what the office tests call")


def pytest_words(*, everything: bool, extra: list[str]) -> list[str]:
    """The words after `python -m pytest`; a file is never split over workers, so its tests keep their order."""
    workers = min(os.cpu_count() or 1, 4)
    words = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    return [*words, *([] if everything else ["-m", "not office and not long"]), *extra]


def main(arguments: list[str]) -> int:
    """Prepare what is missing, then become pytest."""
    ours, extra = arguments, []
    if "--" in arguments:
        cut = arguments.index("--")
        ours, extra = arguments[:cut], arguments[cut + 1 :]
    parser = argparse.ArgumentParser(prog="packaging/test.py", description="Run the checks of the project.")
    parser.add_argument("--all", action="store_true", help="install LibreOffice and others, run the office tests too")
    everything = parser.parse_args(ours).all
    try:
        workshop.prepare(workshop.DEVELOPMENT)
        if everything:
            install_office()
    except workshop.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    if not everything:
        workshop.say(LEFT_OUT)
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    os.chdir(workshop.ROOT)
    return workshop.hand_over(["-m", "pytest", *pytest_words(everything=everything, extra=extra)], env)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
