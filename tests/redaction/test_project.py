"""Where a project's secrets are read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector_app.models import Workspace
from inspector_app.redaction.project import redactor_for
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)


def opened(project: Path, settings: str = "", **files: str) -> Workspace:
    with (project / "shop" / "settings.py").open("a") as file:
        file.write("\n" + settings)
    for name, text in files.items():
        (project / name).write_text(text)
    return open_path(project)


@pytest.mark.parametrize(
    "settings",
    [
        "SECRET_KEY = 'a-Value-0f-mine'",
        "SECRET_KEY = 'a-Value' + '-0f-mine'",
        "import os\nSECRET_KEY = os.environ.get('KEY', 'a-Value-0f-mine')",
        "if not DEBUG:\n    SECRET_KEY = 'a-Value-0f-mine'\nelse:\n    SECRET_KEY = 'b'",
        "SECRET_KEY_FALLBACKS = ['old', b'a-Value-0f-mine']",
        "A = {'B': [{'api_key': 'a-Value-0f-mine'}]}",
        "SECRETS = {'acme': {'live': 'a-Value-0f-mine'}}",
        "DATABASES['x'] = {}\nDATABASES['x']['PASSWORD'] = 'a-Value-0f-mine'",
        "CACHES = {'default': {'LOCATION': 'redis://:a-Value-0f-mine@localhost/1'}}",
        "import a\nDATABASES['default'] = a.config('postgres://u:a-Value-0f-mine@h/x')",
        "import a\na.connect(host='h', password='a-Value-0f-mine')",
        "import environ\nTOKEN = environ.Env()('TOKEN', default='a-Value-0f-mine')",
        "from .more import *",
    ],
)
def test_a_secret_in_the_settings_is_known(project: Path, settings: str) -> None:
    (project / "shop" / "more.py").write_text("API_TOKEN = 'a-Value-0f-mine'\n")
    redactor = redactor_for(opened(project, settings))

    assert "a-Value-0f-mine" not in redactor.text("it is a-Value-0f-mine here")
    assert redactor.count == 1


@pytest.mark.parametrize(
    "text",
    [
        "SHOP_SECRET=a-Value-0f-mine\n",
        "export SHOP_SECRET='a-Value-0f-mine'  # ours\n",
        'A=1\nSHOP_SECRET="a-Value-0f-mine"\n',
        "DATABASE_URL=postgres://u:a-Value-0f-mine@h/x\n",
        'SHOP_KEY="-----BEGIN PRIVATE\na-Value-0f-mine+1234567\n-----END"\n',
    ],
)
@pytest.mark.parametrize("name", [".env", ".env.local", "prod.env"])
def test_a_secret_in_an_env_file_is_known(project: Path, name: str, text: str) -> None:
    redactor = redactor_for(opened(project, **{name: text}))

    assert "a-Value-0f-mine" not in redactor.text("it is a-Value-0f-mine+1234567 here")


def test_an_example_of_an_env_file_tells_no_secret(project: Path) -> None:
    redactor = redactor_for(opened(project, **{".env.example": "SHOP_SECRET=a-Value-0f-mine\n"}))

    assert redactor.text("it is a-Value-0f-mine here") == "it is a-Value-0f-mine here"


def test_a_name_in_a_call_is_no_secret(project: Path) -> None:
    redactor = redactor_for(
        opened(project, "import os\nTOKEN = os.environ['SHOP_API_TOKEN_NAMED']")
    )

    assert redactor.text("set SHOP_API_TOKEN_NAMED, please") == "set SHOP_API_TOKEN_NAMED, please"


def test_settings_that_cannot_be_read_leave_the_patterns(project: Path) -> None:
    redactor = redactor_for(
        opened(project, "SECRET_KEY = (", **{".env": "A_SECRET=a-Value-0f-mine"})
    )

    assert redactor.text("postgres://u:p@h a-Value-0f-mine") == (
        "postgres://u:[redacted: password]@h [redacted: A_SECRET]"
    )
