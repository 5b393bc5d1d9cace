"""`screens`: what is asked for reaches the window that paints itself."""

from pathlib import Path

from console_runner import Console

from desk_app.cli import console


def test_size_theme_and_scale_reach_the_window(run: Console, store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bilder"
    status, out, _err = run(
        "screens", folder, "--store", store, "--size", "1920x1080", "--theme", "dark", "--scale", "1.5"
    )
    assert status == console.FINE
    assert str(folder / "01-sperrbildschirm.png") in out
    (painted,) = run.painted
    assert (painted["folder"], painted["size"], painted["theme"], painted["scale"]) == (
        folder, (1920, 1080), "dark", 1.5
    )  # fmt: skip


def test_without_wishes_it_is_the_small_laptop_in_the_light(run: Console, store: Path, tmp_path: Path) -> None:
    run("screens", tmp_path / "bilder", "--store", store)
    (painted,) = run.painted
    assert (painted["size"], painted["theme"], painted["scale"]) == ((1366, 768), "light", 1.0)
