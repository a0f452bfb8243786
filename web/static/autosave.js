// Sends what is being typed into a bulletin's form to the station every few seconds, where it outlives a power cut. What
// could not be sent yet stays in this browser, which writes it to disk when it pleases. The words shown are in the page.
"use strict";
(function () {
  var PREFIX = "tieng-loa:ban-tin:";
  var BEFORE = ":truoc"; // a text kept before somebody else changed the bulletin
  var EVERY = 2000;
  var PATIENCE = 10000; // for an answer of the station
  var SMALL = 50000; // bytes that may still be sent while the page goes away (browsers allow 64 KiB)
  var OLD = 14 * 24 * 3600 * 1000;
  var FIELDS = ["programme", "week", "title", "text", "expires", "crime", "deeds"];
  var store = null;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch (error) {
    store = null; // storage is switched off
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
      return false; // full, or switched off
    }
  }

  function forget(key) {
    if (store) store.removeItem(key);
  }

  function keys() {
    var found = [];
    for (var n = 0; store && n < store.length; n += 1) if (store.key(n).indexOf(PREFIX) === 0) found.push(store.key(n));
    return found;
  }

  // What has reached the station, and what nobody came back for, is kept no longer.
  var saved = document.querySelector("[data-draft-saved]");
  keys().forEach(function (key) {
    var draft = read(key);
    if (!draft || Date.now() - draft.at > OLD || (saved && draft.name === saved.dataset.draftSaved)) forget(key);
  });
  if (saved) window.history.replaceState(null, "", window.location.pathname + window.location.hash);

  var form = document.querySelector("form[data-draft]");
  if (!form) return;
  var key = PREFIX + form.dataset.draft;
  var note = document.getElementById("kept"), told = document.getElementById("kept-now");
  var station = form.dataset; // what the station has of it: a name, a turn, the name of one that is saved

  function fresh() {
    return Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
  }

  function values() {
    var found = {};
    FIELDS.forEach(function (field) {
      var element = form.elements[field];
      if (element) found[field] = element.type !== "checkbox" ? element.value : element.checked ? "yes" : "";
    });
    return found;
  }

  function fill(from) {
    FIELDS.forEach(function (field) {
      var element = form.elements[field];
      if (!element || from[field] === undefined) return;
      if (element.type === "checkbox") element.checked = from[field] === "yes";
      else element.value = from[field];
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

  // The copy in this browser: only what never reached the station counts. The browser may bring back an older one.
  var local = read(key);
  if (local && (local.name === station.ended || (local.name === station.name && !(local.turn > Number(station.turn))))) {
    forget(key);
    local = null;
  }
  var unsaved = station.unsaved === "yes"; // the station refused what stands here: it has it nowhere
  if (local && !unsaved && (local.version !== version() || (station.way && local.name !== station.name))) {
    write(key + BEFORE, local);
    forget(key);
    local = null;
  }
  var before = read(key + BEFORE);
  var atFirst = values(); // as the station has it
  var name = form.elements.draft.value || (local && local.name) || fresh();
  var turn = Math.max(name === station.name ? Number(station.turn) : 0, local && local.name === name ? local.turn || 0 : 0);
  var last = unsaved ? null : atFirst;
  var reached = turn; // the last turn that the station has
  var at = 0, here = false, sending = null;
  var leaving = false; // the form is on its way, with the text
  var going = false; // the next page may have been made before the last copy arrived: this browser then keeps its own
  form.elements.draft.value = name;

  function tell(where, when) {
    told.hidden = false;
    told.querySelectorAll("[data-where]").forEach(function (each) { each.hidden = each.dataset.where !== where; });
    told.querySelectorAll("time").forEach(function (each) { each.textContent = hour(when, true); });
  }

  function keep() {
    var typed = values();
    if (!last || !same(typed, last)) {
      last = typed;
      turn += 1;
      at = Date.now();
      here = write(key, { name: name, turn: turn, version: version(), at: at, values: typed });
    }
    if (turn > reached && !sending && !leaving) send();
  }

  function send() {
    var sent = turn, when = at, body = new FormData(), aborted = new AbortController();
    FIELDS.forEach(function (field) { body.append(field, last[field] || ""); });
    [["draft", name], ["turn", sent], ["version", version()], ["place", station.place]].forEach(function (each) {
      body.append(each[0], each[1]);
    });
    sending = aborted;
    var patience = setTimeout(function () { aborted.abort(); }, PATIENCE);
    fetch(station.keep, {
      method: "POST",
      body: body,
      headers: { "X-CSRFToken": form.elements.csrf_token.value, "X-Fragment": "draft" },
      keepalive: last.text.length * 3 < SMALL,
      signal: aborted.signal,
    }).then(function (answer) {
      if (answer.status === 409) {
        name = form.elements.draft.value = fresh(); // saved from another page, and typed on in this one
        here = write(key, { name: name, turn: turn, version: version(), at: at, values: last });
      }
      if (answer.status !== 204) throw new Error(answer.status);
      reached = sent;
      if (turn === sent && !going) forget(key);
      tell("station", when);
    }).catch(function () {
      if (!leaving) tell(here ? "browser" : "nowhere", at);
    }).then(function () {
      clearTimeout(patience);
      sending = null;
    });
  }

  var shown = null; // "restored": the form holds the kept text; "offered": it waits, because the bulletin has changed

  function show(kind, draft) {
    shown = kind;
    note.hidden = false;
    note.querySelectorAll("[data-when]").forEach(function (each) { each.hidden = each.dataset.when !== kind; });
    note.querySelectorAll("time").forEach(function (each) { each.textContent = hour(draft.at); });
  }

  if (local && !unsaved && !same(local.values, atFirst)) {
    fill(local.values);
    show("restored", local); // over what the station brought back, which is older
    var older = document.getElementById("kept-station");
    if (older) older.hidden = true;
  } else if (before) {
    show("offered", before);
  }

  note.addEventListener("click", function (event) {
    if (event.target.value !== "use" && event.target.value !== "drop") return;
    if (shown === "offered") forget(key + BEFORE);
    if (event.target.value === "use") fill(before.values);
    else if (shown === "restored") fill(atFirst);
    keep();
    note.hidden = true;
    form.elements.text.focus();
  });

  setInterval(keep, EVERY);
  form.addEventListener("focusout", keep);
  form.addEventListener("submit", function () {
    leaving = true; // the form itself carries the text
    if (sending) sending.abort();
    keep();
  });
  form.addEventListener("input", function () { going = false; });
  window.addEventListener("beforeunload", function () { going = true; });
  window.addEventListener("pageshow", function () { leaving = false; });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep);
})();
