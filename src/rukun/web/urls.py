"""Addresses of the site: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("rukun.web.core.urls")),
    path("", include("rukun.web.count.urls")),
    path("talk/", include("rukun.web.talk.urls")),
]

handler400 = "rukun.web.core.errors.bad_request"
handler403 = "rukun.web.core.errors.forbidden"
handler404 = "rukun.web.core.errors.not_found"
handler500 = "rukun.web.core.errors.server_error"
