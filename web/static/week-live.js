// Keeps the blocks of an open week, and the list of what was missed under it, as they are by now. Waits while the page
// is hidden or something is being dragged; focus, scroll and what is being typed stay. Without it the page stands.
"use strict";
(function () {
  var plan = document.getElementById("plan");
  if (!plan) return;
  var week = document.getElementById("week");
  var EVERY = 3000;
  var tag = plan.dataset.tag;
  var asking = false;

  function look() {
    if (asking || document.hidden || plan.dataset.held) return;
    asking = true;
    var headers = { "X-Fragment": "1" };
    if (tag) headers["If-None-Match"] = 'W/"' + tag + '"';
    fetch(plan.dataset.fresh, { headers: headers, cache: "no-store" })
      .then(function (answer) {
        if (answer.status === 401) window.location.reload();
        return answer.ok ? answer.text() : "";
      })
      .then(function (text) {
        if (text && !plan.dataset.held) take(new DOMParser().parseFromString(text, "text/html"));
      })
      .catch(function () { /* the bar above says that the station is out of reach */ })
      .then(function () { asking = false; });
  }
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);

  function take(page) {
    var fresh = page.getElementById("plan");
    if (!fresh) return;
    if (fresh.dataset.week !== plan.dataset.week) return window.location.reload(); // a new week has begun
    tag = fresh.dataset.tag;
    renewWeek(fresh.querySelector("#week"));
    renewTroubles(fresh.querySelector("#troubles"));
    opened = Date.now();
  }

  // The week: day by day, where something is otherwise.
  function renewWeek(fresh) {
    var place = focused();
    var top = week.querySelector(".day .axis").getBoundingClientRect().top;
    var minute = top < 0 && minuteAt(-top, heights());
    Array.from(week.children).forEach(function (old, n) {
      var now = fresh.children[n];
      if (old.innerHTML === now.innerHTML && old.className === now.className) return;
      old.className = now.className;
      old.replaceChildren.apply(old, Array.from(now.childNodes));
    });
    if (fresh.dataset.tops !== week.dataset.tops) {
      week.dataset.tops = fresh.dataset.tops;
      if (minute) window.scrollBy(0, y(minute, heights()) + top);
    }
    if (place) focusAgain(place);
  }

  function heights() { return week.dataset.tops.split(",").map(Number); }
  function y(minute, tops) {
    var hour = Math.min(23, Math.floor(minute / 60));
    return tops[hour] + (minute / 60 - hour) * (tops[hour + 1] - tops[hour]);
  }
  function minuteAt(pixels, tops) {
    var hour = 0;
    while (hour < 23 && tops[hour + 1] <= pixels) hour++;
    return 60 * (hour + (pixels - tops[hour]) / (tops[hour + 1] - tops[hour]));
  }

  function focused() {
    var link = document.activeElement;
    var day = week.contains(link) && link.closest(".day");
    if (!day) return null;
    return { link: link, day: day, href: link.getAttribute("href"), nth: Array.from(day.querySelectorAll("a")).indexOf(link) };
  }

  function focusAgain(place) {
    if (place.link.isConnected) return;
    var links = Array.from(place.day.querySelectorAll("a[href]"));
    var same = Array.from(week.querySelectorAll("a[href]")).find(function (a) { return a.getAttribute("href") === place.href; });
    var link = same || links[Math.min(place.nth, links.length - 1)];
    if (link) link.focus({ preventScroll: true });
  }

  // What was missed: line by line; one that somebody is answering stays as it is.
  function busy(element) {
    return element.contains(document.activeElement) || element.querySelector("details[open]");
  }

  function renewTroubles(fresh) {
    var held = document.getElementById("troubles");
    var old = held.querySelector("ul"), now = fresh.querySelector("ul");
    if (!old || !now) {
      if (!busy(held)) held.replaceChildren.apply(held, Array.from(fresh.childNodes));
      return;
    }
    var kept = new Set();
    var next = old.firstElementChild;
    Array.from(now.children).forEach(function (line) {
      var was = document.getElementById(line.id);
      if (was && !busy(was)) was.replaceWith(line);
      if (!was) old.insertBefore(line, next);
      kept.add(line.id);
      next = (was && was.isConnected ? was : line).nextElementSibling;
    });
    Array.from(old.children).forEach(function (line) {
      if (!kept.has(line.id) && !busy(line)) line.remove();
    });
  }

  // The line of this moment goes on.
  var opened = Date.now();
  setInterval(function () {
    var line = week.querySelector(".line");
    if (line) line.style.top = y(+line.dataset.at + (Date.now() - opened) / 60000, heights()) + "px";
  }, 30000);
})();
