"""Addresses of the API. None has a slash at the end."""

from django.urls import path, re_path

from guide.api import views

app_name = "api"
urlpatterns = [
    path("v1/lookup", views.LookupView.as_view(), name="lookup"),
    path("v1/meta", views.MetaView.as_view(), name="meta"),
    re_path(r"", views.UnknownAddressView.as_view(), name="unknown"),
]
