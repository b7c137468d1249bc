"""Citizens who walk through the form over real connections, each from an address of their own."""

import contextlib
import html
import http.client
import itertools
import re
from urllib.parse import urlencode, urlsplit

FORM = "/preguntar/"
_numbers = itertools.count(1)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_TOPIC = re.compile(r'name="topic" value="([^"]+)"')
SECRET = re.compile(r'class="secreto">([0-9A-Z]{5}-[0-9A-Z]{5})<')
REFERENCE = re.compile(r"RC-\d{4}-\d{5,}")


class Citizen:
    """A browser without JavaScript; the address reaches the portal as its proxy would tell it."""

    def __init__(self, base: str, *, number: int | None = None):
        self.number = number or next(_numbers)
        self.host = urlsplit(base).netloc
        high, low = divmod(self.number, 62_500)
        self.address = f"10.{high}.{low // 250}.{low % 250 + 1}"
        self.cookies: dict[str, str] = {}
        self.page, self.status, self.form = "", 0, FORM

    def ask(self, method: str, path: str, fields: dict | None = None) -> str:
        """One request on a connection of its own; gives where it leads to, or "" for a page."""
        headers = {"X-Forwarded-For": self.address, "Accept-Encoding": "identity"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self.host}"
            body = urlencode(fields)
        connection = http.client.HTTPConnection(self.host, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            self.page, self.status = answer.read().decode(errors="replace"), answer.status
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.headers.get("Location", "").split("#")[0]

    def get(self, path: str) -> str:
        """The page at an address, whatever it leads to first."""
        while path:
            path = self.ask("GET", path)
        return self.page

    def post(self, path: str, **fields) -> str:
        """Send the form of the page that is open, with its hidden fields."""
        return self.ask("POST", path, {**self.hidden(), **fields})

    def hidden(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(self.page)}

    def open_form(self) -> None:
        """A form that is sent within two seconds looks automatic: open many, then send them."""
        self.get(self.form)

    def write(self, **author) -> None:
        """Both steps, up to the page with *Send question*."""
        topic = _TOPIC.search(self.page).group(1)
        text = f"¿Quién vigila el vertimiento número {self.number} de la quebrada de la vereda?"
        to = self.post(self.form, kind="question", text=text, topic=topic, municipality="Oiba")
        self.get(self._must(to))
        author = author or {"email": f"persona{self.number}@example.org", "consent": "on"}
        self.get(self._must(self.post(f"{self.form}datos/", display="anonymous", **author)))

    def write_anew(self, **author) -> None:
        """As `write`, from the form as it was opened: for who got no answer on the way."""
        self.form_page = getattr(self, "form_page", self.page)
        self.page = self.form_page
        self.write(**author)

    def send_again(self) -> str:
        """As `send`, from the page as it was: the same draft, however often it is pressed."""
        self.review_page = getattr(self, "review_page", self.page)
        self.page = self.review_page
        return self.send()

    def send(self) -> str:
        """Press *Send question*; gives the address of the receipt."""
        return self._must(self.post(f"{self.form}revisar/"))

    def receipt(self, address: str) -> tuple[str, str]:
        """Filing number and secret code of the receipt."""
        self.get(address)
        return REFERENCE.search(self.page).group(), SECRET.search(self.page).group(1)

    def _must(self, address: str) -> str:
        if not address:
            raise RuntimeError(f"{self.status}: the form was shown again")
        return address
