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

/* Drafts: a copy on the phone at each change, the truth on the server every 20 seconds.
   A copy belongs to user + organisation + form + version and is never sent under another account:
   its key is who the page was served to, and the server's own token and door refuse anybody else.
   Server: POST of the form's fields (no files) with `version`; answers {"version": 4, "saved": "09.41"},
   409 {"detail": "…"} when somebody else changed it first. */
(function () {
  "use strict";
  var WAIT = 20000, SOON = 1500, HOUR = 3600000, who = document.body.dataset.who || "";

  /* The phone's copies. Without IndexedDB (private windows) everything else still works. */
  var opened = new Promise(function (done) {
    if (!window.indexedDB || !who) return done(null);
    var asked = indexedDB.open("portal-drafts", 1);
    asked.onupgradeneeded = function () { asked.result.createObjectStore("drafts", { keyPath: "id" }); };
    asked.onsuccess = function () { done(asked.result); };
    asked.onerror = asked.onblocked = function () { done(null); };
  });
  function store(mode, work) {
    return opened.then(function (db) {
      if (!db) return null;
      return new Promise(function (done) {
        var request = work(db.transaction("drafts", mode).objectStore("drafts"));
        request.onsuccess = function () { done(request.result === undefined ? null : request.result); };
        request.onerror = function () { done(null); };
      });
    });
  }
  function mine() {
    return store("readonly", function (s) { return s.getAll(IDBKeyRange.bound(who + "|", who + "|\uffff")); })
      .then(function (rows) { return rows || []; });
  }

  var unsent = document.querySelector("[data-unsent]");
  if (unsent) mine().then(function (rows) {
    rows = rows.filter(function (row) { return !row.sent && !row.handed; });
    if (rows.length) { unsent.textContent = unsent.dataset.unsent + " " + rows.length; unsent.dataset.state = "local"; }
  });

  document.querySelectorAll("[data-autosave-url]").forEach(function (line) {
    var form = line.closest("form"), words = line.dataset;
    if (!form || !who) return;
    var version = words.autosaveVersion, prefix = who + "|" + words.autosaveKey + "|";
    var dirty = false, sending = false, blocked = false, timer = 0, copying = 0, generation = 0;

    function say(state, more) {
      line.dataset.state = state;
      line.textContent = words[state] + (more ? " " + more : "");
    }
    function fields() {
      var list = [];
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string" && name !== "csrfmiddlewaretoken") list.push([name, value]);
      });
      return list;
    }
    function text(list) {
      return JSON.stringify(list.filter(function (pair) { return pair[0] !== "token" && pair[0] !== "version"; }));
    }
    function copy(sent, handed) {
      var row = { id: prefix + version, version: version, fields: fields(), at: Date.now(), sent: !!sent, handed: !!handed };
      return store("readwrite", function (s) { return s.put(row); });
    }
    function forget(id) { return store("readwrite", function (s) { return s.delete(id); }); }
    function clock() {
      var now = new Date();
      return ("0" + now.getHours()).slice(-2) + "." + ("0" + now.getMinutes()).slice(-2);
    }

    function touched(event) {
      if (event.target.type === "file") return;
      dirty = true; generation++;
      say("saving");
      clearTimeout(copying);
      copying = setTimeout(function () { copy(false).then(function () { if (dirty && !navigator.onLine) say("local"); }); }, 300);
      if (event.type === "change") soon();
    }
    function soon() { clearTimeout(timer); timer = setTimeout(send, SOON); }

    function send(leaving) {
      if (!dirty || sending || blocked || !words.autosaveUrl) return;
      if (!navigator.onLine) { say("local"); return; }
      sending = true;
      var now = generation, body = new FormData();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") body.append(name, value); });
      body.set("version", version);
      if (!leaving) say("saving");
      fetch(words.autosaveUrl, {
        method: "POST", body: body, credentials: "same-origin", redirect: "manual", keepalive: leaving === true,
        headers: { Accept: "application/json", "X-Requested-With": "fetch" }
      }).then(function (answer) {
        if (answer.status === 409 || answer.status === 404 || answer.status === 403) {
          blocked = true;  /* Sending it again cannot help; the reader must decide. */
        }
        if (!answer.ok) throw answer;
        return answer.json();
      }).then(function (saved) {
        var old = prefix + version;
        version = String(saved.version === undefined ? version : saved.version);
        words.autosaveVersion = version;
        var hidden = form.querySelector("input[name=version]");
        if (hidden) hidden.value = version;
        if (old !== prefix + version) forget(old);
        sending = false;
        if (now === generation) { dirty = false; copy(true); say("saved", saved.saved || clock()); }
      }).catch(function (problem) {
        sending = false;
        copy(false);
        if (!(problem instanceof Response)) { say("local"); return; }
        if (problem.status === 409) {
          problem.json().then(function (told) { say("failed", told.detail); }, function () { say("failed"); });
        } else if (problem.type === "opaqueredirect" || problem.status === 401) { say("local"); }
        else { say("failed"); }
      });
    }

    function fill(list) {
      var byName = {};
      list.forEach(function (pair) { (byName[pair[0]] = byName[pair[0]] || []).push(pair[1]); });
      Array.from(form.elements).forEach(function (field) {
        if (!field.name || /^(file|hidden|submit|button|reset)$/.test(field.type) || field.tagName === "BUTTON") return;
        var values = byName[field.name] || [];
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.indexOf(field.value) >= 0;
        else if (field.multiple) Array.from(field.options).forEach(function (o) { o.selected = values.indexOf(o.value) >= 0; });
        else if (values.length) field.value = values.shift();
      });
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
    mine().then(function (rows) {
      rows.filter(function (row) { return row.id.indexOf(prefix) === 0; }).forEach(function (row) {
        if (row.handed && text(row.fields) === text(fields())) row.sent = true;
        if (row.sent || (row.handed && Date.now() - row.at > HOUR)) { forget(row.id); return; }
        if (row.version === version && !row.handed) { fill(row.fields); say("restored"); dirty = true; soon(); return; }
        /* The server has moved on, or was handed the whole form: offer the copy, never put it over newer work. */
        var button = document.createElement("button");
        button.type = "button"; button.className = "btn second"; button.textContent = words.restore;
        button.addEventListener("click", function () { fill(row.fields); forget(row.id); button.remove(); });
        line.after(button);
      });
    });

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", function (event) {
      if (navigator.onLine) { clearTimeout(timer); clearTimeout(copying); blocked = true; if (dirty) copy(false, true); return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (words.autosaveUrl) copy(false);  /* A form without an address only asks for the connection. */
      say("offline");
    }, true);
    setInterval(send, WAIT);
    addEventListener("online", function () { send(); });
    addEventListener("pageshow", function () { blocked = false; });
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") send(true); });
  });
})();
