from __future__ import annotations

from typing import Any

from inspector_app.sections.migration_graph import graph
from inspector_app.sections.migrations import History, in_order


def entry(name: str, *needs: tuple[str, str], applied: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "file": f"{name}.py",
        "line": 1,
        "applied": applied,
        "dependencies": [list(one) for one in needs],
        **more,
    }


def report(
    apps: dict[str, list[dict[str, Any]]], conflicts: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {"migrations": {"apps": apps, "conflicts": conflicts or []}}


def history(apps: dict[str, list[dict[str, Any]]], alias: str = "default") -> History:
    return History(report(apps), frozenset({"orders"}), alias)


def states(found: History) -> dict[str, str]:
    return {row.name: row.state for row in found.rows.values()}


def test_the_state_is_that_of_the_chosen_database() -> None:
    apps = {
        "orders": [
            entry("0001_a", applied=True, applied_on={"default": True, "replica": False}),
            entry("0002_b", applied=False, applied_on={"default": False, "replica": None}),
        ]
    }

    assert states(history(apps)) == {"0001_a": "applied", "0002_b": "unapplied"}
    assert states(history(apps, "replica")) == {"0001_a": "unapplied", "0002_b": "unknown"}


def test_a_report_that_asked_no_database_knows_no_state() -> None:
    apps = {"orders": [entry("0001_a")]}
    del apps["orders"][0]["dependencies"]

    found = history(apps)

    assert states(found) == {"0001_a": "unknown"}
    assert found.rows["orders", "0001_a"].operations is None


def squashed(a: bool | None, b: bool | None) -> dict[str, str]:
    replaces = [["orders", "0001_a"], ["orders", "0002_b"]]
    return states(
        history(
            {
                "orders": [
                    entry("0001_a", applied=a),
                    entry("0001_squashed", replaces=replaces, applied=a and b),
                    entry("0002_b", ("orders", "0001_a"), applied=b),
                ]
            }
        )
    )


def test_a_squashed_migration_or_those_it_replaces_count_never_both() -> None:
    assert squashed(True, True) == {
        "0001_a": "applied",
        "0001_squashed": "applied",
        "0002_b": "applied",
    }
    assert squashed(False, False) == {
        "0001_a": "replaced",
        "0001_squashed": "unapplied",
        "0002_b": "replaced",
    }
    assert squashed(True, False) == {
        "0001_a": "applied",
        "0001_squashed": "replaced",
        "0002_b": "unapplied",
    }


def test_first_and_latest_stand_for_a_migration() -> None:
    found = history(
        {
            "auth": [entry("0001_initial"), entry("0002_more", ("auth", "0001_initial"))],
            "orders": [entry("0001_a", ("auth", "__first__"), ("auth", "__latest__"))],
        }
    )

    assert found.rows["orders", "0001_a"].needs == [("auth", "0001_initial"), ("auth", "0002_more")]
    assert found.rows["auth", "0002_more"].needed_by == [("orders", "0001_a")]


def test_run_before_is_a_dependency_of_the_other() -> None:
    found = history(
        {
            "orders": [entry("0001_a", run_before=[["shop", "0001_b"]])],
            "shop": [entry("0001_b")],
        }
    )

    assert found.rows["shop", "0001_b"].needs == [("orders", "0001_a")]


def test_apps_of_the_project_come_first() -> None:
    found = history({"auth": [entry("0001_a")], "orders": [entry("0001_a")]})

    assert [app.label for app in found.apps] == ["orders", "auth"]


def test_rows_fit_by_app_and_name_and_by_what_they_do() -> None:
    drops = {"kind": "DeleteModel", "text": "Delete model A", "model": "A", "destructive": True}
    found = History(
        report(
            {
                "orders": [
                    entry("0001_a"),
                    entry("0002_b", ("orders", "0001_a"), operations=[drops]),
                    entry("0002_c", ("orders", "0001_a")),
                ]
            },
            [{"app": "orders", "leaves": ["0002_b", "0002_c"]}],
        ),
        frozenset(),
    )

    def names(**query: str) -> list[str]:
        return [row.name for row in found.fitting(query)]

    assert names() == ["0002_c", "0002_b", "0001_a"]
    assert names(q="orders.0002_b") == ["0002_b"]
    assert names(show="conflict") == ["0002_c", "0002_b"]
    assert names(show="destructive") == ["0002_b"]
    assert found.counts() == [
        ("unapplied", "Unapplied", 0),
        ("conflict", "Conflicts", 2),
        ("destructive", "Destructive", 1),
    ]


BRANCHED = {
    "auth": [entry("0001_initial")],
    "orders": [
        entry("0001_a", ("auth", "0001_initial")),
        entry("0002_b", ("orders", "0001_a")),
        entry("0002_c", ("orders", "0001_a")),
        entry("0003_merge", ("orders", "0002_b"), ("orders", "0002_c")),
        entry("0004_d", ("orders", "0003_merge")),
    ],
    "shop": [entry("0001_z", ("orders", "0004_d"))],
}


def test_a_graph_has_the_newest_on_top_and_a_lane_for_each_branch() -> None:
    drawn = graph(history(BRANCHED), "orders")

    assert [(node.row.name, node.lane) for node in drawn.nodes] == [
        ("0004_d", 0),
        ("0003_merge", 0),
        ("0002_c", 1),
        ("0002_b", 0),
        ("0001_a", 0),
    ]
    assert len(drawn.edges) == 5
    assert [node.y for node in drawn.nodes] == sorted(node.y for node in drawn.nodes)


def test_names_have_the_room_that_neighbours_do_not_need() -> None:
    name = "0003_a_name_that_is_longer_than_most"
    alone = graph(history({"orders": [entry(name)]}), "orders")
    needed = graph(
        history({"orders": [entry(name)], "shop": [entry("0001_z", ("orders", name))]}), "orders"
    )

    assert alone.nodes[0].text == name
    assert needed.nodes[0].text == "0003_a_name_that_is_longe…"
    assert needed.width > alone.width


def test_a_graph_names_the_neighbours_in_other_apps() -> None:
    drawn = graph(history(BRANCHED), "orders")

    assert [one.key for one in drawn.nodes[-1].needs] == [("auth", "0001_initial")]
    assert [one.key for one in drawn.nodes[0].needed_by] == [("shop", "0001_z")]
    assert drawn.nodes[0].needs == drawn.nodes[-1].needed_by == []


def test_a_circle_is_drawn_like_anything_else() -> None:
    apps = {
        "orders": [entry("0001_a", ("orders", "0002_b")), entry("0002_b", ("orders", "0001_a"))]
    }
    found = history(apps)

    assert [row.name for row in in_order(found.rows.values())] == ["0001_a", "0002_b"]
    assert len(graph(found, "orders").nodes) == 2
