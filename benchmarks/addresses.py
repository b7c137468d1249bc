"""The public pages that are measured, and what each may ask the database."""

ADDRESSES = [
    ("home", "/", 12),
    ("event (past, with record)", "/eventos/2020-12-21-jornada/", 12),
    ("event (coming)", "/ahora/", 12),
    ("form, step 1", "/preguntar/", 8),
    ("questions", "/preguntas/", 8),
    ("questions of an event", "/eventos/2020-12-21-jornada/preguntas/", 8),
    ("question", "/preguntas/18/", 8),
    ("search", "/buscar/?q=agua", 8),
    ("commitments", "/compromisos/", 8),
    ("commitment", "/compromisos/c-07/", 8),
    ("minutes", "/eventos/2020-12-21-jornada/acta/", 12),
    ("session", "/eventos/2020-12-21-jornada/minuto-a-minuto/", 8),
    ("archive", "/eventos/", 8),
    ("menu Participa", "/participa/?anio=2020", 8),
    ("how to take part", "/como-participar/", 8),
    ("site map", "/mapa-del-sitio/", 8),
]
