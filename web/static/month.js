// Arrow keys go from day to day in the month; Enter picks, as on any link.
"use strict";
(function () {
  var days = Array.from(document.querySelectorAll(".month td > a"));
  var STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  document.addEventListener("keydown", function (event) {
    var at = days.indexOf(document.activeElement);
    var next = at < 0 ? null : days[at + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();
