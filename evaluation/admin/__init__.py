"""Surveys at the desk: written as drafts, then opened, closed and read."""

from evaluation.admin.surveys import SurveyAdmin

__all__ = ["SurveyAdmin"]
