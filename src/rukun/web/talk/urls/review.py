"""Addresses of the queue, cases, agreement and referrals."""

from django.urls import path

from rukun.web.talk.views import agreement, blind, refer, review

urlpatterns = [
    path("review/", review.queue_page, name="queue"),
    path("review/open/", review.open_case, name="case_open"),
    path("review/<int:number>/", review.case_page, name="case"),
    path("review/<int:number>/step/", review.step, name="case_step"),
    path("review/<int:number>/sealed/", review.sealed, name="case_sealed"),
    path("review/<int:number>/blind/", blind.blind_page, name="blind"),
    path("review/<int:number>/blind/leave/", blind.leave, name="blind_leave"),
    path("review/<int:number>/refer/", refer.request_page, name="refer"),
    path("review/agreement/", agreement.agreement_page, name="agreement"),
    path("review/calibration/use/", agreement.use, name="calibration_use"),
    path("review/calibration/end/", agreement.end, name="calibration_end"),
    path("referrals/", refer.referrals_page, name="referrals"),
    path("referrals/<int:number>/", refer.referral_page, name="referral"),
    path("referrals/<int:number>/step/", refer.step, name="referral_step"),
    path("referrals/<int:number>/show/", refer.show, name="referral_show"),
]
