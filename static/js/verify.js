// The SHA-256 of a chosen file is computed on the visitor's own device; without this the file is sent.
(function () {
  "use strict";
  var form = document.querySelector("[data-verify]");
  if (!form || !window.crypto || !window.crypto.subtle || !window.FileReader) { return; }
  var field = form.querySelector("input[type=file]");
  var hint = form.querySelector("[data-local]");
  hint.textContent = hint.getAttribute("data-local");
  form.addEventListener("submit", function (event) {
    var file = field.files[0];
    if (!file) { return; }
    event.preventDefault();
    var reader = new FileReader();
    reader.onerror = function () { form.submit(); };
    reader.onload = function () {
      window.crypto.subtle.digest("SHA-256", reader.result).then(function (digest) {
        var hex = Array.from(new Uint8Array(digest)).map(function (byte) {
          return ("0" + byte.toString(16)).slice(-2);
        }).join("");
        window.location.href = form.getAttribute("data-verify") + "?huella=" + hex + "#resultado";
      }, function () { form.submit(); });
    };
    reader.readAsArrayBuffer(file);
  });
}());
