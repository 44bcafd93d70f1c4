from django.urls import path

from . import views

app_name = "billing"

urlpatterns = [
    path("<slug:number>/", views.invoice, name="invoice"),
    path("<slug:number>/payments/", views.payments, name="payments"),
]
