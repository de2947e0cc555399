"""Who may do what with talk. Both camps' witnesses read the same; accounts stay aliases for all."""

from __future__ import annotations

import rules

from rukun.web.core import roles
from rukun.web.core.permissions import has_role, is_desk, is_signed_in

may_bring = has_role(roles.COORDINATOR, roles.VERIFIER, roles.TYPIST, roles.ANALYST)
may_answer = has_role(roles.COORDINATOR, roles.VERIFIER, roles.ANALYST)
may_second = has_role(roles.COORDINATOR, roles.VERIFIER)

#: Pulse, narratives, claims and released answers: the same for both camps.
rules.add_perm("talk.read", is_signed_in)
#: Single posts at the top of the queue, rings and cases: the desk, and who speaks with the camps.
rules.add_perm("talk.review", is_desk | has_role(roles.LIAISON))
rules.add_perm("talk.bring_posts", may_bring)
rules.add_perm("talk.decide", may_answer)
rules.add_perm("talk.second", may_second)
rules.add_perm("talk.answer", may_answer)
rules.add_perm("talk.refer", may_second)
rules.add_perm("talk.tune", may_second)
rules.add_perm("talk.forget", has_role(roles.COORDINATOR))
rules.add_perm("talk.rotate", has_role(roles.COORDINATOR))
