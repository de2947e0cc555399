"""Addresses of what is read: pulse, narratives, claims, rings."""

from django.urls import path

from rukun.web.talk.views import claims, narratives, pulse, rings

urlpatterns = [
    path("", pulse.pulse_page, name="pulse"),
    path("narratives/", narratives.narratives_page, name="narratives"),
    path("narratives/<slug:code>/", narratives.narrative_page, name="narrative"),
    path("claims/", claims.claims_page, name="claims"),
    path("claims/<slug:code>/", claims.claim_page, name="claim"),
    path("claims/<slug:code>/release/", claims.release, name="claim_release"),
    path("claims/<slug:code>/withdraw/<int:number>/", claims.withdraw, name="claim_withdraw"),
    path("rings/", rings.rings_page, name="rings"),
    path("rings/<slug:code>/", rings.ring_page, name="ring"),
    path("rings/<slug:code>/pairs.<str:kind>", rings.export, name="ring_export"),
    path("rings/<slug:code>/known/", rings.know, name="ring_know"),
    path("groups/<int:number>/end/", rings.end, name="group_end"),
]
