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

/* Shrinks photos on the phone before they travel: at most 1600 px and 2 MB, drawn anew, so that the
   place where they were taken is gone too. What cannot be read here goes to the server as it is. */
(function () {
  "use strict";
  var LONGEST = 1600, LIMIT = 2 * 1024 * 1024;
  var en = document.documentElement.lang === "en";
  function megabytes(n) { return (n / 1048576).toFixed(1).replace(".", en ? "." : ",") + " MB"; }
  function draw(bitmap, scale, quality) {
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    var pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", quality); });
  }
  async function shrink(file) {
    var bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    var scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height)), blob;
    for (var quality = 0.82; quality > 0.3; quality -= 0.15) {
      blob = await draw(bitmap, scale, quality);
      if (blob && blob.size <= LIMIT) break;
      scale *= 0.8;
    }
    bitmap.close();
    if (!blob) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }
  async function change(event) {
    var input = event.target;
    if (!input.matches || !input.matches("input[type=file][data-photo]")) return;
    var said = say(input), most = Number(input.dataset.photo) || 1;
    var files = Array.from(input.files);
    if (!files.length) { said.textContent = ""; return; }
    var text = files.length > most ? (en ? "Only the first " + most + " are taken. " : "Hanya " + most + " foto pertama yang diambil. ") : "";
    files = files.slice(0, most);
    said.textContent = en ? "Shrinking photos…" : "Mengecilkan foto…";
    var bag = new DataTransfer(), before = 0, after = 0;
    for (var file of files) {
      var small = file;
      try { small = await shrink(file); } catch (problem) { small = file; }
      before += file.size; after += small.size;
      bag.items.add(small);
    }
    input.files = bag.files;
    said.textContent = text + files.length + (en ? " photos, " : " foto, ") +
      (after < before ? (en ? "shrunk from " : "dikecilkan dari ") + megabytes(before) + (en ? " to " : " menjadi ") : "") + megabytes(after) + ".";
  }
  function say(input) {
    var said = document.getElementById(input.id + "_size");
    if (!said) {
      said = document.createElement("p");
      said.id = input.id + "_size"; said.className = "draft"; said.setAttribute("role", "status");
      input.after(said);
    }
    return said;
  }
  if (window.createImageBitmap && window.DataTransfer) document.addEventListener("change", change);
})();
