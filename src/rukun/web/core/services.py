"""Every write of the core: permission, transaction, change, ledger entry, in one function each.

Other apps build theirs on ``change``:

    with change(actor, "count.import_forms") as log:
        upload.save()
        log("count.upload.stored", upload, {"rows": 12})

``change`` opens the transaction, reads the actor again inside it (who may have been disabled or
given another role since the page was opened), refuses without the permission, and rolls back
when nothing was logged: a change without an entry is a bug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from rukun.ledger import Verdict
from rukun.web.core import chain, roles
from rukun.web.core.models import LedgerEntry, User

#: The actor of management commands and of the room itself.
SYSTEM = None
Log = Callable[..., LedgerEntry]


def record(
    actor: User | None, action: str, object: object, data: dict | None = None
) -> LedgerEntry:
    """Write one ledger entry in the running transaction. ``actor`` None is the system itself."""
    name, role = (actor.username, actor.role_code) if actor else ("system", "system")
    return chain.append(name, role, action, object_name(object), data or {})


def object_name(thing: object) -> str:
    """How the ledger names a thing: ``core.user:5`` for a model, text as it is."""
    if isinstance(thing, models.Model):
        return f"{thing._meta.label_lower}:{thing.pk}"
    return str(thing)


@contextmanager
def change(actor: User | None, permission: str, obj: object = None) -> Iterator[Log]:
    """A transaction in which ``actor`` may do what ``permission`` says; yields the log function.

    Raises ``PermissionDenied`` before anything is changed.
    """
    written: list[LedgerEntry] = []
    with transaction.atomic():
        fresh = User.objects.get(pk=actor.pk) if actor is not SYSTEM else SYSTEM
        if fresh is not SYSTEM and not (fresh.is_active and fresh.has_perm(permission, obj)):
            raise PermissionDenied(permission)

        def log(action: str, thing: object, data: dict | None = None) -> LedgerEntry:
            written.append(record(fresh, action, thing, data))
            return written[-1]

        yield log
        if not written:
            raise RuntimeError(f"{permission}: the change was not written to the ledger")


def create_user(actor: User | None, user: User, password: str | None = None) -> User:
    """Let a new person in. Without ``password`` they choose one by ``sign_in_link``."""
    with change(actor, "core.manage_people") as log:
        user.username = user.username.lower()
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(force_insert=True)
        log("core.user.created", user, _facts(user))
    return user


def change_user(actor: User | None, user: User, **fields: object) -> User:
    """Give a person another name, address, role, camp or area."""
    with change(actor, "core.manage_people", user) as log:
        kept = User.objects.select_for_update().get(pk=user.pk)
        before = _facts(kept)
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.full_clean()
        kept.save(update_fields=[*fields])
        log("core.user.changed", kept, {"before": before, "after": _facts(kept)})
    return kept


def set_active(actor: User | None, user: User, active: bool) -> User:
    """Disable a person, which ends all their sessions at once, or let them in again."""
    with change(actor, "core.manage_people", user) as log:
        kept = User.objects.select_for_update().get(pk=user.pk)
        if actor is not SYSTEM and kept.pk == actor.pk:
            raise PermissionDenied("nobody disables themselves")
        kept.is_active = active
        kept.save(update_fields=["is_active"])
        if not active:
            end_sessions(kept)
        log("core.user.enabled" if active else "core.user.disabled", kept, _facts(kept))
    return kept


def end_sessions(user: User) -> None:
    """End every session of this person, also those that allauth does not list."""
    UserSession.objects.filter(user=user).delete()
    for session in Session.objects.all().iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def sign_in_link(actor: User | None, user: User) -> str:
    """The path, good for a day and once, where this person chooses a password of their own."""
    with change(actor, "core.manage_people", user) as log:
        kept = User.objects.get(pk=user.pk, is_active=True)
        key = f"{user_pk_to_url_str(kept)}-{default_token_generator.make_token(kept)}"
        log("core.user.link_made", kept, _facts(kept))
    uid, _, token = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})


def check_ledger(actor: User | None) -> Verdict:
    """Verify the whole chain and put the result on record."""
    verdict = chain.check()
    with change(actor, "core.check_ledger") as log:
        log(
            "core.ledger.checked",
            "core.ledger",
            {
                "rows": verdict.count,
                "head": verdict.head,
                "sound": verdict.sound,
                "seq": verdict.seq,
                "reason": verdict.reason,
            },
        )
    return verdict


def _facts(user: User) -> dict:
    return {
        "username": user.username,
        "role": user.role,
        "camp": user.camp,
        "place": user.place,
        "active": user.is_active,
    }


def exercise_people() -> list[tuple[str, str, int | None]]:
    """(name to sign in, role, camp) of the exercise log-ins: one of each role, both camps."""
    names = {roles.COORDINATOR: "koordinator", roles.VERIFIER: "verifikator"}
    names |= {roles.TYPIST: "pengentri", roles.ANALYST: "analis"}
    names |= {roles.LIAISON: "penghubung", roles.VIEWER: "pembaca"}
    people: list[tuple[str, str, int | None]] = [(n, role, None) for role, n in names.items()]
    witnesses = [(f"saksi{camp}", roles.WITNESS, camp) for camp in (1, 2)]
    return people[:3] + witnesses + people[3:]
