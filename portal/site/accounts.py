"""Accounts are for the staff; an administrator makes them."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: citizens need no account."""

    def is_open_for_signup(self, request):
        return False
