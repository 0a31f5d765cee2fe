/* Drafts: a copy on the phone at each change, the truth on the server every 20 seconds.
   A copy belongs to user + organisation + form + version and is never sent under another account:
   its key is who the page was served to, and the server's own token and door refuse anybody else.
   Server: POST of the form's fields (no files) with `version`; answers {"version": 4, "saved": "09.41"},
   409 {"detail": "…"} when somebody else changed it first. */
(function () {
  "use strict";
  var WAIT = 20000, SOON = 1500, who = document.body.dataset.who || "";

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
    rows = rows.filter(function (row) { return !row.sent; });
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
    function copy(sent) {
      var row = { id: prefix + version, version: version, fields: fields(), at: Date.now(), sent: !!sent };
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
        if (row.sent) { forget(row.id); return; }
        if (row.version === version) { fill(row.fields); say("restored"); dirty = true; soon(); return; }
        /* The server has moved on: offer the copy, never put it over newer work by itself. */
        var button = document.createElement("button");
        button.type = "button"; button.className = "btn second"; button.textContent = words.restore;
        button.addEventListener("click", function () { fill(row.fields); forget(row.id); button.remove(); });
        line.after(button);
      });
    });

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", function (event) {
      if (navigator.onLine) { clearTimeout(timer); blocked = true; return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      copy(false);
      say("offline");
    }, true);
    setInterval(send, WAIT);
    addEventListener("online", function () { send(); });
    addEventListener("pageshow", function () { blocked = false; });
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") send(true); });
  });
})();
