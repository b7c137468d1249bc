// The live page renews its parts every ten seconds. Without this it is complete, by hand.
(function () {
  "use strict";
  // A mark of this visit for the short form: two presses of its button file one question.
  document.querySelectorAll("[data-press]").forEach(function (field) {
    var bytes = window.crypto && crypto.getRandomValues(new Uint8Array(16));
    if (!field.value && bytes) {
      field.value = Array.from(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
    }
  });
  document.querySelectorAll("[data-player]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      var frame = document.createElement("iframe");
      frame.className = "video";
      frame.title = link.querySelector("span > span").textContent;
      frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
      frame.referrerPolicy = "strict-origin";
      frame.src = link.dataset.player;
      link.replaceWith(frame);
      frame.focus();
    });
  });

  var bar = document.querySelector("[data-live]");
  if (!bar || !window.fetch || !window.AbortController) { return; }
  var EVERY = 10000, MOST = 60000, KEY = "live-stopped";
  var wait = EVERY, timer = 0, asking = false, over = false, last = "";
  function piece(name) { return bar.querySelector("[data-" + name + "]"); }
  function note(text) { if (piece("note").textContent !== text) { piece("note").textContent = text; } }
  function remembered(value) {
    try {
      if (value !== undefined) { sessionStorage.setItem(KEY, value); }
      return sessionStorage.getItem(KEY);
    } catch (refused) { return value; }
  }
  var stopped = remembered() === "1";

  function put(old, fresh) {
    var focus = old.contains(document.activeElement) ? document.activeElement : null;
    var was = focus && focus.outerHTML;
    old.innerHTML = fresh.innerHTML;
    if (!focus || focus === old) { return; }
    var same = Array.from(old.querySelectorAll(focus.tagName)).find(function (one) { return one.outerHTML === was; });
    (same || old).focus({ preventScroll: true });
  }

  function words(part) {
    if (!("aloud" in part.dataset)) { return part.dataset.says; }
    return Array.from(part.querySelectorAll("h2, h3")).map(function (title) { return title.textContent; }).join(": ");
  }

  function draw(html) {
    if (html === last) { return; }
    last = html;
    var said = [];
    new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-part]").forEach(function (fresh) {
      var old = document.querySelector('[data-part="' + fresh.dataset.part + '"]');
      if (!old) { return; }
      if (words(fresh) && words(fresh) !== words(old)) { said.push(words(fresh)); }
      if ("says" in fresh.dataset) { old.dataset.says = fresh.dataset.says; }
      over = over || "over" in fresh.dataset;
      if (old.innerHTML !== fresh.innerHTML) { put(old, fresh); }
    });
    if (said.length) { piece("voice").textContent = said.join(". "); }
  }

  function plan(after) {
    clearTimeout(timer);
    if (!stopped && !over && !document.hidden) { timer = setTimeout(ask, after); }
  }

  function ask() {
    if (asking) { return; }
    asking = true;
    var given = new AbortController(), late = setTimeout(function () { given.abort(); }, 15000);
    fetch(bar.dataset.live, { cache: "no-cache", signal: given.signal }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.text();
    }).then(function (html) {
      wait = EVERY;
      draw(html);
      piece("time").textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit", timeZone: bar.dataset.zone });
      show();
    }, function () {
      wait = Math.min(wait * 2, MOST);
      note(bar.dataset.offline);
    }).then(function () {
      clearTimeout(late);
      asking = false;
      plan(wait);
    });
  }

  function show() {
    piece("stop").hidden = stopped || over;
    piece("go").hidden = !stopped || over;
    note(over ? bar.dataset.over : stopped ? bar.dataset.stopped : "");
  }

  function choose(value) {
    stopped = value;
    remembered(value ? "1" : "0");
    show();
    piece(value ? "go" : "stop").focus();
    plan(0);
  }
  piece("stop").addEventListener("click", function () { choose(true); });
  piece("go").addEventListener("click", function () { choose(false); });
  bar.querySelectorAll("[data-by-hand]").forEach(function (link) { link.hidden = true; });
  document.addEventListener("visibilitychange", function () { plan(0); });
  window.addEventListener("online", function () { plan(0); });
  over = !!document.querySelector("[data-part][data-over]");
  show();
  plan(EVERY);
}());
