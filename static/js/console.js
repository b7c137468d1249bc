// The live console: what changes is fetched every three seconds and put in its place; buttons post
// without leaving the page. What somebody types is never replaced. Without it all of this is forms.
(function () {
  "use strict";
  var root = document.getElementById("consola");
  if (!root || !window.fetch) { return; }
  var REGIONS = ["c-cab", "c-luces", "c-revisar", "c-cola", "c-aire", "c-palabra", "c-bitacora"];
  var LANES = ["c-revisar", "c-aire", "c-cola"];
  var keysOn = root.getAttribute("data-keys") === "on";
  var etag = "", token = "", moves = 0, sending = false, asking = false;
  var shown = {}, chosen = {}, activeLane = "c-revisar";
  var clock = document.getElementById("reloj");
  var ahead = clock ? Number(clock.getAttribute("data-now")) * 1000 - Date.now() : 0;

  function byId(id) { return document.getElementById(id); }

  // As the server drew it, without what differs in every answer.
  function drawn(node) {
    return node.outerHTML
      .replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1")
      .replace(/data-ticks[^>]*>[^<]*/g, "");
  }

  function isBusy(region) {
    var at = document.activeElement;
    var types = region.contains(at) && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    return types || Boolean(region.querySelector("button:active, a:active, summary:active"));
  }

  function isChanged(field) {
    if (field.tagName === "SELECT") {
      return Array.from(field.options).some(function (option) { return option.selected !== option.defaultSelected; }) &&
        Boolean(field.value || field.querySelector("[selected]"));
    }
    return field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  }

  // What was opened and typed goes into the new copy; the form that was just sent does not.
  function carry(old, fresh, sent) {
    old.querySelectorAll("details[open][id]").forEach(function (details) {
      var same = fresh.querySelector("#" + details.id);
      if (same && !(sent && details.contains(sent))) { same.open = true; }
    });
    old.querySelectorAll("input[id], textarea[id], select[id]").forEach(function (field) {
      var same = fresh.querySelector("#" + field.id);
      if (!same || (sent && sent.contains(field)) || !isChanged(field)) { return; }
      if (field.type === "checkbox") { same.checked = field.checked; } else { same.value = field.value; }
    });
  }

  function placeOf(region) {
    var at = document.activeElement;
    if (!region.contains(at)) { return null; }
    var card = at.closest("[data-card]");
    return { id: at.id, card: card ? card.id : "" };
  }

  function focusAgain(place, region) {
    if (!place) { return; }
    var next = (place.id && byId(place.id)) || (place.card && byId(place.card)) ||
      region.querySelector("[data-card][tabindex], button, summary, a");
    if (next) { next.focus({ preventScroll: true }); }
  }

  // Gives false where something is being typed: it is tried again at the next look.
  function put(id, answer, sent) {
    var old = byId(id), fresh = answer.querySelector("#" + id);
    if (!old || !fresh) { return true; }
    var now = drawn(fresh);
    if (shown[id] === now && !(sent && old.contains(sent))) { return true; }
    if (isBusy(old) && !(sent && old.contains(sent))) { return false; }
    var place = placeOf(old);
    carry(old, fresh, sent);
    var top = old.scrollTop;
    old.replaceWith(fresh);
    fresh.scrollTop = top;
    shown[id] = now;
    focusAgain(place, fresh);
    return true;
  }

  function take(html, sent) {
    var answer = new DOMParser().parseFromString(html, "text/html");
    token = answer.querySelector("[name=csrfmiddlewaretoken]").value;
    var before = waiting();
    var whole = REGIONS.map(function (id) { return put(id, answer, sent); });
    if (whole.indexOf(false) >= 0) { etag = ""; }
    ring(before);
    giveKeys();
    tick();
    return answer;
  }

  // The keys are those of the chosen card of each lane; where two want one, the lane in use has it.
  function cardOf(lane) {
    var region = byId(lane);
    if (!region) { return null; }
    var own = chosen[lane] && byId(chosen[lane]);
    if (own && region.contains(own)) { return own; }
    return lane === "c-aire" ? region : region.querySelector("[data-card] [data-k]") &&
      region.querySelector("[data-card] [data-k]").closest("[data-card]");
  }

  function giveKeys() {
    var given = {};
    root.querySelectorAll("[data-k][data-key]").forEach(function (button) { button.removeAttribute("data-key"); });
    root.querySelectorAll(".elegida").forEach(function (card) { card.classList.remove("elegida"); });
    [activeLane].concat(LANES).forEach(function (lane) {
      var card = cardOf(lane);
      if (!card) { return; }
      if (lane === activeLane && card.classList.contains("tarjeta-q")) { card.classList.add("elegida"); }
      card.querySelectorAll("[data-k]").forEach(function (button) {
        var key = button.getAttribute("data-k");
        if (keysOn && !given[key]) { given[key] = true; button.setAttribute("data-key", key); }
      });
    });
  }

  root.addEventListener("focusin", function (event) {
    var card = event.target.closest("[data-card]");
    var lane = card && LANES.find(function (id) { return byId(id) && byId(id).contains(card); });
    if (!lane) { return; }
    activeLane = lane;
    chosen[lane] = card.id;
    if (!isPressed) { giveKeys(); }
  });

  // The keys of a card make its buttons wider: nothing may move between press and click.
  var isPressed = false;
  root.addEventListener("pointerdown", function () { isPressed = true; }, true);
  ["pointerup", "pointercancel"].forEach(function (name) {
    document.addEventListener(name, function () {
      if (!isPressed) { return; }
      isPressed = false;
      window.setTimeout(giveKeys);
    }, true);
  });

  // Enter is the card's only while the card itself has the focus.
  document.addEventListener("keydown", function (event) {
    if (!keysOn || event.key !== "Enter" || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var button = event.target.matches(".tarjeta-q") && event.target.querySelector('[data-k="enter"]');
    if (button) { event.preventDefault(); button.click(); }
  });

  root.addEventListener("keydown", function (event) {
    var folded = event.key === "Escape" && event.target.closest("details.mas[open]");
    if (folded) { folded.open = false; folded.querySelector("summary").focus(); }
  });

  root.addEventListener("click", function (event) {
    var goes = event.target.closest("[data-goes]");
    var field = goes && byId(goes.getAttribute("data-goes"));
    if (field) { event.preventDefault(); field.focus(); }
  });

  // The light of the connection, and the sound, which is off until somebody wants it.
  function light(isOn) {
    var lamp = byId("luz");
    lamp.hidden = false;
    lamp.classList.toggle("caida", !isOn);
    lamp.querySelector("[data-on]").hidden = !isOn;
    lamp.querySelector("[data-off]").hidden = isOn;
  }

  function lost(isLost) { byId("c-perdido").hidden = !isLost; }

  // Who signs in again in another tab has another token: the next look brings it.
  function expired(isOver) {
    byId("c-vencida").hidden = !isOver;
    if (isOver) { etag = ""; byId("luz").hidden = true; }
  }

  // Forms that were not drawn anew since a sign-in in another tab hold a token that is void.
  function withToken(data) {
    if (token) { data.set("csrfmiddlewaretoken", token); }
    return data;
  }

  function waiting() {
    var lane = byId("c-revisar");
    return lane ? Number(lane.getAttribute("data-count")) : 0;
  }

  var bell = byId("campana"), sound = null;
  function ring(before) {
    if (!bell.checked || waiting() <= before) { return; }
    sound = sound || new window.AudioContext();
    var tone = sound.createOscillator(), volume = sound.createGain();
    volume.gain.setValueAtTime(0.08, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.5);
    tone.frequency.value = 660;
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.5);
  }

  function look() {
    if (document.hidden || asking || sending) { return; }
    var made = moves;
    asking = true;
    fetch(root.getAttribute("data-state"), {
      credentials: "same-origin", cache: "no-store", headers: etag ? { "If-None-Match": etag } : {}
    })
      .then(function (answer) {
        if (answer.status === 304) { light(true); return; }
        if (answer.redirected) { expired(true); return; }
        if (!answer.ok) { throw new Error("state"); }
        return answer.text().then(function (html) {
          light(true);
          expired(false);
          if (made !== moves) { return; }
          etag = answer.headers.get("ETag") || "";
          take(html, null);
        });
      })
      .catch(function () { light(false); })
      .then(function () { asking = false; });
  }

  function sit() {
    if (document.hidden) { return; }
    var data = new FormData();
    data.append("csrfmiddlewaretoken", root.querySelector("[name=csrfmiddlewaretoken]").value);
    fetch(root.getAttribute("data-seat"), { method: "POST", body: withToken(data), credentials: "same-origin" })
      .catch(function () { light(false); });
  }

  function sendWhole(form, button) {
    var act = document.createElement("input");
    act.type = "hidden";
    act.name = button.name;
    act.value = button.value;
    form.append(act);
    form.submit();
  }

  // What was typed stays while it was refused; a form that was taken comes back empty.
  function afterSending(answer, form) {
    var box = form.closest("[data-form]");
    byId("c-avisos").replaceWith(answer.querySelector("#c-avisos"));
    if (box) {
      var fresh = answer.querySelector('[data-form="' + box.getAttribute("data-form") + '"]');
      var place = placeOf(box);
      box.replaceWith(fresh);
      if (place) { focusAgain(place, fresh); }
    }
    var wrong = root.querySelector(".error-campo");
    if (answer.querySelector("[data-refused]").getAttribute("data-refused") && wrong) {
      wrong.parentElement.querySelector("input:not([type=hidden]), textarea, select").focus();
    }
  }

  root.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (!button) { return; }
    event.preventDefault();
    if (sending) { return; }
    sending = true;
    var data = new FormData(form);
    data.append(button.name, button.value);
    lost(false);
    fetch(root.getAttribute("data-page"), {
      method: "POST", body: withToken(data), credentials: "same-origin", headers: { "X-Console": "yes" }
    })
      .then(function (answer) {
        if (answer.status >= 500) { throw new Error("fault"); }
        if (answer.redirected || answer.status === 403) { expired(true); return; }
        if (!answer.ok) { sendWhole(form, button); return; }
        return answer.text().then(function (html) {
          moves += 1;
          etag = "";
          light(true);
          expired(false);
          afterSending(take(html, form), form);
        });
      })
      .catch(function () { light(false); lost(true); })
      .then(function () { sending = false; });
  });

  function two(number) { return String(number).padStart(2, "0"); }

  function tick() {
    var now = Date.now() + ahead;
    var face = byId("reloj");
    if (face) {
      var zone = /([+-])(\d\d):(\d\d)$/.exec(face.getAttribute("datetime"));
      var minutes = zone ? (zone[1] === "-" ? -1 : 1) * (60 * Number(zone[2]) + Number(zone[3])) : 0;
      var local = new Date(now + minutes * 60000);
      face.textContent = two(local.getUTCHours()) + ":" + two(local.getUTCMinutes()) + ":" + two(local.getUTCSeconds());
    }
    root.querySelectorAll("[data-since]").forEach(function (timer) {
      var seconds = Math.max(0, Math.floor(now / 1000 - Number(timer.getAttribute("data-since"))));
      timer.textContent = Math.floor(seconds / 60) + ":" + two(seconds % 60);
      var allowed = Number(timer.getAttribute("data-allowed") || 0);
      if (allowed && timer.parentElement) { timer.parentElement.classList.toggle("pasado", seconds > allowed); }
    });
  }

  document.querySelectorAll("[data-chime]").forEach(function (label) { label.hidden = false; });
  document.addEventListener("visibilitychange", look);
  light(true);
  giveKeys();
  tick();
  sit();
  window.setInterval(tick, 1000);
  window.setInterval(look, 3000);
  window.setInterval(sit, 15000);
}());
