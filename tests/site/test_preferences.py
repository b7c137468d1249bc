"""Reading settings: one cookie, our own pages only, and back to where one was."""

import pytest

OWN = {"HTTP_ORIGIN": "http://testserver"}


def save(client, origin=OWN, **data):
    return client.post("/preferencias/", data, **origin)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"size": "1", "contrast": "n"}, "1n"),
        ({"size": "3", "contrast": "a"}, "3a"),
        ({"size": "2", "contrast": "n"}, "2n"),
        ({"size": "9", "contrast": "a"}, "1a"),
        ({"size": "3", "contrast": "x"}, "3n"),
        ({"size": "3a; Path=/", "contrast": "\x00"}, "1n"),
        ({}, "1n"),
    ],
)
def test_the_cookie_has_one_of_six_values(client, entity, data, value):
    response = save(client, **data)
    assert response.status_code == 303
    cookie = response.cookies["lectura"]
    assert cookie.value == value
    assert cookie["max-age"] == 365 * 24 * 3600
    assert (cookie["samesite"], cookie["path"], cookie["httponly"]) == ("Lax", "/", True)
    assert not cookie["secure"]
    assert list(response.cookies) == ["lectura"]


def test_in_production_the_cookie_travels_encrypted_only(client, entity, settings):
    settings.IS_PRODUCTION = True
    assert save(client, size="2").cookies["lectura"]["secure"]


def test_the_next_page_is_drawn_as_chosen(client, entity):
    save(client, size="3", contrast="a")
    page = client.get("/accesibilidad/").content.decode()
    assert 'data-letra="3" data-contraste="alto"' in page


@pytest.mark.parametrize(
    "origin",
    [
        {"HTTP_ORIGIN": "https://other.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver.other.example"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {},
    ],
)
def test_other_sites_may_not_set_it(client, entity, origin):
    response = save(client, origin, size="3")
    assert response.status_code == 403
    assert not response.cookies
    assert "<h1" in response.content.decode()


def test_browsers_without_origin_may_prove_it_otherwise(client, entity):
    assert save(client, {"HTTP_SEC_FETCH_SITE": "same-origin"}).status_code == 303


@pytest.mark.parametrize(
    ("target", "back"),
    [
        ("/preguntas/?q=agua&pagina=2", "/preguntas/?q=agua&pagina=2"),
        ("/en/compromisos/", "/en/compromisos/"),
        ("", "/preferencias/?guardado=si"),
        ("/preferencias/", "/preferencias/?guardado=si"),
        ("https://other.example/", "/preferencias/?guardado=si"),
        ("//other.example/", "/preferencias/?guardado=si"),
        ("/\\other.example/", "/preferencias/?guardado=si"),
        ("javascript:alert(1)", "/preferencias/?guardado=si"),
        ("\thttps://other.example/", "/preferencias/?guardado=si"),
        ("http://testserver/preguntas/", "/preferencias/?guardado=si"),
        ("preguntas/", "/preferencias/?guardado=si"),
    ],
)
def test_back_only_to_our_own_pages(client, entity, target, back):
    assert save(client, next=target).headers["Location"] == back


def test_line_ends_cannot_break_the_header(client, entity):
    response = save(client, next="/a\r\nSet-Cookie: x=1")
    assert "\n" not in response.headers["Location"]
    assert list(response.cookies) == ["lectura"]


def test_the_page_has_the_same_form(client, entity):
    page = client.get("/preferencias/?guardado=si")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'role="status"' in text
    assert text.count('name="contrast"') == 4  # the bar's form and the page's own
    assert "csrf" not in text


def test_a_body_that_is_no_form_changes_nothing(client, entity):
    response = client.post("/preferencias/", b"{}", content_type="application/json", **OWN)
    assert response.status_code == 303
    assert response.cookies["lectura"].value == "1n"
