"""Templates obey the content security policy, and load nothing from another host."""

import re

import pytest

from tests.house.sources import ROOT, name_of, templates, text_of

COMMENT = re.compile(
    r"\{#.*?#\}|\{%\s*comment\s.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL
)
TAG = re.compile(r"<[a-zA-Z](?:\"[^\"]*\"|'[^']*'|\{%.*?%\}|\{\{.*?\}\}|[^>\"'])*>", re.DOTALL)
SCRIPT = re.compile(r"<script\b((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>", re.IGNORECASE)
STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
LOADING = re.compile(
    r"^<(link|script|img|iframe|source|video|audio|object|embed|use|image)\b", re.I
)
ADDRESS = re.compile(
    r"\b(?:src|href|srcset|data|poster|xlink:href)\s*=\s*[\"']?\s*(?:[a-z]+:)?//", re.IGNORECASE
)
# The rel values that only say something of the page; the browser fetches none of them.
SAYING = re.compile(r"\brel\s*=\s*[\"']?(?:canonical|alternate|license|author|me)\b", re.IGNORECASE)
SAFE = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off")
# Mail is read by programs that know no stylesheet of ours, so it may carry its style.
MAIL = "templates/mail/"

ALL = [pytest.param(path, id=name_of(path)) for path in templates()]


def source(path) -> str:
    return COMMENT.sub("", text_of(path))


def tags(path) -> list[str]:
    return TAG.findall(source(path))


def test_there_are_templates():
    assert any(name_of(path) == "templates/base.html" for path in templates())


@pytest.mark.parametrize("path", ALL)
def test_no_inline_style(path):
    if MAIL in name_of(path):
        return
    assert [tag for tag in tags(path) if STYLE.search(tag)] == []
    assert "<style" not in source(path).lower()


@pytest.mark.parametrize("path", ALL)
def test_no_inline_script(path):
    """JSON-LD, the one exception of the policy, is built by safe_html and stands in no template."""
    inline = [tag for tag in SCRIPT.findall(source(path)) if not re.search(r"\ssrc\s*=", tag)]
    assert inline == []
    assert "javascript:" not in source(path).lower()


@pytest.mark.parametrize("path", ALL)
def test_no_event_handler(path):
    assert [tag for tag in tags(path) if HANDLER.search(tag)] == []


@pytest.mark.parametrize("path", ALL)
def test_nothing_is_called_safe(path):
    assert SAFE.findall(source(path)) == []


@pytest.mark.parametrize("path", ALL)
def test_nothing_is_loaded_from_another_host(path):
    loading = [tag for tag in tags(path) if LOADING.match(tag) and not SAYING.search(tag)]
    assert [tag for tag in loading if ADDRESS.search(tag)] == []


def test_stylesheets_load_nothing_from_another_host():
    for path in (ROOT / "static").rglob("*.css"):
        text = text_of(path)
        assert not re.search(r"url\(\s*[\"']?(?:[a-z]+:)?//", text, re.IGNORECASE), path
        assert "@import" not in text, path
