"""A text full of secrets, and which of its words they are."""

from __future__ import annotations

from inspector_app.redaction.secret import Secret

KNOWN = [
    Secret("STRIPE_SECRET", "Xy7-Known-Value-99"),
    Secret("PASSWORD", "it's\\a\"quoted-Value7"),
    Secret("BROKER_PASSWORD", "k1known2"),
    Secret("PASSWORD", "hunter2"),
]
GENERATED = "django-insecure-a1b2c3!@#$%^&*(-_=+)qwertyuiopasdfgh"
PEM = "".join(f"{letter * 8}MIIEowIBAAKCAQEA{letter * 40}\n" for letter in "abcdef")
TEXT = rf"""SECRET_KEY = '{GENERATED}'
+ DATABASES = {{'default': {{'PASSWORD': 'pw1', 'HOST': 'localhost', 'NAME': "it's"}}}}
CACHES = {{'default': {{'LOCATION': 'redis://:pw2@localhost:6379/1'}}}}
SECRET_KEY_FALLBACKS = ['pw3', 'pw4']
API_TOKEN = <SimpleLazyObject: 'pw5'>
STRIPE = {{'key': 'sk_live_pw6abcdefghij', 'own': {{'client_secret': 'p"q\'pw7'}}}}
ö postgres://app:pw8@ss@db:5432/shop refused
GET /x?token=pw9abc&b=1
    Client(password="pwA", token=settings.TOKEN)
Authorization: Bearer pwBbcd
{{"password": "pbkdf2_sha256$1$salt$pwC=", "key": "x"}}
export DB_PASSWORD=pwD foo
here Xy7-Known-Value-99, 'it\'s\\a"quoted-Value7' and "it's\\a\"quoted-Value7"
a k1known2 stands, k1known2x does not; password=hunter2 does
-----BEGIN RSA PRIVATE KEY-----
{PEM}-----END RSA PRIVATE KEY-----
{{'SIGNING_KEY': 'pwEaaaaaaaaaaaaaaaaaaaa'
                'pwFbbbbbbbbbbbbbbbbbbbb',
 'NAME': 'x'}}
eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.pwGDEF123_-x done
AKIAABCDEFGHIJKLMNOP ghp_pwHbcdefghijklmnopqrstuvwxyz0123
System check identified no issues (0 silenced)."""
REDACTED = """SECRET_KEY = '[redacted: SECRET_KEY]'
+ DATABASES = {'default': {'PASSWORD': '[redacted: PASSWORD]', 'HOST': 'localhost', 'NAME': "it's"}}
CACHES = {'default': {'LOCATION': 'redis://:[redacted: password]@localhost:6379/1'}}
SECRET_KEY_FALLBACKS = ['[redacted: SECRET_KEY_FALLBACKS]', '[redacted: SECRET_KEY_FALLBACKS]']
API_TOKEN = [redacted: API_TOKEN]
STRIPE = {'key': '[redacted: Stripe key]', 'own': {'client_secret': '[redacted: client_secret]'}}
ö postgres://app:[redacted: password]@db:5432/shop refused
GET /x?token=[redacted: token]&b=1
    Client(password="[redacted: password]", token=settings.TOKEN)
Authorization: Bearer [redacted: Authorization]
{"password": "[redacted: password]", "key": "x"}
export DB_PASSWORD=[redacted: DB_PASSWORD] foo
here [redacted: STRIPE_SECRET], '[redacted: PASSWORD]' and "[redacted: PASSWORD]"
a [redacted: BROKER_PASSWORD] stands, k1known2x does not; password=[redacted: password] does
-----BEGIN RSA PRIVATE KEY-----
[redacted: private key]
-----END RSA PRIVATE KEY-----
{'SIGNING_KEY': '[redacted: SIGNING_KEY]'
                '[redacted: SIGNING_KEY]',
 'NAME': 'x'}
[redacted: JSON web token] done
[redacted: AWS access key] [redacted: GitHub token]
System check identified no issues (0 silenced)."""
