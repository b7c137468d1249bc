// The bar of the answer's editor, and Ctrl+S. Without it the same signs are typed by hand.
(function () {
  "use strict";

  // Typed through the browser where it can, so that Ctrl+Z takes it back.
  function write(field, start, end, text) {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand || !document.execCommand("insertText", false, text)) {
      field.setRangeText(text, start, end, "end");
    }
  }

  function around(field, sign) {
    var start = field.selectionStart, end = field.selectionEnd;
    var chosen = field.value.slice(start, end);
    write(field, start, end, sign + chosen + sign);
    field.setSelectionRange(start + sign.length, start + sign.length + chosen.length);
  }

  function before(field, sign) {
    var start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    var end = Math.max(start, field.selectionEnd);
    var number = 0;
    var lines = field.value.slice(start, end).split("\n").map(function (line) {
      number += 1;
      return (sign === "1. " ? number + ". " : sign) + line;
    });
    write(field, start, end, lines.join("\n"));
  }

  document.querySelectorAll("[data-editor]").forEach(function (bar) {
    var field = document.getElementById(bar.getAttribute("data-editor"));
    if (!field) { return; }
    bar.hidden = false;
    bar.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) { return; }
      var data = button.dataset;
      if (data.around) { around(field, data.around); }
      if (data.before) { before(field, data.before); }
      if (data.insert) { write(field, field.selectionStart, field.selectionEnd, data.insert); }
    });
  });

  var save = document.querySelector("[data-save]");
  document.addEventListener("keydown", function (event) {
    if (save && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save.click();
    }
  });
}());
