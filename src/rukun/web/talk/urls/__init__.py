"""Addresses of talk: what is read, what is reviewed, what is brought."""

from rukun.web.talk.urls import bring, read, review

app_name = "talk"
urlpatterns = [*read.urlpatterns, *review.urlpatterns, *bring.urlpatterns]
