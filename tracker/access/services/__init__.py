"""Every write of people and of what they may do: accounts, memberships, invitations; and how somebody leaves."""

from .invitations import (
    accept_by_password,
    accept_by_provider,
    find_invitation,
    invite_again,
    invite_person,
    take_back_invitation,
)
from .leaving import Forget, close_account, forgets, remove_second_factor
from .people import (
    MEMBERSHIP_FIELDS,
    PERSON_FIELDS,
    create_person,
    grant_membership,
    keeping_an_administrator,
    not_locking_out,
    save_membership,
    save_memberships,
    save_people,
    save_person,
)

__all__ = [
    "MEMBERSHIP_FIELDS",
    "PERSON_FIELDS",
    "Forget",
    "accept_by_password",
    "accept_by_provider",
    "close_account",
    "create_person",
    "find_invitation",
    "forgets",
    "grant_membership",
    "invite_again",
    "invite_person",
    "keeping_an_administrator",
    "not_locking_out",
    "remove_second_factor",
    "save_membership",
    "save_memberships",
    "save_people",
    "save_person",
    "take_back_invitation",
]
