// Small helps that a page can do without: print buttons and the letter counter.
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("[data-counter-for]").forEach(function (line) {
    var field = document.getElementById(line.getAttribute("data-counter-for"));
    var most = Number(field.getAttribute("data-counter"));
    var text = line.getAttribute("data-left") || "";
    var waiting = null;
    function show() {
      waiting = null;
      line.textContent = text.replace("#", (most - Array.from(field.value).length).toLocaleString());
    }
    if (!text) { return; }
    line.setAttribute("aria-live", "polite");
    field.addEventListener("input", function () {
      if (waiting === null) { waiting = window.setTimeout(show, 700); }
    });
  });
}());
