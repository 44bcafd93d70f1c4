"""Settings that do nothing, and settings that would hurt on a server."""

from __future__ import annotations

from collections.abc import Iterator

from inspector_app.workspaces.versions import numbers

from .context import Context
from .django_settings import REMOVED
from .finding import INFO, WARNING, Finding, Report, evidence, finding
from .own import is_for_development, place_of_setting, setting

_NO_MAIL = ("console", "dummy", "filebased", "locmem")
_WEAK = (
    "MD5PasswordHasher",
    "UnsaltedMD5PasswordHasher",
    "SHA1PasswordHasher",
    "CryptPasswordHasher",
)


def without_effect(report: Report, context: Context) -> Iterator[Finding]:
    """Only where the release of Django is known, and nobody reads the name any more.

    What the settings themselves read has become a name of their own.
    """
    django = numbers(report["project"]["django"])
    for one in report["settings"]["changed"]:
        removed = REMOVED.get(one["name"])
        if removed is None or not django or django[:2] < removed.since:
            continue
        if context.read_by_settings(one["name"]):
            continue
        since = ".".join(map(str, removed.since))
        place = one.get("file") or "", one.get("line") or 0
        same = removed.same == one["value"]
        yield finding(
            "setting-without-effect",
            INFO if same else WARNING,
            f"{one['name']} has no effect in Django {report['project']['django']}",
            proof=[evidence(f"{one['name']} is set", place)],
            why=f"Django reads it no more since {since}, without a word"
            + ("." if same else ", so what it asks for is not done."),
            action=removed.instead,
            identifier="settings",
            about=one["name"],
        )


def _risk(report: Report, rule: str, name: str, title: str, why: str, action: str) -> Finding:
    return finding(
        rule,
        WARNING,
        title,
        proof=[evidence(f"{name} is set", place_of_setting(report, name))],
        why=why,
        action=action,
        identifier="settings",
        about=name,
    )


def debug_on_a_server(report: Report, _context: Context) -> Iterator[Finding]:
    words = report["project"]["settings"].lower().replace("_", ".").split(".")
    if setting(report, "DEBUG") is True and not {"prod", "production", "live"}.isdisjoint(words):
        yield _risk(
            report,
            "debug-in-production",
            "DEBUG",
            f"{report['project']['settings']} sets DEBUG to True",
            "Visitors would see tracebacks with settings and local variables.",
            "Set DEBUG to False there.",
        )


def risks(report: Report, _context: Context) -> Iterator[Finding]:
    """What is right on a developer's machine, in settings that are not for one."""
    if is_for_development(report):
        return
    if "*" in (setting(report, "ALLOWED_HOSTS") or []):
        yield _risk(
            report,
            "any-host-allowed",
            "ALLOWED_HOSTS",
            "ALLOWED_HOSTS lets every host name in",
            "Whoever sends a request chooses the host in the links of mails and redirects.",
            "Name the hosts of the site, unless a proxy in front checks them.",
        )
    hashers = setting(report, "PASSWORD_HASHERS") or []
    if hashers and str(hashers[0]).endswith(_WEAK):
        yield _risk(
            report,
            "weak-password-hasher",
            "PASSWORD_HASHERS",
            f"New passwords are kept with {str(hashers[0]).rpartition('.')[2]}",
            "It is made for fast tests: a stolen table of users is broken in hours.",
            "Put PBKDF2, Argon2 or scrypt first; old passwords are moved over at the next login.",
        )
    backend = str(setting(report, "EMAIL_BACKEND") or "")
    if backend.startswith("django.core.mail.backends.") and backend.split(".")[-2] in _NO_MAIL:
        yield _risk(
            report,
            "mail-goes-nowhere",
            "EMAIL_BACKEND",
            f"Mail is not sent: EMAIL_BACKEND is the {backend.split('.')[-2]} one",
            "Password resets and error reports to ADMINS never arrive.",
            "Set a backend that sends, or name these settings as those of a developer or a test.",
        )
    yield from _apps(report)


def _apps(report: Report) -> Iterator[Finding]:
    names = {app["name"] for app in report["apps"]}
    if "debug_toolbar" in names:
        yield _risk(
            report,
            "debug-toolbar-installed",
            "INSTALLED_APPS",
            "django-debug-toolbar is installed where DEBUG is off",
            "It runs in every request, and one wrong callback shows it to visitors.",
            "Add it in the settings of developers alone.",
        )
    everybody = next(
        (
            name
            for name in ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL")
            if setting(report, name) is True
        ),
        "",
    )
    if everybody and "corsheaders" in names and setting(report, "CORS_ALLOW_CREDENTIALS") is True:
        yield _risk(
            report,
            "cors-open-with-credentials",
            everybody,
            "Every website may call this one with its visitors' cookies",
            "CORS_ALLOW_CREDENTIALS with every origin allowed hands each visitor's session to "
            "any page that they open.",
            "Name the origins in CORS_ALLOWED_ORIGINS.",
        )


def order_of_middleware(report: Report, _context: Context) -> Iterator[Finding]:
    """Orders that make a middleware miss what it is for."""
    order = report.get("middleware")
    names = [
        one if isinstance(one, str) else one.get("name", "") for one in order or []
    ] or setting(report, "MIDDLEWARE")
    if not isinstance(names, list):
        return
    for late, early, why in _ORDERS:
        if late in names and early in names and names.index(late) > names.index(early):
            yield finding(
                "middleware-order",
                INFO,
                f"{late.rpartition('.')[2]} stands behind {early.rpartition('.')[2]}",
                proof=[evidence("MIDDLEWARE", place_of_setting(report, "MIDDLEWARE"))],
                why=why,
                action=f"Move {late} before {early}.",
                identifier="MIDDLEWARE",
                about=late,
            )


_ORDERS = (
    (
        "corsheaders.middleware.CorsMiddleware",
        "django.middleware.common.CommonMiddleware",
        "What CommonMiddleware answers itself, a redirect to a slash, has no CORS headers.",
    ),
    (
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "Static files go out without the security headers, and not over HTTPS alone.",
    ),
)
