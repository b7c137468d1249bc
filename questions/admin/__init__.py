"""Contributions, answers and kinds of petition in the staff desk."""

from questions.admin import answers, contributions, petitions

__all__ = ["answers", "contributions", "petitions"]
