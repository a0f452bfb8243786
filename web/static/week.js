// Blocks of the week are moved by mouse, by touch (after a long press) and by keyboard; while they move, the station is
// asked whether that hour is free and allowed. Without this script a block leads to a page with the same form.
"use strict";
(function () {
  var week = document.getElementById("week");
  if (!week || !week.dataset.wait || !window.PointerEvent || !window.HTMLDialogElement) return;
  var plan = document.getElementById("plan");
  var tops; // of the hours, as they are when something is lifted
  var days = Array.from(week.querySelectorAll(".day"));
  var STEP = 5, DAY = 24 * 60, LEAST = 16, PRESS = 350, SLACK = 6, PAUSE = 150;
  var move = null; // what is being moved
  var quiet = false; // the click that ends a drag opens nothing
  var says = document.createElement("p");
  says.className = "says";
  says.setAttribute("role", "status");
  document.body.append(says);
  var bar = document.querySelector(".air");
  if (bar) week.style.setProperty("--bar", bar.offsetHeight + "px"); // the days' names stay under it

  function wide() { return window.matchMedia("(min-width: 40.01rem)").matches; }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function clock(minute) { return two(Math.floor(minute / 60)) + ":" + two(Math.floor(minute) % 60); }
  function y(minute) {
    var hour = Math.min(23, Math.floor(minute / 60));
    return tops[hour] + (minute / 60 - hour) * (tops[hour + 1] - tops[hour]);
  }
  function minuteAt(pixels) {
    var hour = 0;
    while (hour < 23 && tops[hour + 1] <= pixels) hour++;
    return 60 * (hour + (pixels - tops[hour]) / (tops[hour + 1] - tops[hour]));
  }
  function axis(n) { return days[n].querySelector(".axis"); }
  function day(n) { return days[n].dataset.day; }
  function name(n) { return days[n].querySelector("h3").textContent; }

  function hold() { // week-live.js waits meanwhile
    plan.dataset.held = "yes";
    tops = week.dataset.tops.split(",").map(Number);
  }

  function begin(link) {
    hold();
    var said = link.dataset.move.split(",").map(Number);
    var own = days.indexOf(link.closest(".day"));
    var ghost = link.parentElement.cloneNode(true);
    ghost.className = ghost.className.replace(/\b[ywih]\d+/g, "") + " ghost";
    ghost.setAttribute("aria-hidden", "true");
    ghost.firstElementChild.removeAttribute("href");
    link.parentElement.classList.add("lifted");
    move = { link: link, ghost: ghost, from: own, was: said[0], length: said[1], day: own, minute: said[0], asked: 0, ok: true };
    show();
  }

  function to(dayNumber, minute) {
    minute = Math.min(DAY - STEP, Math.max(0, Math.round(minute / STEP) * STEP));
    dayNumber = Math.min(days.length - 1, Math.max(0, dayNumber));
    if (minute === move.minute && dayNumber === move.day) return;
    move.minute = minute;
    move.day = dayNumber;
    show();
    ask();
  }

  function show() {
    var style = move.ghost.style;
    var top = y(move.minute);
    style.top = top + "px";
    style.height = Math.max(LEAST, y(Math.min(DAY, move.minute + move.length)) - top) + "px";
    move.ghost.querySelector("b").firstChild.data = clock(move.minute);
    axis(move.day).querySelector("ol").append(move.ghost);
    if (move.keys) move.ghost.scrollIntoView({ block: "nearest" });
  }

  function tell(text, refused) {
    if (!move) return;
    move.ok = !refused;
    move.ghost.classList.toggle("refused", refused);
    says.classList.toggle("refused", refused);
    says.textContent = clock(move.minute) + " " + name(move.day) + ": " + text;
    if (move.keys || folded(move.minute)) {
      var help = document.createElement("small");
      help.textContent = move.keys ? week.dataset.help : week.dataset.folded;
      says.append(help);
    }
  }

  function address() {
    return move.link.href + "&to=" + day(move.day) + "T" + clock(move.minute);
  }

  function unmoved() { return move.day === move.from && move.minute === move.was; }

  function ask() {
    var mine = ++move.asked;
    var moving = move;
    if (unmoved()) return tell(week.dataset.help, false);
    tell(week.dataset.wait, false);
    clearTimeout(move.timer);
    move.timer = setTimeout(function () {
      fetch(address().replace("/doi?", "/thu?"), { headers: { "X-Fragment": "1" }, cache: "no-store" })
        .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
        .then(function (said) {
          if (move === moving && moving.asked === mine) tell(said.ok ? week.dataset.good : said.text, !said.ok);
        })
        .catch(function () { /* saving checks again */ });
    }, PAUSE);
  }

  function end(keep) {
    var done = move;
    if (!done) return;
    var target = keep && !unmoved() ? address() : null;
    clearTimeout(done.timer);
    done.ghost.remove();
    done.link.parentElement.classList.remove("lifted");
    says.textContent = "";
    says.classList.remove("refused");
    move = null;
    delete plan.dataset.held;
    if (target) open(target, done.link, !done.keys && folded(done.minute));
    else refocus(done.link);
  }

  // The block itself, or the one that took its place meanwhile.
  function refocus(link) {
    if (!link.isConnected) {
      link = Array.from(week.querySelectorAll("a[href]")).find(function (a) { return a.href === link.href; });
    }
    if (link) link.focus();
  }

  function folded(minute) {
    var hour = Math.min(23, Math.floor(minute / 60));
    return tops[hour + 1] - tops[hour] < 60;
  }

  // The page of one broadcast, in a dialog.
  function open(target, link, exact) {
    fetch(target, { headers: { "X-Fragment": "1" }, cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (text) {
        var part = new DOMParser().parseFromString(text, "text/html").getElementById("occurrence");
        var dialog = document.createElement("dialog");
        var title = part.querySelector("h1");
        title.id = "dialog-title";
        dialog.setAttribute("aria-labelledby", title.id);
        dialog.append(document.adoptNode(part));
        document.body.append(dialog);
        dialog.addEventListener("close", function () {
          dialog.remove();
          refocus(link);
        });
        dialog.addEventListener("click", function (event) {
          if (event.target === dialog || event.target.closest("[data-close]")) {
            event.preventDefault();
            dialog.close();
          }
        });
        dialog.showModal();
        if (exact) dialog.querySelector("#to").focus();
      })
      .catch(function () { window.location.href = target; });
  }

  week.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-move]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (quiet) { quiet = false; return; }
    open(link.href, link);
  });
  week.addEventListener("dragstart", function (event) { event.preventDefault(); });
  week.addEventListener("contextmenu", function (event) {
    if (move && !move.keys) event.preventDefault();
  });

  // By mouse at once, by touch after a long press: a short stroke scrolls the page.
  week.addEventListener("pointerdown", function (event) {
    var link = event.target.closest("a[data-move]");
    if (!link || event.button !== 0 || !wide() || move) return;
    var startX = event.clientX, startY = event.clientY;
    var grip = startY - link.getBoundingClientRect().top;
    hold();
    var timer = event.pointerType === "touch" ? setTimeout(lift, PRESS) : null;

    function lift() {
      timer = null;
      begin(link);
      move.pointer = event.pointerId;
      tell(week.dataset.moving, false);
    }
    function follow(at) {
      if (at.pointerId !== event.pointerId) return;
      var far = Math.abs(at.clientX - startX) > SLACK || Math.abs(at.clientY - startY) > SLACK;
      if (!move) {
        if (!far) return;
        if (event.pointerType === "touch") return stop();
        lift();
      }
      var column = days.findIndex(function (each, n) {
        var box = axis(n).getBoundingClientRect();
        return at.clientX >= box.left && at.clientX < box.right;
      });
      if (column < 0) column = move.day;
      var minute = minuteAt(at.clientY - grip - axis(column).getBoundingClientRect().top);
      if (folded(minute)) minute = 60 * Math.round(minute / 60); // there a pixel is five minutes: whole hours can be hit
      to(column, minute);
    }
    function drop(at) {
      if (at.pointerId !== event.pointerId) return;
      quiet = Boolean(move) && at.type === "pointerup" && !unmoved();
      setTimeout(function () { quiet = false; }, 50);
      stop();
      end(at.type === "pointerup");
    }
    function still(at) { if (move) at.preventDefault(); } // the page does not scroll under what is dragged
    function leave(at) { if (at.key === "Escape") { stop(); end(false); } }
    function stop() {
      clearTimeout(timer);
      if (!move) delete plan.dataset.held;
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
      document.removeEventListener("touchmove", still);
      document.removeEventListener("keydown", leave);
    }
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", drop);
    document.addEventListener("touchmove", still, { passive: false });
    document.addEventListener("keydown", leave);
  });

  // By keyboard: arrows move, Enter settles, Escape leaves it.
  var KEYS = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  week.addEventListener("keydown", function (event) {
    var link = event.target.closest("a[data-move]");
    if (!link || !wide()) return;
    if (KEYS[event.key]) {
      event.preventDefault();
      if (move && !move.keys) return;
      if (!move) { begin(link); move.keys = true; }
      var by = KEYS[event.key];
      to(move.day + by[0], move.minute + by[1] * (event.shiftKey ? 12 : 1));
    } else if (move && event.key === "Enter") {
      event.preventDefault();
      end(true);
    } else if (move && event.key === "Escape") {
      end(false);
    }
  });
  week.addEventListener("focusout", function () {
    if (move && move.keys) end(false);
  });
})();
