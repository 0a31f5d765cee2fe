/* Holds back a second click while the first one travels; the server's token is what really decides. */
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-submit-once")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    /* A tick later, so that a script which stops the sending has had its say. */
    setTimeout(function () {
      if (event.defaultPrevented) return;
      form.dataset.sent = "1";
      form.setAttribute("aria-busy", "true");
      /* On a weak signal a request can die without a word: let them try again. */
      setTimeout(release, 20000, form);
    }, 0);
  });
  function release(form) { delete form.dataset.sent; form.removeAttribute("aria-busy"); }
  addEventListener("pageshow", function () { document.querySelectorAll("form[data-sent]").forEach(release); });
})();
