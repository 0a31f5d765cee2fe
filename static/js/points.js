/* Counts the points of a plan along while one types; the server counts the same when it is saved. */
(function () {
  "use strict";
  var box = document.getElementById("poin");
  if (!box) return;
  var least = +box.dataset.least, most = +box.dataset.most, form = box.closest("form");
  var said = box.querySelector("p"), bar = box.querySelector(".m-bar,.m-over"), reason = document.getElementById("alasan");
  var rows = Array.from(form.querySelectorAll("input[data-points]"));
  function tick(input) { return document.getElementById("p" + input.dataset.rhk); }
  function count() {
    var total = 0, alone = 0;
    rows.forEach(function (input) {
      var each = +input.dataset.points, many = tick(input).checked ? Math.max(0, Math.min(+input.max, Math.floor(+input.value) || 0)) : 0;
      var shown = input.parentNode.querySelectorAll("output");
      shown[0].value = each * many;
      if (shown[1]) shown[1].value = +input.dataset.per * many;
      total += each * many;
      if (many && each === most && !alone) alone = +input.dataset.rhk;
    });
    var which = total > most ? (alone ? "alone" : "over") : total < least ? "short" : "enough";
    var values = { total: total, least: least, most: most, over: total - most, short: least - total, number: alone };
    var text = box.dataset[which].replace(/%\((\w+)\)d/g, function (all, name) { return values[name]; });
    if (said.textContent !== text) said.textContent = text;
    bar.setAttribute("width", Math.min(100, 100 * total / most) + "%");
    bar.setAttribute("class", total > most ? "m-over" : "m-bar");
    if (reason) reason.hidden = total >= least;
  }
  said.setAttribute("role", "status");
  form.addEventListener("input", function (event) {
    var field = event.target;
    if (field.dataset && field.dataset.points) tick(field).checked = +field.value > 0;
    rows.forEach(function (input) {
      if (field !== tick(input)) return;
      if (field.checked && !(+input.value > 0)) input.value = 1;
      if (!field.checked) input.value = "";
    });
    count();
  }, true);
  form.querySelectorAll("button[value=hitung]").forEach(function (button) { button.parentNode.hidden = true; });
  count();
})();
