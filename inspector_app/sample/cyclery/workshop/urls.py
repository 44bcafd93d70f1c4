from django.urls import path

from . import views

app_name = "workshop"

urlpatterns = [
    path("", views.board, name="board"),
    path("orders/<int:pk>/", views.OrderDetail.as_view(), name="order"),
    path("orders/<int:pk>/close/", views.close, name="close"),
]
