"""What visitors say about a published contribution without an account: interest and verdicts.

A second press of the same person changes nothing and gets the same answer as the first.
"""

from datetime import timedelta

from django.db.models import Count, Q

from portal.base import addresses, clock
from questions import guard
from questions.models import Answer, AnswerVote, Interest, Question

# A hall behind one address may raise a hundred hands in ten minutes; a program wants thousands.
WINDOW, MOST_PER_ADDRESS = timedelta(minutes=10), 120
# And one network about one contribution in a day: other browsers of it are not other people.
DAY, MOST_PER_NETWORK = timedelta(days=1), 15
# A voice is a row of ours; a follow makes us write to an address that anybody may type.
MOST_MAILS_PER_ADDRESS = 30
# Fewer verdicts than these say more of single readers than of the answer.
FEWEST_SHOWN = 5
NEWEST = 500
COMMENT_LETTERS = AnswerVote._meta.get_field("comment").max_length


def is_flood(address: str, at=None) -> bool:
    """Count one more voice of an address, and say whether it is one too many."""
    key = addresses.limit_key(address)
    return addresses.count("voice", key, window=WINDOW, at=at) > MOST_PER_ADDRESS


def is_mail_flood(address: str, at=None) -> bool:
    """Count one more message that an address wants us to write, and say whether it is too many."""
    key = addresses.limit_key(address)
    return addresses.count("voice-mail", key, window=WINDOW, at=at) > MOST_MAILS_PER_ADDRESS


def _is_crowd(question: Question, address: str | None, at=None) -> bool:
    """Count one more voice about a contribution from a network that is no hall of its event, and
    say whether it is one too many for a day. None is for voices that came through no network."""
    if address is None or guard.is_hall(address, question.event):
        return False
    key = f"{addresses.shortened(address)}|{question.pk}"
    return addresses.count("voice-of-day", key, window=DAY, at=at) > MOST_PER_NETWORK


def add_interest(question: Question, *, person: str, address: str | None = None, at=None) -> None:
    """One person more wants this answered, while it is open and its network has voices left."""
    said = question.interests.filter(person=person)
    if question.is_open and not said.exists() and not _is_crowd(question, address, at):
        row = Interest(question=question, person=person, at=clock.now(at))
        Interest.objects.bulk_create([row], ignore_conflicts=True)


def add_verdict(
    answer: Answer,
    *,
    person: str,
    value: str,
    comment: str = "",
    address: str | None = None,
    at=None,
) -> None:
    """What a reader says of an edition; the first word of a person stands."""
    said = answer.votes.filter(person=person)
    if said.exists() or _is_crowd(answer.question, address, at):
        return
    row = AnswerVote(answer=answer, person=person, value=value, comment=comment, at=clock.now(at))
    AnswerVote.objects.bulk_create([row], ignore_conflicts=True)


def set_author_verdict(answer: Answer, *, value: str, comment: str = "", at=None) -> None:
    """What the author says of an edition. Proved to be one by the code, so it may change."""
    AnswerVote.objects.update_or_create(
        answer=answer,
        person=addresses.keyed_hash("author-verdict", str(answer.question_id)),
        defaults={"value": value, "comment": comment, "is_author": True, "at": clock.now(at)},
    )


def author_verdict(answer: Answer) -> AnswerVote | None:
    return answer.votes.filter(is_author=True).first()


def with_verdicts(answers):
    """Editions with how many said each word of them."""
    counts = {
        f"said_{value}": Count("votes", filter=Q(votes__value=value))
        for value in AnswerVote.Value.values
    }
    return answers.annotate(**counts)


def shown_verdicts(answer: Answer) -> dict[str, int]:
    """How many said each word of an edition; empty where they are too few to be shown."""
    numbers = {value: getattr(answer, f"said_{value}") for value in AnswerVote.Value.values}
    return numbers if sum(numbers.values()) >= FEWEST_SHOWN else {}


def events_heard(since) -> set[str | None]:
    """The events whose contributions got a voice since an instant; None is for those without."""
    interests = Interest.objects.order_by("-pk").values_list("at", "question__event__slug")
    verdicts = AnswerVote.objects.order_by("-pk").values_list("at", "answer__question__event__slug")
    newest = (*interests[:NEWEST], *verdicts[:NEWEST])
    return {slug for at, slug in newest if at >= since}


def comments_for_office(question: Question):
    """What readers said is missing: the author first, proved by the code, then the newest.

    Never public, and all of them: many from one reader must not push the others off the list.
    """
    said = AnswerVote.objects.filter(answer__question=question).exclude(comment="")
    return said.select_related("answer").order_by("-is_author", "-at", "-pk")
