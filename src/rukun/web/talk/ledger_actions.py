"""Talk's entries of the ledger in words."""

from django.utils.translation import gettext_lazy as _

from rukun.web.core.actions import register

register(
    {
        "talk.file.previewed": _("looked at a file of posts"),
        "talk.file.stored": _("took in a file of posts"),
        "talk.file.rejected": _("turned a file of posts away"),
        "talk.posts.forgotten": _("deleted posts whose time was over"),
        "talk.key.changed": _("changed the key of the aliases"),
        "talk.key.followed": _("finished a change of the key that was broken off"),
        "talk.work.asked": _("asked for the posts to be worked through"),
        "talk.work.done": _("worked through the posts"),
    }
)
register(
    {
        "talk.case.opened": _("opened a case"),
        "talk.case.claim": _("took a case"),
        "talk.case.take_over": _("took over a case whose time was over"),
        "talk.case.extend": _("kept a case longer"),
        "talk.case.release": _("gave a case back"),
        "talk.case.relabel": _("changed the label of a case"),
        "talk.case.settle": _("decided a case"),
        "talk.case.propose": _("put a decision to a second person"),
        "talk.case.take_back": _("took a proposal back"),
        "talk.case.confirm": _("confirmed a decision as the second person"),
        "talk.case.return": _("returned a decision as the second person"),
        "talk.case.close": _("closed a case"),
        "talk.case.reopen": _("opened a case again"),
        "talk.case.read_blind": _("read a case without seeing the first reading"),
        "talk.case.blind_left": _("left a second reading to somebody else"),
        "talk.case.sealed": _("downloaded the sealed folder of a case"),
        "talk.calibration.used": _("put the desk’s own calibration in use"),
        "talk.calibration.ended": _("went back to the screen’s own curve"),
        "talk.referral.requested": _("asked for a referral"),
        "talk.referral.approve": _("agreed to a referral"),
        "talk.referral.show": _("was shown a handle, once"),
        "talk.referral.refuse": _("refused a referral"),
        "talk.referral.withdraw": _("withdrew a referral"),
        "talk.referral.expire": _("the time of a referral ended"),
        "talk.answer.released": _("released an answer to a claim"),
        "talk.answer.withdrawn": _("withdrew an answer to a claim"),
        "talk.group.known": _("put down that accounts act together openly"),
        "talk.group.ended": _("ended a known group"),
    }
)
