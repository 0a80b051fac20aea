"""Every address of the guide."""

from django.contrib import admin
from django.urls import include, path

from guide import health

handler400 = "guide.errors.bad_request"
handler404 = "guide.errors.page_not_found"
handler500 = "guide.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("guide.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("guide.web.urls")),
]
