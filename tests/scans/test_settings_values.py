from __future__ import annotations

import time
from pathlib import Path

import pytest

from inspector_app.scans.static.modules import Modules
from inspector_app.scans.static.reading import read_project
from inspector_app.scans.static.settings_values import StaticSettings, read_settings


def read(root: Path, text: str, **others: str) -> StaticSettings:
    (root / "conf.py").write_text(text)
    for name, other in others.items():
        (root / f"{name}.py").write_text(other)
    return read_settings("conf", Modules(root, root))


@pytest.mark.parametrize(
    "text",
    [
        "APPS = ['a', 'b']",
        "APPS = ('a', 'b')",
        "APPS = ['a'] + ['b']",
        "APPS = list(('a', 'b'))",
        "FIRST = ['a']\nAPPS = [*FIRST, 'b']",
        "APPS = ['a']\nAPPS += ['b']",
        "APPS = ['a']\nAPPS.append('b')",
        "APPS = ['a']\nAPPS.extend(['b'])",
        "APPS = ['a', 'x', 'b']\nAPPS.remove('x')",
        "APPS: list[str] = ['a', 'b']",
        "name = 'b'\nAPPS = ['a', name]",
        "PREFIX = ''\nAPPS = ['a', PREFIX + 'b']",
        "MORE = {'x': ['b']}\nAPPS = ['a'] + MORE['x']",
        "DEBUG = True\nAPPS = ['a']\nif DEBUG:\n    APPS += ['b']\nelse:\n    APPS += ['c']",
        "DEBUG = False\nAPPS = ['a', 'b']\nif DEBUG and True:\n    APPS += ['c']",
        "APPS = ['a'] + (['b'] if 1 == 1 else ['c'])",
        "try:\n    APPS = ['a', 'b']\nexcept ImportError:\n    APPS = []",
        "with open('x') as f:\n    APPS = ['a', 'b']",
        "APPS = ['a']\nfor x in ['b']:\n    APPS.append(x)",
        "APPS = ['a']\nfor n, (x, y) in [[1, ['b', 'c']]]:\n    APPS += [x]",
        "APPS = ['b']\nAPPS[0:0] = ['a']",
        "APPS = ['a', 'c']\nAPPS[1] = 'b'",
        "APPS = ['a', 'b', 'c'][:2]",
        "APPS = ['a']\nglobals()['APPS'] = APPS + ['b']",
        "APPS = sorted(['a', 'b'])",
        "APPS = ['a', 'b']\nprint(APPS)\nsorted(APPS)\n'APPS' in globals()",
        "APPS = ['a', 'b']\nDB = {}\nDB.update(x())\nlogging.config.dictConfig(DB)",
        "APPS = ['a', 'b']\nif not known():\n    raise ValueError('no')",
        "APPS = ['a', 'b']\nif unknown():\n    OTHER = 1\nelse:\n    OTHER = 2",
        "VERSION = (5, 2)\nAPPS = ['a']\nif VERSION >= (4, 0):\n    APPS += ['b']",
        "N = 'B'\nAPPS = ['a', f'{N.lower()}']",
        "APPS = ['a', '{}'.format('b')]",
    ],
)
def test_what_the_text_tells_whole(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).strings("APPS") == (["a", "b"], True)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("APPS = ['a'] + more()", ["a"]),
        ("APPS = ['a', name()]", ["a"]),
        ("APPS = ['a']\nAPPS += more()", ["a"]),
        ("APPS = ['a']\nAPPS.append(name())", ["a"]),
        ("APPS = ['a']\nif unknown():\n    APPS += ['b']", ["a"]),
        ("APPS = ['a']\nif unknown():\n    APPS += ['b']\nelse:\n    APPS.append('c')", ["a"]),
        ("APPS = ['a', 'b']\nif unknown():\n    APPS = ['b', 'c']", ["b"]),
        ("APPS = ['a']\nfor x in found():\n    APPS.append(x)", ["a"]),
        ("APPS = ['a']\nwhile unknown():\n    APPS.append('b')", ["a"]),
        ("APPS = ['a']\nAPPS[0:0] = more()", ["a"]),
        ("APPS = ['a']\ndel APPS[0]", ["a"]),
        ("APPS = ['a']\ndef add(apps): apps.append('b')\nadd(APPS)", ["a"]),
        ("APPS = ['a']\ndef add(): APPS.append('b')\nadd()", ["a"]),
        ("APPS = ['a']\nX = library.add(APPS)", ["a"]),
        ("APPS = ['a']\nlibrary.add(apps=APPS)", ["a"]),
        ("APPS = ['a']\nlibrary.settings(globals())", ["a"]),
        ("APPS = ['a']\nlibrary.settings(locals())", ["a"]),
        ("APPS = ['a']\nglobals().update(more())", ["a"]),
        ("APPS = ['a']\nglobals()[name()] = ['b']", ["a"]),
        ("APPS = ['a']\nsetattr(sys.modules[__name__], 'APPS', ['b'])", ["a"]),
        ("APPS = ['a']\nexec(open('local.py').read())", ["a"]),
        ("APPS = ['a']\nif unknown():\n    exec(open('local.py').read())", ["a"]),
        ("from split_settings.tools import include\nAPPS = ['a']\ninclude('b.py')", ["a"]),
        ("import os\nAPPS = ['a']\nif os.getenv('X'):\n    from other import *", ["a"]),
        ("APPS = ['a']\nif config.get('x', 'y'):\n    APPS += ['b']", ["a"]),
        ("APPS = ['a']\nif env('X', '').lower() == 'b':\n    APPS += ['b']", ["a"]),
        ("APPS = ['a']\nif os.environ.get('X'):\n    APPS += ['b']", ["a"]),
        ("APPS = ['a']\nif 'test' in sys.argv:\n    APPS += ['b']", ["a"]),
        ("APPS = ['a']\nif env.bool('X', default=True):\n    APPS += ['b']", ["a", "b"]),
        ("APPS = ['a']\nif config('X', False):\n    APPS += ['b']", ["a"]),
        ("APPS = ['a']\nif not os.getenv('X', ''):\n    APPS += ['b']", ["a", "b"]),
        ("APPS = more()", []),
        ("APPS = [x for x in y]", []),
        ("", []),
    ],
)
def test_what_the_text_tells_in_part(tmp_path: Path, text: str, known: list[str]) -> None:
    assert read(tmp_path, text).strings("APPS") == (known, False)


def test_settings_are_followed_through_star_imports_in_order(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "APPS = ['z']\nfrom base import *\nAPPS += ['b']\n",
        base="from deeper import *\nAPPS = APPS + []\n",
        deeper="APPS = ['a']\n_HIDDEN = 1\n",
    )

    assert settings.strings("APPS") == (["a", "b"], True)
    assert "_HIDDEN" not in settings.names
    assert settings.places["APPS"].file == "base.py"


def test_names_and_modules_can_be_imported_too(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "from base import APPS as ONE\nfrom . import base\nfrom . import gone\n"
        "import base\nAPPS = ONE + ['b']\n",
        base="APPS = ['a']\n",
    )

    assert settings.strings("APPS") == (["a", "b"], True)


def test_a_package_s_settings_see_their_siblings(tmp_path: Path) -> None:
    package = tmp_path / "shop" / "settings"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "base.py").write_text("APPS = ['a']\n")
    (package / "dev.py").write_text("from . import base\nAPPS = base.APPS + ['b']\n")

    settings = read_settings("shop.settings.dev", Modules(tmp_path, tmp_path))

    assert settings.strings("APPS") == (["a", "b"], True)


def test_a_changed_item_does_not_change_the_module_it_came_from(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        "from base import *\nDATABASES['default'] = {'ENGINE': 'x'}\nOLD = ORIGINAL\n",
        base="DATABASES = {'default': {}, 'other': {}}\nORIGINAL = DATABASES\n",
    )

    assert settings.names["DATABASES"].data == {"default": {"ENGINE": "x"}, "other": {}}
    assert settings.names["OLD"].data == {"default": {}, "other": {}}


def test_imports_in_a_circle_end(tmp_path: Path) -> None:
    settings = read(
        tmp_path, "from base import *\nAPPS = ['a']\n", base="from conf import *\nB = 1\n"
    )

    assert settings.strings("APPS") == (["a"], True)


def test_a_missing_module_is_noted_unless_it_is_tried(tmp_path: Path) -> None:
    tried = "try:\n    from local import *\nexcept ImportError:\n    pass\n"

    assert read(tmp_path, tried).notes == []
    assert read(tmp_path, "from local import *\n").notes == ["local was not found"]


@pytest.mark.parametrize(
    "question",
    [
        "if (HERE / 'local.py').exists():\n    ",
        "if os.path.isfile(os.path.join(HERE, 'local.py')):\n    ",
        "if not Path(HERE, 'local.py').is_file():\n    pass\nelse:\n    ",
        "try:\n    ",
    ],
)
def test_settings_of_one_machine_count_where_they_are(tmp_path: Path, question: str) -> None:
    text = (
        "import os\nfrom pathlib import Path\nHERE = Path(__file__).parent\nAPPS = ['a']\n"
        f"{question}from local import *"
        + ("\nexcept ImportError:\n    pass\n" if question.startswith("try") else "\n")
    )

    without = read(tmp_path, text)
    present = read(tmp_path, text, local="APPS = ['a', 'mine']\n")

    assert without.strings("APPS") == (["a"], True)
    assert without.absent == (["local"] if question.startswith("try") else [])
    assert present.strings("APPS") == (["a", "mine"], True)


def test_a_file_outside_the_project_is_not_looked_for(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "site").touch()

    settings = read(
        root,
        "from pathlib import Path\nAPPS = ['a']\n"
        "if (Path(__file__).parent.parent / 'site').exists():\n    APPS += ['b']\n"
        "if Path(__file__ + '/../../site').exists():\n    APPS += ['c']\n",
    )

    assert settings.strings("APPS")[1] is False


@pytest.mark.parametrize(
    "text",
    [
        "import os\nHERE = os.path.dirname(os.path.abspath(__file__))",
        "from os.path import abspath, dirname\nHERE = dirname(abspath(__file__))",
        "from os.path import dirname as up, realpath as real\nHERE = up(real(__file__))",
        "from os.path import *\nHERE = dirname(abspath(__file__))",
        "import os\n_up = os.path.dirname\nHERE = _up(os.path.abspath(__file__))",
        "from pathlib import Path\nHERE = str(Path(__file__).resolve(strict=True).parent)",
        "import os\nHERE = os.path.dirname(__file__.replace('\\\\', '/'))",
    ],
)
def test_the_folder_of_the_settings_is_known_however_it_is_written(
    tmp_path: Path, text: str
) -> None:
    here = read(tmp_path, text).value("HERE")

    assert (here.data, here.whole) == (str(tmp_path), True)


def test_settings_in_a_class_are_told_to_be_unknown(tmp_path: Path) -> None:
    settings = "class Base:\n    INSTALLED_APPS = ['a']\n\nBase.load_settings(__name__)\n"
    (tmp_path / "conf.py").write_text(settings)

    found = read_project(tmp_path, Path("manage.py"), "conf")

    message = "cannot be read from the source text"
    assert found.sections["apps"]["error"] == f"INSTALLED_APPS {message} (it is set in a class)"
    assert found.sections["urls"]["error"] == f"ROOT_URLCONF {message}"


def test_a_module_that_cannot_be_read_is_noted_with_the_rest_kept(tmp_path: Path) -> None:
    settings = read(tmp_path, "APPS = ['a']\nfrom base import *\n", base="def (:\n")

    # It could name other apps.
    assert settings.strings("APPS") == (["a"], False)
    assert settings.unreadable == {"base.py": "has a syntax error in line 1"}


@pytest.mark.parametrize(
    "expression",
    [
        " + ".join(["'x'"] * 20_000),
        "(" * 150 + "1" + ")" * 150,
        "[" * 90 + "]" * 90,
        "not " * 5_000 + "True",
        "{**{**{}}}",
        "{1: 2}[[]]",
        "[1][10**9]",
        "{}['x']",
        "'%s' % 1",
        "1 / 0",
        "-'x'",
        "{[]: 1}",
        "{*[[]]}",
        "[*1]",
        "1 in 2",
        "1 < 'x' < 3",
        "lambda: 1",
        "f'{x}'",
        "...",
        "10 ** 10 ** 10",
    ],
)
def test_no_expression_stops_the_reading(tmp_path: Path, expression: str) -> None:
    settings = read(tmp_path, f"APPS = ['a']\nX = {expression}\nAPPS += ['b']\n")

    assert settings.strings("APPS")[0][:1] in (["a"], [])


def test_statements_of_all_kinds_are_passed_over(tmp_path: Path) -> None:
    text = (
        "APPS = ['a']\n"
        "for x in []:\n    APPS += ['x']\n"
        "def f():\n    APPS = ['y']\n"
        "class C:\n    APPS = ['z']\n"
        "del UNKNOWN\nUNKNOWN += 1\nUNKNOWN.append('q')\na.b.c = 1\na[0][1] = 2\nx = y = APPS\n"
        "(p, q) = (1, 2)\nAPPS[0] = 'w'\nimport os, sys\nraise SystemExit\n"
    )

    assert read(tmp_path, text).strings("APPS") == (["w"], True)


@pytest.mark.parametrize(
    "text",
    [
        "APPS += APPS\n" * 70,
        "X = ['x']\n" + "X = [*X, *X]\n" * 70,
        "X = 'x'\n" + "X = X + X\n" * 70,
        "X = 'x'\n" + "X = f'{X}{X}'\n" * 70,
        "X = {}\n" + "X = {1: X, 2: X}\n" * 70 + "if unknown():\n    X[1] = {1: X}\n",
        "X = ['x'] * 10 ** 10\n",
        "X = '{:>9999999999}'.format('x')\n",
        "X = f'{1:>9999999999}'\n",
        "X = [" + "'x', " * 290 + "]\nfor a in X:\n for b in X:\n  for c in X:\n   APPS += [a]\n",
    ],
)
def test_settings_that_would_grow_without_end_are_read_soon(tmp_path: Path, text: str) -> None:
    started = time.process_time()
    read(tmp_path, f"APPS = ['a']\n{text}")

    assert time.process_time() - started < 2
