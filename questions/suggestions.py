"""Which office usually answers: a proposal of the rules, which a person takes or not."""

from django.db.models import F, Q

from entity.models import Office
from questions.models import Question, TopicRule


def rule_for(question: Question) -> TopicRule | None:
    """The rule for topic and municipality, else the one for the topic alone; one query."""
    of_topic = TopicRule.objects.filter(topic=question.topic_id, office__is_active=True)
    fits = Q(municipality=None)
    if question.municipality_id:
        fits |= Q(municipality=question.municipality_id)
    rules = of_topic.filter(fits).select_related("office", "topic", "municipality")
    return rules.order_by(F("municipality").desc(nulls_last=True)).first()


def suggested_office(question: Question) -> Office | None:
    rule = rule_for(question)
    return rule.office if rule else None
