from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.errors import Problem
from inspector_app.workspaces.find import find_project, shown
from tests.workspaces.layouts import make_manage_py, without_rights


def problem_of(path: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        find_project(path)
    return caught.value


def test_a_folder_with_manage_py_is_the_project(tmp_path: Path) -> None:
    make_manage_py(tmp_path)

    found = find_project(tmp_path)

    assert (found.root, found.manage_py) == (tmp_path, Path("manage.py"))


def test_manage_py_itself_opens_its_folder(tmp_path: Path) -> None:
    assert find_project(make_manage_py(tmp_path)).root == tmp_path


@pytest.mark.parametrize("below", ["src", "a/b", "a/b/c"])
def test_manage_py_is_found_up_to_three_levels_below(tmp_path: Path, below: str) -> None:
    make_manage_py(tmp_path / below)

    found = find_project(tmp_path)

    assert (found.root, found.manage_py) == (tmp_path, Path(below) / "manage.py")


def test_four_levels_below_is_too_deep(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "a/b/c/d")

    assert problem_of(tmp_path).code == "no_project"


def test_manage_py_above_is_found_from_an_app_s_folder(tmp_path: Path) -> None:
    make_manage_py(tmp_path)
    inner = tmp_path / "orders" / "templates"
    inner.mkdir(parents=True)

    assert find_project(inner).root == tmp_path


def test_the_search_above_ends_at_the_repository_s_top(tmp_path: Path) -> None:
    make_manage_py(tmp_path)
    (tmp_path / "library" / ".git").mkdir(parents=True)

    assert problem_of(tmp_path / "library").code == "no_project"


def test_the_repository_around_the_project_is_its_root(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop" / "backend")
    (tmp_path / "shop" / ".git").mkdir()

    found = find_project(tmp_path)

    assert (found.root, found.manage_py) == (tmp_path / "shop", Path("backend/manage.py"))


def test_a_project_below_the_home_directory_does_not_make_it_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    make_manage_py(tmp_path / "code" / "shop")

    assert find_project(tmp_path).root == tmp_path / "code" / "shop"


def test_several_projects_are_offered_to_choose_from(tmp_path: Path) -> None:
    for name in ("shop", "blog"):
        make_manage_py(tmp_path / name)

    problem = problem_of(tmp_path)

    assert problem.code == "several_projects"
    assert [choice.label for choice in problem.choices] == ["blog", "shop"]
    assert find_project(Path(problem.choices[0].value)).root == tmp_path / "blog"


def test_a_project_inside_a_project_belongs_to_it(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    make_manage_py(tmp_path / "shop" / "tests" / "project")

    assert find_project(tmp_path).manage_py == Path("shop/manage.py")


@pytest.mark.parametrize("skipped", [".tox/py", "node_modules/x", "lib/site-packages/x"])
def test_other_people_s_code_is_not_looked_into(tmp_path: Path, skipped: str) -> None:
    make_manage_py(tmp_path / skipped)

    assert problem_of(tmp_path).code == "no_project"


def test_an_environment_by_any_name_is_not_looked_into(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "python" / "templates")
    (tmp_path / "python" / "pyvenv.cfg").touch()

    assert problem_of(tmp_path).code == "no_project"


def test_a_manage_py_of_something_else_is_said(tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text("from flask_script import Manager\nManager().run()\n")

    problem = problem_of(tmp_path)

    assert problem.code == "not_django"
    assert "manage.py" in problem.message
    assert problem_of(tmp_path / "manage.py").code == "not_django"


def test_django_s_manage_py_below_one_of_something_else_is_found(tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text("import flask\n")
    make_manage_py(tmp_path / "backend")

    assert find_project(tmp_path).manage_py == Path("backend/manage.py")


def test_no_project_says_where_it_was_looked_for(tmp_path: Path) -> None:
    problem = problem_of(tmp_path)

    assert problem.code == "no_project"
    assert str(tmp_path) in problem.message
    assert "3 levels below" in problem.message
    assert "manage.py" in problem.hint


def test_a_file_that_is_no_manage_py_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.py"
    file.touch()

    assert problem_of(file).code == "not_a_folder"


def test_a_vanished_folder_is_said(tmp_path: Path) -> None:
    problem = problem_of(tmp_path / "gone")

    assert problem.code == "folder_missing"
    assert "does not exist" in problem.message


def test_a_broken_link_is_told_from_a_missing_folder(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "gone")

    assert "is a link to something that does not exist" in problem_of(link).message


def test_a_link_to_itself_is_a_problem_and_no_hang(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)

    assert problem_of(link).code == "folder_missing"


def test_links_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "back").symlink_to(tmp_path)

    assert problem_of(tmp_path).code == "no_project"


def test_a_linked_project_opens_as_the_folder_behind_the_link(tmp_path: Path) -> None:
    make_manage_py(tmp_path / "shop")
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "current"
    link.symlink_to(tmp_path / "shop")

    assert find_project(link).root == tmp_path / "shop"


@pytest.mark.parametrize("name", ["my shop", 'o\'shop "x"', "<script>alert(1)</script>", "Кафе"])
def test_any_readable_name_is_opened(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    make_manage_py(folder)

    assert find_project(folder).root == folder


def test_a_name_that_is_not_utf_8_is_refused_with_a_way_out(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    make_manage_py(folder)

    for opened in (folder, tmp_path):
        problem = problem_of(opened)
        assert problem.code == "bad_path"
        assert "Rename" in problem.hint
        problem.message.encode()


def test_an_unreadable_folder_is_said() -> None:
    with without_rights() as folder:
        locked = folder / "locked"
        locked.mkdir(mode=0)
        try:
            problem = problem_of(locked)
        finally:
            locked.chmod(0o700)

    assert problem.code == "folder_unreadable"
    assert "Permission denied" in problem.message


def test_unreadable_folders_on_the_way_are_counted() -> None:
    with without_rights() as folder:
        (folder / "locked").mkdir(mode=0)
        problem = problem_of(folder)

    assert "1 folder could not be read" in problem.message


def test_a_manage_py_that_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a" / "manage.py").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    os.mkfifo(tmp_path / "b" / "manage.py")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "manage.py").symlink_to("gone")

    assert problem_of(tmp_path / "a").code == "no_project"
    assert "manage.py in" in problem_of(tmp_path / "a").message
    assert "is a folder, not a file" in problem_of(tmp_path / "a").message
    assert "is a pipe, not a file" in problem_of(tmp_path / "b").message
    assert "is a pipe, not a file" in problem_of(tmp_path / "b" / "manage.py").message
    assert "a link that leads nowhere, not a file" in problem_of(tmp_path / "c").message


def test_a_name_with_half_a_character_can_still_be_shown() -> None:
    assert shown(Path("a\ud800b")) == "a?b"


@pytest.fixture(scope="module")
def crowded() -> Iterator[Path]:
    """A folder with 200,000 files that belong to no project."""
    with tempfile.TemporaryDirectory() as name:
        for number in range(200):
            folder = Path(name) / str(number)
            folder.mkdir()
            for file in range(1000):
                os.mknod(folder / str(file))
        yield Path(name)


def test_a_folder_of_very_many_files_is_answered_soon(crowded: Path) -> None:
    started = time.monotonic()
    problem = problem_of(crowded)

    assert time.monotonic() - started < 2
    assert problem.code == "no_project"
    assert "The search ended after" in problem.message


def test_manage_py_is_found_beside_more_files_than_are_looked_at(crowded: Path) -> None:
    script = make_manage_py(crowded)

    assert find_project(crowded).root == crowded
    script.unlink()


def test_a_manage_py_may_be_named_where_there_are_several(tmp_path: Path) -> None:
    for name in ("shop", "blog"):
        make_manage_py(tmp_path / name)

    found = find_project(tmp_path, "blog/manage.py")

    assert found.script == tmp_path / "blog" / "manage.py"


@pytest.mark.parametrize("manage", ["blog/manage.py", "/etc/hostname", "shop", "../manage.py"])
def test_a_named_manage_py_must_be_one_in_the_folder(tmp_path: Path, manage: str) -> None:
    make_manage_py(tmp_path / "shop")
    make_manage_py(tmp_path)

    with pytest.raises(Problem) as caught:
        find_project(tmp_path / "shop", manage)

    assert caught.value.field == "manage"


def test_of_two_manage_py_the_outer_one_is_the_project_s(tmp_path: Path) -> None:
    make_manage_py(tmp_path)
    make_manage_py(tmp_path / "example")

    assert find_project(tmp_path).manage_py == Path("manage.py")
    assert find_project(tmp_path / "example").root == tmp_path / "example"
