// Keys of the desk, the seconds of "Undo", and the bar above the list.
// A key presses what is marked with data-key and nothing else, so every key has its button.
(function () {
  "use strict";
  var panel = document.getElementById("teclas");
  var keysOn = Boolean(panel) && panel.getAttribute("data-keys") === "on";
  var rows = Array.from(document.querySelectorAll("#result_list tbody tr"));

  function isTyping(target) {
    if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) { return true; }
    return target.tagName === "INPUT" && !/^(checkbox|radio|button|submit|reset)$/.test(target.type);
  }

  function isThere(element) {
    return !element.disabled && element.getClientRects().length > 0;
  }

  function press(key) {
    var marked = Array.from(document.querySelectorAll("[data-key]")).find(function (element) {
      return element.getAttribute("data-key").toLowerCase() === key && isThere(element);
    });
    if (!marked) { return false; }
    if (isTyping(marked)) { marked.focus(); } else { marked.click(); }
    if (marked.tagName === "SUMMARY" && marked.parentElement.open) {
      (marked.parentElement.querySelector("input, textarea, select") || marked).focus();
    }
    return true;
  }

  // The list: one row has the focus; the keys move it, choose it or open it.
  function goTo(row) {
    rows.forEach(function (other) { other.tabIndex = other === row ? 0 : -1; });
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    var at = rows.indexOf(document.activeElement.closest("#result_list tbody tr"));
    var next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    goTo(rows[next]);
  }

  function rowKey(key) {
    var row = rows.length ? document.activeElement.closest("#result_list tbody tr") : null;
    if (rows.length && (key === "j" || key === "k")) { step(key === "j" ? 1 : -1); return true; }
    if (key === "x" && row && row.querySelector("input.action-select")) {
      row.querySelector("input.action-select").click();
      return true;
    }
    // On a link or a box inside the row, Enter is theirs.
    if (key === "enter" && row && row === document.activeElement && row.querySelector("a")) {
      row.querySelector("a").click();
      return true;
    }
    return false;
  }

  function showMap() {
    panel.open = !panel.open;
    panel.querySelector("summary").focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) { return; }
    if (!keysOn || isTyping(event.target)) { return; }
    var key = event.key.toLowerCase();
    if (key === "?") { showMap(); event.preventDefault(); return; }
    if (key === "arrowright" && event.target.type === "radio") { return; }
    if (rowKey(key) || (key !== "enter" && press(key))) { event.preventDefault(); }
  });
  if (keysOn) {
    rows.forEach(function (row, place) { row.tabIndex = place === 0 ? 0 : -1; });
  }

  // "Undo" tells the seconds that are left, and goes away with the last one.
  document.querySelectorAll("[data-seconds]").forEach(function (button) {
    var ends = Date.now() + 1000 * Number(button.getAttribute("data-seconds"));
    var left = button.querySelector("[data-left]");
    var timer = window.setInterval(function () {
      var seconds = Math.ceil((ends - Date.now()) / 1000);
      left.textContent = String(Math.max(0, seconds));
      if (seconds > 0) { return; }
      window.clearInterval(timer);
      button.closest("form").remove();
    }, 250);
  });

  // What holds personal data is not published together with others.
  var bar = document.querySelector("#changelist .actions");
  var note = bar && bar.querySelector("[data-note]");
  function look() {
    var held = rows.filter(function (row) {
      return row.querySelector("input.action-select:checked") && row.querySelector("[data-personal]");
    });
    var links = note.querySelector("[data-links]");
    links.textContent = "";
    held.forEach(function (row) {
      var link = document.createElement("a");
      link.href = row.querySelector("a").href;
      link.textContent = row.querySelector("[data-personal]").getAttribute("data-personal");
      links.append(link, " ");
    });
    note.hidden = held.length === 0;
    bar.querySelectorAll("[data-publishes]").forEach(function (button) {
      button.disabled = held.length > 0;
    });
  }
  if (note) {
    bar.closest("form").addEventListener("change", look);
    window.addEventListener("pageshow", look);
    bar.closest("form").addEventListener("reset", function () {
      window.setTimeout(function () {
        var boxes = document.querySelectorAll("input.action-select");
        boxes.forEach(function (box) { box.dispatchEvent(new Event("change", { bubbles: true })); });
      });
    });
  }
}());
