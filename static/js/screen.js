// The screen of the room: asks for its own page every three seconds and shows what changed.
// Whatever fails, the last picture stays and the next turn tries again.
(function () {
  "use strict";
  var EVERY = 3000, LONGEST = 8000, ALIVE = 10000;
  var zone = "America/Bogota";
  var english = document.documentElement.lang === "en";
  var clock = document.querySelector("[data-clock]");
  var offline = document.querySelector("[data-offline]");
  var ahead = 0; // what the server's clock is ahead of this machine's, in milliseconds
  var seen = null; // the ETag of the picture that is shown
  var heard = Date.now(), failures = 0, told = 0;

  function hour(instant) {
    var parts = {};
    new Intl.DateTimeFormat("en-US", { timeZone: zone, hour: "numeric", minute: "2-digit", hourCycle: "h23" })
      .formatToParts(new Date(instant)).forEach(function (part) { parts[part.type] = part.value; });
    var hours = Number(parts.hour) % 24, half = hours < 12 ? "a" : "p";
    var text = ((hours + 11) % 12 + 1) + ":" + parts.minute + "\u00a0";
    if (english) { return text + half.toUpperCase() + "M"; }
    return hours === 12 && parts.minute === "00" ? text + "m." : text + half + ".\u00a0m.";
  }
  function tick() {
    clock.hidden = false;
    clock.textContent = hour(Date.now() + ahead);
  }
  function sheets(page) {
    return Array.from(page.querySelectorAll("link[rel=stylesheet], script[src]"))
      .map(function (one) { return one.getAttribute("href") || one.getAttribute("src"); }).join(" ");
  }
  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var now = document.getElementById("imagen"), next = page.getElementById("imagen");
    if (!next) { throw new Error("not a picture"); }
    if (sheets(page) !== sheets(document)) { window.location.reload(); return; } // a new release
    if (next.outerHTML !== now.outerHTML) { now.replaceWith(document.adoptNode(next)); }
  }
  function connected(response) {
    var date = Date.parse(response.headers.get("Date") || "");
    heard = Date.now();
    failures = 0;
    offline.hidden = true;
    if (date && Math.abs(date - heard - ahead) > 2000) { ahead = date - heard; }
  }
  function lost() {
    failures += 1;
    if (failures < 2) { return; } // one lost request is not a lost connection
    offline.querySelector("b").textContent = hour(heard + ahead);
    offline.hidden = false;
  }
  function tell() {
    if (Date.now() - told < ALIVE) { return; }
    told = Date.now();
    fetch(document.getElementById("imagen").getAttribute("data-alive"), { method: "POST" }).catch(function () {});
  }
  async function ask() {
    var stop = new AbortController();
    var limit = window.setTimeout(function () { stop.abort(); }, LONGEST);
    try {
      var response = await fetch(window.location.pathname, { cache: "no-cache", signal: stop.signal });
      // What is no longer public leaves the room too; a server that stumbles takes nothing away.
      document.documentElement.classList.toggle("retirada", response.status === 404);
      if (!response.ok && response.status !== 404) { throw new Error(String(response.status)); }
      connected(response);
      var mark = response.headers.get("ETag");
      if (response.ok && (mark === null || mark !== seen)) {
        show(await response.text());
        seen = mark;
      }
      tell();
    } catch (_error) {
      lost();
    }
    window.clearTimeout(limit);
    window.setTimeout(ask, EVERY);
  }
  function stayAwake() {
    if (navigator.wakeLock) { navigator.wakeLock.request("screen").catch(function () {}); }
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") { stayAwake(); }
  });
  document.addEventListener("keydown", function (event) {
    var key = event.key.toLowerCase();
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (key === "f" && document.fullscreenElement) { document.exitFullscreen(); }
    else if (key === "f") { document.documentElement.requestFullscreen().catch(function () {}); }
    else if (key === "b") { document.documentElement.classList.toggle("negra"); }
    else if (key === "escape") { document.documentElement.classList.remove("negra"); }
  });
  tick();
  window.setInterval(tick, 1000);
  window.setTimeout(ask, EVERY);
  stayAwake();
}());
