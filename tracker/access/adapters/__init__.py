"""How sign-in behaves here, and in which words: allauth asks these, by the settings that name them."""

from .accounts import GivenAccounts
from .factors import SecondFactors
from .provider import TiedAccounts

__all__ = ["GivenAccounts", "SecondFactors", "TiedAccounts"]
