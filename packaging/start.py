"""Start Trittstein from a fresh checkout: `python3 packaging/start.py`.

The first run makes `.venv` and takes a minute; later ones start at once. Arguments are passed on to
`python -m desk_app`. Without a screen and without arguments the main job is shown as `demo trittstein-demo`.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - asked before anything newer is imported
    sys.exit("Trittstein needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

import workshop

NO_SCREEN = (
    "Hier ist kein Bildschirm: Statt des Fensters läuft die Vorführung mit erfundenen Familien"
    " (Ordner trittstein-demo)."
)


def main(arguments: list[str]) -> int:
    """Prepare what is missing, then become the program."""
    try:
        workshop.prepare(workshop.RUNTIME)
    except workshop.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    env = dict(os.environ)
    if not workshop.has_screen():
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        if not arguments:
            workshop.say(NO_SCREEN)
            arguments = ["demo", "trittstein-demo"]
    return workshop.hand_over(["-m", "desk_app", *arguments], env)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
