"""Kilobytes on the wire and requests of a first visit, seen by a real Chromium at 390 px."""

import os
import shutil

from benchmarks import server

ADDRESSES = [
    ("home", "/", 35),
    ("event", "/eventos/2020-12-21-jornada/", 35),
    ("form", "/preguntar/", 40),
    ("question", "/preguntas/18/", 40),
    ("board", "/compromisos/", 40),
]
MOST_REQUESTS = 6


def measure(running: server.Running) -> None:
    """Print bytes, requests and whether each is within its promise."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    print(f"{'page':10} KB (≤)         requests (≤ {MOST_REQUESTS})   layout shift")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=args)
        for name, path, most in ADDRESSES:
            size, requests, shift = _visit(browser, running.base + path)
            mark = "" if size <= most * 1000 and requests <= MOST_REQUESTS else "  TOO MUCH"
            print(
                f"{name:10} {size / 1000:5.1f} ({most})     {requests}            {shift:.3f}{mark}"
            )
        browser.close()


def _visit(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    seen = {"bytes": 0, "requests": 0}

    def finished(event):
        seen["bytes"] += event["encodedDataLength"]
        seen["requests"] += 1

    session.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
          .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300); })"""
    )
    context.close()
    return seen["bytes"], seen["requests"], shift
