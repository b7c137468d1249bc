"""Addresses of the pages over all rooms."""

from django.urls import path

from portal.site import assets, feeds, follows, home, news, pages, preferences, search

urlpatterns = [
    path("", home.home, name="home"),
    path("buscar/", search.search, name="search"),
    path("como-participar/", pages.how_to_take_part, name="how_to_take_part"),
    path("accesibilidad/", pages.accessibility, name="accessibility"),
    path("datos-personales/", pages.personal_data, name="personal_data"),
    path("correcciones/", pages.corrections, name="corrections"),
    path("mapa-del-sitio/", pages.site_map, name="site_map"),
    path("preferencias/", preferences.preferences, name="preferences"),
    path("novedades.atom", feeds.news_feed, name="news_feed"),
    path("suscribirse/", news.subscribe, name="subscribe"),
    path("seguir/confirmar/<str:token>/", follows.confirm, name="follow_confirm"),
    path("seguir/terminar/<str:token>/", follows.stop, name="follow_stop"),
    path("tema.css", assets.theme_css, name="theme_css"),
    path("logo", assets.entity_logo, name="entity_logo"),
    path("robots.txt", assets.robots, name="robots"),
    path("favicon.ico", assets.favicon, name="favicon"),
]
