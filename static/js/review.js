// The review page: marks for what is selected, choices drawn at once, and the reservation kept
// while somebody works here. Without it every one of these has its button.
(function () {
  "use strict";
  var form = document.getElementById("aporte_form");
  var text = document.getElementById("id_public_text");
  var hide = document.querySelector("[data-hide]");
  var marks = [
    [/@|\barroba\b/i, "[correo oculto]"],
    [/^\+?(57)?[ -]?\(?(3\d\d|60[1-8])\)?[\d -]{7,10}$/, "[teléfono oculto]"],
    [/^[\d. -]{6,14}$/, "[cédula oculta]"],
    [/\d|^(vereda|barrio|finca)\b/i, "[dirección oculta]"]
  ];

  // O: what is selected becomes a mark, typed through the browser where it can, so that Ctrl+Z works.
  function markFor(words) {
    var found = marks.find(function (pair) { return pair[0].test(words); });
    return found ? found[1] : "[nombre oculto]";
  }

  function hideSelected() {
    var words = text.value.slice(text.selectionStart, text.selectionEnd);
    var from = text.selectionStart + words.length - words.trimStart().length;
    var until = text.selectionEnd - (words.length - words.trimEnd().length);
    text.focus();
    if (!words.trim()) { return; }
    text.setSelectionRange(from, until);
    if (!document.execCommand || !document.execCommand("insertText", false, markFor(words.trim()))) {
      text.setRangeText(markFor(words.trim()), from, until, "end");
    }
  }

  if (text && hide) {
    hide.hidden = false;
    hide.addEventListener("click", hideSelected);
  }

  // A choice is drawn by the server as "Apply the marks" would: the page comes back, parts are taken.
  function draw() {
    var data = new FormData(form);
    data.append("act", "marks");
    fetch(window.location.href, { method: "POST", body: data, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (html) {
        var drawn = new DOMParser().parseFromString(html, "text/html");
        document.querySelector("[data-drawn]").replaceWith(drawn.querySelector("[data-drawn]"));
        document.querySelector("[data-changes] > div").replaceWith(drawn.querySelector("[data-changes] > div"));
        text.value = drawn.getElementById("id_public_text").value;
      })
      .catch(function () { /* The button does the same. */ });
  }

  if (form && text) {
    form.addEventListener("change", function (event) {
      if (/^hallazgo-/.test(event.target.name || "")) { draw(); }
    });
  }

  // The reservation lasts two minutes; it is renewed only while somebody is at work on this page.
  var lease = document.querySelector("[data-lease]");
  if (!form || !lease) { return; }
  var reserved = lease.querySelector("[data-reserved]");
  var until = lease.querySelector("[data-until]");
  var button = lease.querySelector("[data-reserve]");
  var taken = document.querySelector("[data-taken]");
  var mine = lease.getAttribute("data-mine") === "yes";
  var ends = Date.now() + 1000 * Number(lease.getAttribute("data-seconds-left"));
  var touched = Date.now();

  function show(who) {
    reserved.hidden = !mine;
    if (button) { button.hidden = mine; }
    taken.hidden = mine || !who;
    if (who) { taken.querySelector("[data-who]").textContent = who; }
  }

  function reserve() {
    var data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    fetch(lease.getAttribute("data-lease"), { method: "POST", body: data, credentials: "same-origin" })
      .then(function (answer) {
        mine = answer.status === 204;
        if (mine) { ends = Date.now() + 120000; show(""); }
        return answer.status === 409 ? answer.json().then(function (found) { show(found.who); }) : null;
      })
      .catch(function () { /* Without a network the reservation just runs out. */ });
  }

  ["keydown", "pointerdown", "input", "scroll"].forEach(function (name) {
    document.addEventListener(name, function () { touched = Date.now(); }, { passive: true });
  });
  if (button) {
    button.addEventListener("click", function (event) { event.preventDefault(); reserve(); });
  }
  if (!mine && lease.getAttribute("data-free") === "yes" && document.querySelector("[data-drawn]")) {
    reserve();
  }
  window.setInterval(function () {
    if (mine && !document.hidden && Date.now() - touched < 300000) { reserve(); }
  }, 60000);
  window.setInterval(function () {
    var left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    if (mine && !left) { mine = false; show(""); }
    if (mine) {
      until.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") + " min";
    }
  }, 1000);
}());
