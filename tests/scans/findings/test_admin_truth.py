"""What Django really asks the database, beside what the rule about lists of the admin says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.scans.scan import scan
from inspector_app.workspaces import trust
from inspector_app.workspaces.opening import open_path

pytestmark = pytest.mark.django_db(transaction=True)

MODELS = """
from django.db import models

class Customer(models.Model):
    name = models.CharField(max_length=9)

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    rival = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+")

class Free(Order):
    class Meta:
        proxy = True

class Named(Order):
    class Meta:
        proxy = True

class Whole(Order):
    class Meta:
        proxy = True

class Asked(Order):
    class Meta:
        proxy = True

class Joining(models.Manager):
    def get_queryset(self):
        return super().get_queryset().select_related("rival", "customer")

class Managed(Order):
    objects = Joining()
    class Meta:
        proxy = True
"""
ADMIN = """
from django.contrib import admin
from .models import Asked, Free, Managed, Named, Order, Whole

@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["id", "customer", "rival"]

@admin.register(Free)
class FreeAdmin(admin.ModelAdmin):
    list_display = ["id", "customer"]

@admin.register(Named)
class NamedAdmin(admin.ModelAdmin):
    list_display = ["id", "customer", "rival"]
    list_select_related = ["rival"]

@admin.register(Whole)
class WholeAdmin(admin.ModelAdmin):
    list_display = ["id", "customer", "rival"]
    list_select_related = ["customer", "rival"]

@admin.register(Asked)
class AskedAdmin(admin.ModelAdmin):
    list_display = ["id", "customer", "rival"]
    def get_queryset(self, request):
        return super().get_queryset(request).select_related("customer", "rival")

@admin.register(Managed)
class ManagedAdmin(admin.ModelAdmin):
    list_display = ["id", "customer", "rival"]
"""
COUNT = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
import django
django.setup()
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
connection.settings_dict["NAME"] = ":memory:"
call_command("migrate", run_syncdb=True, verbosity=0)
from orders.models import Customer, Order
customers = [Customer.objects.create(name=str(n)) for n in range(20)]
for one in customers:
    Order.objects.create(customer=one, rival=one)
request = RequestFactory().get("/")
request.user = User(is_superuser=True, is_active=True, is_staff=True)
counted = {}
for model, options in admin.site._registry.items():
    if model._meta.app_label == "orders":
        changes = options.get_changelist_instance(request)
        with CaptureQueriesContext(connection) as asked:
            for row in changes.queryset:
                for name in options.list_display:
                    str(getattr(row, name))
        counted[model.__name__] = len(asked)
print(json.dumps(counted))
"""

TOLD = ["NamedAdmin.list_display names customer", "OrderAdmin.list_display names rival"]


def test_the_lists_that_are_told_are_those_that_ask_in_every_row(project: Path) -> None:
    (project / "orders" / "models.py").write_text(MODELS)
    (project / "orders" / "admin.py").write_text(ADMIN)
    # Without migrations its tables are made from the models.
    shutil.rmtree(project / "orders" / "migrations")
    done = subprocess.run(
        [sys.executable, "-c", COUNT], cwd=project, capture_output=True, text=True, check=True
    )
    asked = json.loads(done.stdout)
    workspace = open_path(project)
    trust.grant(workspace)

    [finding] = [
        one for one in scan(workspace).report["findings"] if one["id"] == "list_select_related"
    ]

    assert asked == {"Order": 21, "Free": 1, "Named": 21, "Whole": 1, "Asked": 1, "Managed": 1}
    assert [one["text"] for one in finding["evidence"]] == TOLD
    trust.withdraw(workspace)
    [finding] = [
        one for one in scan(workspace).report["findings"] if one["id"] == "list_select_related"
    ]
    assert [one["text"] for one in finding["evidence"]] == TOLD
