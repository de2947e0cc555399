"""Addresses of the count."""

from django.urls import path

from rukun.web.count import findings, uploads, views

app_name = "count"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("c/<slug:contest>/", views.contest_page, name="contest"),
    path("c/<slug:contest>/p/<slug:code>/", views.place_page, name="place"),
    path("c/<slug:contest>/trail/<int:number>/", views.trail_page, name="trail"),
    path("rules/", views.rules_page, name="rules"),
    path("rules/<slug:code>/", views.rule_page, name="rule"),
    path("findings/", findings.findings_page, name="findings"),
    path("findings/export.<slug:kind>", findings.export, name="findings_export"),
    path("findings/<slug:mark>/explain/", findings.explain, name="explain"),
    path("forms/<int:number>/accept/", findings.accept, name="accept"),
    path("bring/", uploads.uploads_page, name="uploads"),
    path("bring/template.<slug:kind>", uploads.template, name="template"),
    path("bring/<int:number>/", uploads.upload_page, name="upload"),
    path("bring/<int:number>/problems.csv", uploads.problems, name="upload_problems"),
    path("bring/<int:number>/store/", uploads.store, name="upload_store"),
    path("bring/<int:number>/reject/", uploads.reject, name="upload_reject"),
]
