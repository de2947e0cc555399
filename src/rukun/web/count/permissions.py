"""Who may do what with the count. Both camps' witnesses have the same rights, each for its own."""

from __future__ import annotations

import rules

from rukun.web.core import roles
from rukun.web.core.permissions import camp_of, has_role

may_bring = has_role(roles.COORDINATOR, roles.VERIFIER, roles.TYPIST, roles.WITNESS)
may_judge = has_role(roles.COORDINATOR, roles.VERIFIER)

rules.add_perm("count.bring_forms", may_bring)
rules.add_perm("count.judge", may_judge)


def own_source(user: object) -> str:
    """The source a witness speaks for, else ``""``."""
    camp = camp_of(user)
    return f"witness:{camp}" if camp else ""
