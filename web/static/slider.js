// A slider beside a number: each follows the other. Without this file there is only the number.
"use strict";
document.querySelectorAll("[data-slider]").forEach(function (slider) {
  var number = document.getElementById(slider.dataset.slider);
  slider.hidden = false;
  slider.addEventListener("input", function () { number.value = slider.value; });
  number.addEventListener("input", function () { slider.value = number.value; });
});
