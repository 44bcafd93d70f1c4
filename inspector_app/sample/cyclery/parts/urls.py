from django.urls import path

from . import views

app_name = "parts"

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("/reorder/", views.reorder, name="reorder"),
    path("<slug:sku>/", views.part, name="part"),
]
