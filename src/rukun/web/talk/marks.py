"""Icons, words and meanings of the labels of posts and the verdicts on rings and claims."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rukun.web.core.marks import Mark

LABELS: dict[str, Mark] = {
    "none": Mark(
        "dot", pgettext_lazy("label", "ordinary"), _("Protected or everyday speech: nothing to do.")
    ),
    "hostile": Mark(
        "bang",
        pgettext_lazy("label", "hostile"),
        _("Degrades people; neither threatens nor calls."),
    ),
    "threat": Mark(
        "cross", pgettext_lazy("label", "threat"), _("Announces harm, or lets it be understood.")
    ),
    "incite": Mark("cross", pgettext_lazy("label", "incitement"), _("Calls on others to do harm.")),
    "claim": Mark("info", pgettext_lazy("label", "claim"), _("A statement about the count.")),
    "help": Mark("info", pgettext_lazy("label", "in need"), _("Somebody may need help.")),
}
MODES = {
    "call": pgettext_lazy("mode", "a call"),
    "condition": pgettext_lazy("mode", "a condition"),
    "assert": pgettext_lazy("mode", "a statement"),
    "quote": pgettext_lazy("mode", "a quotation"),
    "negate": pgettext_lazy("mode", "a denial"),
    "report": pgettext_lazy("mode", "a report"),
    "joke": pgettext_lazy("mode", "a joke"),
}
RINGS: dict[str, Mark] = {
    "strong": Mark(
        "differ",
        pgettext_lazy("ring", "strong"),
        _("More than chance, and not explained by a common favourite."),
    ),
    "look": Mark(
        "eye", pgettext_lazy("ring", "to look at"), _("More than chance; may be loyal supporters.")
    ),
    "known": Mark("check", pgettext_lazy("ring", "known"), _("They act together openly.")),
}
VERDICTS: dict[str, Mark] = {
    "agrees": Mark("check", pgettext_lazy("claim", "agrees"), _("The forms say the same.")),
    "differs": Mark("differ", pgettext_lazy("claim", "differs"), _("The forms say otherwise.")),
    "cannot_be_said": Mark(
        "blank", pgettext_lazy("claim", "cannot be said"), _("The forms do not settle it.")
    ),
}
#: The pulse of a place on a day: unknown is never calm.
PULSE: dict[str, Mark] = {
    "rise": Mark(
        "bang",
        pgettext_lazy("pulse", "higher than usual"),
        _("The hostile share lies beyond what usual days give by chance."),
    ),
    "raised": Mark(
        "eye",
        pgettext_lazy("pulse", "raised, no alarm"),
        _(
            "Higher than usual, not beyond the alarm bar: its 95 % interval lies above the usual"
            " share. Chance gives such days now and then."
        ),
    ),
    "usual": Mark(
        "check",
        pgettext_lazy("pulse", "as usual"),
        _("The hostile share lies within what usual days give by chance."),
    ),
    "unknown": Mark(
        "blank",
        pgettext_lazy("pulse", "cannot be said"),
        _("Too little is known to say anything. That is not calm."),
    ),
}
#: Steps of a work, as ``rukun.talk.digest.STEPS`` names them.
STEPS = {
    "screen": _("reading the posts"),
    "places": _("finding the places"),
    "narratives": _("joining what says the same"),
    "coordination": _("looking for accounts that act together"),
    "claims": _("finding claims about the count"),
    "pulse": _("working out the pulse"),
    "keeping": _("keeping what was found"),
}
POST_KINDS = {
    "post": pgettext_lazy("kind of post", "posts"),
    "repost": pgettext_lazy("kind of post", "reposts"),
    "comment": pgettext_lazy("kind of post", "comments"),
}
