"""What holds for every rule."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from inspector_app.scans import findings
from inspector_app.scans.findings import disagreement, find, requirements, secrets, support
from inspector_app.scans.findings.context import Context, Unmet, WrittenSecret
from inspector_app.scans.findings.finding import finding
from tests.environment import CHECKOUT

from .reports import app, model, report, settings

PACKAGE = Path(findings.__file__).parent


def rules() -> set[str]:
    names = set()
    for file in PACKAGE.glob("*.py"):
        text = file.read_text()
        names |= set(
            re.findall(r'(?:\bfinding\(|_risk\(\s*report,|_each\(\w+,|_one\()\s*"([a-z-]+)"', text)
        )
    return names


def test_every_rule_is_in_the_documentation() -> None:
    documented = set(
        re.findall(r"^\(([a-z-]+)\)=$", (CHECKOUT / "docs/findings.md").read_text(), re.MULTILINE)
    )

    assert len(rules()) > 20
    assert documented == rules()


def test_nothing_is_said_without_evidence() -> None:
    with pytest.raises(ValueError, match="evidence"):
        finding("rule", "info", "x", proof=[], why="", action="")


def test_a_report_without_anything_has_no_finding() -> None:
    assert find(report(), Context()) == []


def test_reports_of_earlier_versions_have_fewer_keys() -> None:
    assert (
        find(
            report(
                apps=[app("shop", model("shop.Order"))],
                checks={"default": None, "deploy": None, "silenced": None},
            )
            | {"sections": {}},
            Context(),
        )
        == []
    )


def test_a_rule_that_stumbles_takes_no_other_with_it(caplog: pytest.LogCaptureFixture) -> None:
    read = report(admin=[{}], settings=settings(ALLOWED_HOSTS=["*"]))

    assert [one["rule"] for one in find(read, Context())] == ["any-host-allowed"]
    assert "one_query_each failed" in caplog.text


def end_of_life(**project: str) -> list[str]:
    read = report()
    read["project"] |= project
    read["generated_at"] = "2026-06-01T12:00:00+00:00"
    return [one["title"] for one in support.end_of_life(read, Context())]


def test_releases_without_security_fixes_are_told_with_the_day() -> None:
    assert end_of_life(django="4.2.11", python="3.9.2") == [
        "Python 3.9.2 gets no security fixes since 31 October 2025",
        "Django 4.2.11 gets no security fixes since 7 April 2026",
    ]
    assert end_of_life(django="1.6.5", python="2.7.18") == [
        "Python 2.7.18 gets no security fixes since 1 January 2020",
        "Django 1.6.5 gets no security fixes since 1 April 2015",
    ]


@pytest.mark.parametrize("django", ["5.2", "6.0.1", "9.9", "", "main"])
def test_supported_and_unknown_releases_are_not(django: str) -> None:
    assert end_of_life(django=django) == []


def test_the_day_of_the_table_is_shown() -> None:
    read = report()
    read["project"]["django"] = "3.2"

    [one] = support.end_of_life(read, Context())

    assert re.search(r"Known as of \d+ \w+ 20\d\d\.", one["why"])


def test_djdesk_s_own_python_is_no_news_about_the_project() -> None:
    read = report(interpreter={"path": "/x", "bundled": True})
    read["project"] |= {"django": "3.2", "python": "3.8"}

    assert not list(support.end_of_life(read, Context()))


def asked(name: str, specifier: str = "", **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"extras": [], "marker": "", "url": None, "group": "", "locked": False}
    place = {"file": "requirements.txt", "line": 3}
    return {"name": name, "specifier": specifier} | plain | place | more


def test_requirements_are_compared_with_what_the_running_project_has() -> None:
    read = report(
        requirements=[
            asked("django", ">=6.0"),
            asked("django-htmx", ">=1.0"),
            asked("gunicorn"),
            asked("tzdata", marker="sys_platform == 'win32'"),
            asked("pytest", group="test"),
            asked("sqlparse", "==0.1", locked=True),
            asked("ours", url="https://example.org/ours.zip"),
        ],
        distributions=[
            {"name": "Django", "version": "5.2.1"},
            {"name": "django_htmx", "version": "1.29"},
        ],
    )

    assert [one["title"] for one in requirements.unmet(read, Context())] == [
        "1 requirement is not installed: gunicorn",
        "Django>=6.0 is asked for, Django 5.2.1 is used",
    ]


def test_missing_requirements_are_one_finding_and_other_versions_one_each() -> None:
    context = Context(
        unmet=[
            Unmet("gunicorn", "gunicorn>=20", "requirements.txt", 2),
            Unmet("celery", "celery", "requirements.txt", 3),
            Unmet("django", "Django==4.2", "requirements.txt", 1, "5.2"),
        ]
    )

    missing, other = requirements.unmet(report(), context)

    assert missing["title"] == "2 requirements are not installed: gunicorn, celery"
    assert other["title"] == "Django==4.2 is asked for, Django 5.2 is used"


def secret(*, committed: bool | None, **values: Any) -> list[str]:
    context = Context(secrets=[WrittenSecret("API_TOKEN", "shop/settings.py", 7, committed)])
    told = list(secrets.written(report(settings=settings(**values)), context))
    assert not told or told[0]["evidence"][0]["text"] == "API_TOKEN = [redacted]"
    return [one["severity"] for one in told]


def test_a_secret_in_version_control_is_an_error_on_a_server() -> None:
    assert secret(committed=True) == ["error"]
    assert secret(committed=True, DEBUG=True) == ["warning"]
    assert secret(committed=None) == ["warning"]
    assert secret(committed=False) == []


def test_models_that_only_one_reading_knows() -> None:
    read = report(apps=[app("shop", model("shop.Order"), model("shop.Made"))])
    context = Context(read_models={"shop": {"shop.Order", "shop.Forgotten"}})

    made, forgotten = disagreement.models(read, context)

    assert (made["severity"], made["title"]) == ("info", "shop.Made exists only while shop runs")
    assert (forgotten["severity"], forgotten["object"]) == ("warning", "shop")
