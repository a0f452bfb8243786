// Keeps the parts of a page marked data-live fresh, from the addresses in data-poll. Everything works without it.
// What is shown is true within 1.5 s, or the page says that it has lost the station.
"use strict";
(function () {
  var EVERY = 1200;
  var PATIENCE = 2500;
  var typed = false;
  var opened = Date.now();

  document.addEventListener("input", function () { typed = true; });

  // What somebody is at is left alone: pressed, focused, selected, dragged or unfolded.
  var pressed = null;
  document.addEventListener("pointerdown", function (event) { pressed = event.target; });
  ["click", "pointercancel", "dragend"].forEach(function (kind) {
    document.addEventListener(kind, function () { pressed = null; });
  });

  function busy(element) {
    var chosen = document.getSelection();
    return element.contains(pressed) || element.contains(document.activeElement)
      || element.querySelector("details[open], .dragged")
      || (!chosen.isCollapsed && element.contains(chosen.anchorNode));
  }

  function same(old, fresh) {
    if (fresh.dataset.key !== undefined) return old.dataset.key === fresh.dataset.key;
    return old.innerHTML === fresh.innerHTML && old.className === fresh.className;
  }

  function take(page) {
    page.querySelectorAll("[data-live]").forEach(function (fresh) {
      var old = document.getElementById(fresh.id);
      if (old && !same(old, fresh) && !busy(old)) {
        old.replaceWith(document.adoptNode(fresh));
        fresh.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
      }
    });
  }

  function settle(holder, page) {
    // A holder whose fresh copy asks for no more polling has arrived.
    var fresh = holder.id && page.getElementById(holder.id);
    if (!fresh || fresh.dataset.poll || holder.hasAttribute("data-live")) return;
    delete holder.dataset.poll;
    if (!fresh.hasAttribute("data-reload") || (typed && fresh.dataset.reload === "unless-typed")) return;
    window.location.reload(); // the whole page shows more than its parts
  }

  function reached(holder, yes) {
    if (holder.matches(".air")) document.body.classList.toggle("offline", !yes);
  }

  function poll(holder) {
    // data-every: so many seconds at least between two looks, for what nobody watches by the second.
    var rest = (holder.dataset.every || 0) * 1000;
    if (holder.waiting || Date.now() - (holder.asked || opened) < rest) return;
    holder.asked = Date.now();
    holder.waiting = true;
    var enough = new AbortController();
    var timer = setTimeout(function () { enough.abort(); }, PATIENCE);
    fetch(holder.dataset.poll, { headers: { "X-Fragment": "1" }, cache: "no-store", signal: enough.signal })
      .then(function (answer) {
        if (answer.status === 401 && !typed) window.location.reload(); // what is typed is sent first, see web/kept
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        settle(holder, page);
        take(page);
        reached(holder, true);
      })
      .catch(function () {
        reached(holder, false);
      })
      .then(function () {
        clearTimeout(timer);
        holder.waiting = false;
      });
  }

  function look() {
    if (!document.hidden) document.querySelectorAll("[data-poll]").forEach(poll);
  }
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);

  // One press of a button is one request.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    event.target.classList.add("sent");
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form.sent").forEach(function (form) {
      delete form.dataset.sent;
      form.classList.remove("sent");
    });
  });

  // A word and what is said for it light up together.
  function light(event) {
    var here = event.target.closest && event.target.closest("[data-pair]");
    document.querySelectorAll(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    if (!here) return;
    here.closest("tr").querySelectorAll('[data-pair="' + here.dataset.pair + '"]').forEach(function (each) {
      each.classList.add("lit");
    });
  }
  ["mouseover", "click"].forEach(function (kind) { document.addEventListener(kind, light); });

  // A remark on the form leads to its words in the text.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-find]");
    var text = link && document.getElementById("text");
    var at = text ? text.value.indexOf(link.dataset.find) : -1;
    if (at < 0) return;
    event.preventDefault();
    text.focus();
    text.setSelectionRange(at, at + link.dataset.find.length);
  });

  // Escape, a click elsewhere and a step elsewhere by Tab close an open question or menu.
  var folds = "details.stop, details.ask, details.menu";
  function close(except) {
    document.querySelectorAll(folds).forEach(function (details) {
      if (details === except || !details.open) return;
      if (details.contains(document.activeElement)) details.querySelector("summary").focus();
      details.open = false;
    });
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close(null);
  });
  ["click", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      close(event.target.closest(folds));
    });
  });
})();
