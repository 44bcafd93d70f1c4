from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("workshop.urls")),
    path("customers/", include("customers.urls")),
    path("parts/", include("parts.urls")),
    path("billing/", include("billing.urls")),
]
