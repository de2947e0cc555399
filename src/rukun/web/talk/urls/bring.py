"""Addresses of bringing posts, of the work, and of the screen."""

from django.urls import path

from rukun.web.talk.views import bring, screen

urlpatterns = [
    path("bring/", bring.files_page, name="files"),
    path("bring/work/", bring.work_now, name="work"),
    path("bring/all/", bring.store_all, name="file_store_all"),
    path("bring/state/", bring.work_state, name="work_state"),
    path("bring/<int:number>/", bring.file_page, name="file"),
    path("bring/<int:number>/problems.csv", bring.problems, name="file_problems"),
    path("bring/<int:number>/store/", bring.store, name="file_store"),
    path("bring/<int:number>/reject/", bring.reject, name="file_reject"),
    path("screen/", screen.screen_page, name="screen"),
    path("screen/card/", screen.card_page, name="card"),
]
