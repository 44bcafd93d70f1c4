"""The pages' assets, joined and listed."""

from __future__ import annotations

from pathlib import Path

from inspector_app import assets

FOLDER = Path(assets.__file__).parent / "static" / "inspector_app"


def test_every_style_sheet_is_in_the_joined_one() -> None:
    written = {path.stem for path in (FOLDER / "css").glob("*.css")}

    assert {*assets.SHEETS, "macos"} == written


def test_the_sheets_are_joined_in_their_order() -> None:
    joined = assets.stylesheet().decode()

    places = [joined.index((FOLDER / "css" / f"{name}.css").read_text()) for name in assets.SHEETS]
    assert places == sorted(places)


def test_the_modules_are_the_main_one_and_all_that_it_imports() -> None:
    modules = assets.modules()

    assert modules[0] == assets.MAIN_MODULE
    assert "inspector_app/js/api.js" in modules  # Imported by an import.
    assert len(set(modules)) == len(modules)


def test_no_module_is_left_to_be_discovered_late() -> None:
    """What the browser would find by itself, one import after the other, is in the list."""
    known = {name.rpartition("/")[2] for name in assets.modules()}

    for name in assets.modules():
        text = (FOLDER.parent / name).read_text()
        statements = [line for line in text.splitlines() if line.startswith(("import ", "} from"))]
        for line in statements:
            assert line.split('"./')[1].split('"')[0] in known if '"./' in line else True
