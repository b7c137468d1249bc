"""The addresses whose POST carries no token: this list, and no other."""

from django.urls import URLPattern, get_resolver

SMALL_POSTS_OF_PUBLIC_PAGES = {
    "preferences",
    "question_interest",
    "question_verdict",
    "ask_now",
    "verify_file",
    "screen_alive",
    "poll_answer",
    "evaluate_answer",
}
ONE_CLICK_STOP = {"follow_stop", "invitation_stop"}


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


def test_no_other_address_takes_a_post_without_a_token():
    found = list(patterns(get_resolver()))
    exempt = {p.name for p in found if getattr(p.callback, "csrf_exempt", False)}
    assert exempt == SMALL_POSTS_OF_PUBLIC_PAGES | ONE_CLICK_STOP
    guarded = {p.name for p in found if getattr(p.callback, "same_origin", False)}
    assert guarded == SMALL_POSTS_OF_PUBLIC_PAGES
