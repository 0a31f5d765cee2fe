/* Shows how far an upload is, and lets one try again without choosing the file a second time.
   Without this script the form travels as any other. */
(function () {
  "use strict";
  var en = document.documentElement.lang === "en";
  var words = en
    ? { sending: "Sending… ", checking: "Checking the file…", lost: "The connection was lost. Nothing is gone; send again." }
    : { sending: "Mengirim… ", checking: "Memeriksa berkas…", lost: "Sambungan terputus. Isian dan berkas masih ada; kirim lagi." };
  document.addEventListener("submit", function (event) {
    var form = event.target, input = form.querySelector("input[type=file]");
    if (!form.hasAttribute("data-upload") || !input || !input.files.length || form.dataset.busy) return;
    event.preventDefault();
    var said = line(form), request = new XMLHttpRequest();
    form.dataset.busy = "1";
    form.setAttribute("aria-busy", "true");
    request.open("POST", form.action);
    request.upload.onprogress = function (sent) {
      if (sent.lengthComputable) said.textContent = sent.loaded < sent.total ? words.sending + Math.round(100 * sent.loaded / sent.total) + "%" : words.checking;
    };
    request.onload = function () {
      /* The answer is the portal's own page: the list, or the form with what is wrong. Shown without asking twice. */
      history.replaceState(null, "", request.responseURL);
      document.open(); document.write(request.responseText); document.close();
    };
    request.onerror = request.ontimeout = function () {
      said.textContent = words.lost; said.className = "notice bad"; done(form);
    };
    request.timeout = 120000;
    said.className = "draft"; said.textContent = words.sending + "0%";
    request.send(new FormData(form));
  });
  function done(form) { delete form.dataset.busy; delete form.dataset.sent; form.removeAttribute("aria-busy"); }
  function line(form) {
    var said = form.querySelector("[data-progress]");
    if (!said) {
      said = document.createElement("p");
      said.dataset.progress = ""; said.setAttribute("role", "status");
      form.appendChild(said);
    }
    return said;
  }
})();
