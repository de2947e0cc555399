"""Addresses of the core."""

from allauth.account import views as account_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from rukun.web.core import ledger_views, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("ledger/check/", ledger_views.check, name="ledger_check"),
    path("ledger/<int:seq>/", ledger_views.entry, name="ledger_entry"),
    path("people/", views.people, name="people"),
    path("people/new/", views.add_person, name="person_new"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/active/", views.person_active, name="person_active"),
    path("people/<int:pk>/link/", views.person_link, name="person_link"),
    # No sign-up, no mail: what allauth would show there is answered by our own pages.
    path("account/", views.account, name="account"),
    path("account/email/", views.account, name="account_email"),
    path("account/signup/", views.forgotten, name="account_signup"),
    path("account/password/reset/", views.forgotten, name="account_reset_password"),
    path("account/login/", account_views.login, name="account_login"),
    path("account/", include("allauth.urls")),
]
