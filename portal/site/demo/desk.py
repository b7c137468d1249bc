"""The demonstration's desk: which office usually answers what, and texts that are used often."""

from pathlib import Path

from entity.models import Office, Topic
from portal.site.demo.timeline import read
from questions.models import TextTemplate, TopicRule


def load(directory: Path) -> None:
    """Add what is missing. What somebody changed in the desk stays as it is."""
    data = read(directory / "desk.toml")
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    offices = {office.code: office for office in Office.objects.all()}
    for row in data["topic_rules"]:
        TopicRule.objects.get_or_create(
            topic=topics[row["topic"]],
            municipality_id=row.get("municipality"),
            defaults={"office": offices[row["office"]]},
        )
    for row in data["text_templates"]:
        TextTemplate.objects.get_or_create(
            use=row["use"], title=row["title"], defaults={"text": row["text"]}
        )
