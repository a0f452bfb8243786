// Hears single sentences in place, and lets the text of a programme follow its sound. Without it the links still play.
"use strict";
(function () {
  var one = new Audio();
  var pressed = null;

  function rest() {
    if (pressed) pressed.classList.remove("waiting", "playing");
    pressed = null;
  }

  function trouble(link) {
    var words = document.getElementById("hear-trouble");
    if (pressed !== link) return;
    rest();
    if (!words) return window.location.assign(link.href);
    var copy = words.content.firstElementChild.cloneNode(true);
    link.parentNode.insertAdjacentElement("afterend", copy);
    setTimeout(function () { copy.remove(); }, 8000);
  }

  // What is being typed can be heard before it is kept.
  document.querySelectorAll("a.hear[data-of]").forEach(function (link) {
    var field = document.getElementById(link.dataset.of), address = link.href;
    link.hidden = false;
    field.addEventListener("input", function () { link.href = address + "?doc=" + encodeURIComponent(field.value); });
  });

  // Who hears a sentence mostly hears the next ones too: they are spoken meanwhile, one at a time.
  var AHEAD = 3;
  var line = navigator.connection || {};
  var dear = line.saveData || line.type === "cellular" || /2g|3g/.test(line.effectiveType || "");
  var links = Array.prototype.slice.call(document.querySelectorAll("tr a.hear"));
  var coming = [], preparing = false;

  function prepare(first, count) {
    if (dear) return;
    coming = links.slice(first, first + count).filter(function (link) { return !link.dataset.ready; });
    if (!preparing) proceed();
  }

  function proceed() {
    var link = coming.shift();
    preparing = Boolean(link);
    if (!link) return;
    fetch(link.href, { headers: { "X-Ahead": "yes" } }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status); // others wait there: not now
      link.dataset.ready = "yes";
      return answer.arrayBuffer();
    }).catch(function () { coming = []; }).then(proceed);
  }
  prepare(0, 1);

  // A hand that moves to a sentence is about to press: a natural voice needs that moment for a long one.
  ["pointerover", "focusin"].forEach(function (approach) {
    document.addEventListener(approach, function (event) {
      var place = event.target.closest ? links.indexOf(event.target.closest("a.hear")) : -1;
      if (place >= 0) prepare(place, 1);
    });
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.hear");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    var again = link === pressed;
    one.pause();
    rest();
    if (again) return;
    pressed = link;
    link.classList.add("waiting");
    one.src = link.href;
    one.play().then(function () {
      if (pressed !== link) return;
      link.classList.remove("waiting");
      link.classList.add("playing");
      if (links.indexOf(link) >= 0) prepare(links.indexOf(link) + 1, AHEAD);
    }, function (error) {
      if (error.name !== "AbortError") trouble(link);
    });
  });
  one.addEventListener("ended", rest);

  var whole = document.getElementById("whole");
  if (!whole) return;
  var box = document.getElementById("follow");
  var outline = document.getElementById("outline");
  var places = Array.prototype.slice.call(document.querySelectorAll("[data-to]"));
  var now = null;

  function go(seconds) {
    whole.currentTime = seconds;
    whole.play().catch(function () { /* the browser wants its own button pressed first */ });
  }

  // What is heard now, in the outline too.
  function shade(place) {
    if (!outline || !whole.duration) return;
    var scale = outline.viewBox.baseVal.width / whole.duration, box = outline.querySelector(".heard");
    box.setAttribute("x", place ? scale * place.dataset.at : 0);
    box.setAttribute("width", place ? scale * (place.dataset.to - place.dataset.at) : 0);
  }

  function follow() {
    var at = whole.currentTime;
    if (outline && whole.duration) {
      outline.querySelector(".played").setAttribute("width", outline.viewBox.baseVal.width * at / whole.duration);
    }
    var here = null;
    places.forEach(function (place) {
      if (Number(place.dataset.at) <= at + 0.02) here = place;
    });
    if (here && Number(here.dataset.to) + 1.5 < at) here = null;
    if (here === now) return;
    if (now) { now.classList.remove("now"); now.removeAttribute("aria-current"); }
    now = here;
    shade(now);
    if (!now) return;
    now.classList.add("now");
    now.setAttribute("aria-current", "true");
    if (!whole.paused) {
      var row = now.getBoundingClientRect(), frame = box.getBoundingClientRect();
      box.scrollTop += row.top - frame.top - frame.height / 3;
    }
  }
  whole.addEventListener("timeupdate", follow);
  whole.addEventListener("seeking", follow);
  whole.addEventListener("play", function () {
    (function frame() {
      follow();
      if (!whole.paused) requestAnimationFrame(frame);
    })();
  });

  box.addEventListener("click", function (event) {
    var place = event.target.closest("[data-at]");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(Number(place.dataset.at));
  });
  if (outline) outline.addEventListener("click", function (event) {
    var frame = outline.getBoundingClientRect();
    if (whole.duration) go(whole.duration * (event.clientX - frame.left) / frame.width);
  });
})();
