"""Contributions, answers and kinds of petition in the staff desk."""

from questions.admin import answers, contributions, mailbox, petitions, rules, text_templates

__all__ = ["answers", "contributions", "mailbox", "petitions", "rules", "text_templates"]
