"""Pages of the desk as a person fills them in: fields read from the page, changed, sent back."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """What the browser would send of the form with the most fields: names and values."""

    def __init__(self):
        super().__init__()
        self.forms: list[dict[str, str | list[str]]] = []
        self._select = self._area = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name", "")
        if tag == "form":
            self.forms.append({})
        if not self.forms or (not name and tag != "option"):
            return
        if tag == "input" and attrs.get("type") not in ("submit", "button", "file", "image"):
            is_off = attrs.get("type") in ("checkbox", "radio") and "checked" not in attrs
            if not is_off:
                self._add(name, attrs.get("value", "on" if attrs.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attrs:
            self._add(self._select, attrs.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area:
            self.forms[-1][self._area] += data

    def _add(self, name, value):
        before = self.forms[-1].get(name)
        if before is None:
            self.forms[-1][name] = value
        else:
            self.forms[-1][name] = [*(before if isinstance(before, list) else [before]), value]


def fields_of(response) -> dict:
    """The fields of the page's largest form, as a browser would send them untouched."""
    reader = _Form()
    reader.feed(response.content.decode())
    return max(reader.forms, key=len)


def fill_in(client, path: str, **changes):
    """Open a page of the desk, change some fields and save; gives the page that follows.

    Raises AssertionError with the sentences beside the fields where it was not saved.
    """
    page = client.get(path)
    assert page.status_code == 200, f"{path}: {page.status_code}"
    fields = fields_of(page)
    unknown = {
        name for name in changes if name not in fields and f'name="{name}"' not in text(page)
    }
    assert not unknown, f"{path} has no {unknown}"
    sent = client.post(path, {**fields, **changes})
    if sent.status_code == 200:
        form = sent.context["adminform"].form
        sets = [errors for formset in sent.context["inline_admin_formsets"] for errors in
                formset.formset.errors if errors]  # fmt: skip
        raise AssertionError(f"{path} was not saved: {form.errors.as_text()} {sets}")
    assert sent.status_code in (302, 303)
    return client.get(sent.headers["Location"])


def text(response) -> str:
    return response.content.decode()
