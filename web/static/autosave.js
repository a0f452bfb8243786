// Keeps what is being typed into a bulletin's form in this browser, so that a power cut costs a few seconds of it.
// The words shown are in the page; this only shows and hides them.
"use strict";
(function () {
  var PREFIX = "tieng-loa:ban-tin:";
  var BEFORE = ":truoc"; // a text kept before somebody else changed the bulletin
  var EVERY = 2000;
  var OLD = 14 * 24 * 3600 * 1000;
  var FIELDS = ["programme", "week", "title", "text"];
  var store;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch (error) {
    return; // storage is switched off
  }

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function write(key, draft) {
    try {
      store.setItem(key, JSON.stringify(draft));
      return true;
    } catch (error) {
      return false; // full
    }
  }

  function keys() {
    var found = [];
    for (var n = 0; n < store.length; n += 1) if (store.key(n).indexOf(PREFIX) === 0) found.push(store.key(n));
    return found;
  }

  // What has reached the station, and what nobody came back for, is kept no longer.
  var saved = document.querySelector("[data-draft-saved]");
  keys().forEach(function (key) {
    var draft = read(key);
    if (!draft || Date.now() - draft.at > OLD || (saved && draft.name === saved.dataset.draftSaved)) store.removeItem(key);
  });
  if (saved) window.history.replaceState(null, "", window.location.pathname + window.location.hash);

  var form = document.querySelector("form[data-draft]");
  if (!form) return;
  var key = PREFIX + form.dataset.draft;
  var note = document.getElementById("kept"), told = document.getElementById("kept-now");
  var name = Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
  form.elements.draft.value = name;

  function values() {
    var found = {};
    FIELDS.forEach(function (field) {
      if (form.elements[field]) found[field] = form.elements[field].value;
    });
    return found;
  }

  function fill(from) {
    FIELDS.forEach(function (field) {
      if (form.elements[field] && from[field] !== undefined) form.elements[field].value = from[field];
    });
  }

  function same(one, other) {
    return FIELDS.every(function (field) {
      return (one[field] || "").replace(/\r\n/g, "\n") === (other[field] || "").replace(/\r\n/g, "\n");
    });
  }

  function version() {
    return form.elements.version ? form.elements.version.value : "";
  }

  function hour(at, seconds) {
    var language = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
    var zone = { timeZone: form.dataset.tz };
    var day = new Date(at).toLocaleDateString(language, zone);
    var style = { hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined, timeZone: form.dataset.tz };
    var time = new Date(at).toLocaleTimeString(language, style);
    return day === new Date().toLocaleDateString(language, zone) ? time : time + " " + day;
  }

  var atFirst = values(); // as the station has it
  var unsaved = form.dataset.unsaved === "yes"; // the station refused what stands here: it has it nowhere
  var last = unsaved ? null : atFirst;

  function keep() {
    var typed = values();
    if (last && same(typed, last)) return;
    last = typed;
    if (!unsaved && same(typed, atFirst)) {
      store.removeItem(key);
      told.hidden = true;
      return;
    }
    told.hidden = !write(key, { name: name, version: version(), at: Date.now(), values: typed });
    told.querySelector("time").textContent = hour(Date.now(), true);
  }

  var shown = null; // "restored": the form holds the kept text; "offered": it waits, because the bulletin has changed

  function show(kind, draft) {
    shown = kind;
    note.hidden = false;
    note.querySelectorAll("[data-when]").forEach(function (each) { each.hidden = each.dataset.when !== kind; });
    note.querySelectorAll("time").forEach(function (each) { each.textContent = hour(draft.at); });
  }

  var draft = read(key);
  if (draft && !unsaved && draft.version !== version()) {
    write(key + BEFORE, draft);
    store.removeItem(key);
    draft = null;
  }
  var before = read(key + BEFORE);
  if (draft && !unsaved && !same(draft.values, atFirst)) {
    fill(draft.values);
    last = values();
    write(key, { name: name, version: version(), at: draft.at, values: last });
    show("restored", draft);
  } else if (before) {
    show("offered", before);
  }

  note.addEventListener("click", function (event) {
    if (event.target.value !== "use" && event.target.value !== "drop") return;
    if (shown === "offered") store.removeItem(key + BEFORE);
    if (event.target.value === "use") fill(before.values);
    else if (shown === "restored") fill(atFirst);
    keep();
    note.hidden = true;
    form.elements.text.focus();
  });

  setInterval(keep, EVERY);
  form.addEventListener("focusout", keep);
  form.addEventListener("submit", keep);
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
})();
