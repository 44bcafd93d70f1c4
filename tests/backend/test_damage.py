from __future__ import annotations

from pathlib import Path

from tests.serving import Served


def test_a_damaged_database_is_said_to_the_window_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "djdesk.sqlite3"
    path.write_bytes(b"junk" * 4096)
    served = Served(tmp_path)

    assert served.wait_for("fatal")["code"] == "database_unreadable"
    assert served.stop() == 3
    assert path.read_bytes() == b"junk" * 4096


def test_a_damaged_queue_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "queue.sqlite3").write_bytes(b"junk" * 4096)
    with Served(tmp_path) as served:
        served.open_first_page()

    assert len(list(tmp_path.glob("queue-unreadable-*.sqlite3"))) == 1


def test_a_file_in_the_place_of_the_data_directory_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    served = Served(tmp_path / "file")

    assert served.wait_for("fatal")["code"] == "data_dir_not_a_folder"
    assert served.stop() == 3
