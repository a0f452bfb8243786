// Items of the queue, or parts of a programme, are dragged to their place; the buttons do the same without a mouse and without this script.
"use strict";
(function () {
  var dragged = null;

  function items(list) {
    return Array.from(list.querySelectorAll("[data-drag]"));
  }

  function arm(item) {
    item.draggable = true;
    item.addEventListener("dragstart", function (event) {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      item.classList.add("dragged");
    });
    item.addEventListener("dragover", function (event) {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      var all = items(item.parentElement);
      if (all.indexOf(dragged) < all.indexOf(item)) item.after(dragged);
      else item.before(dragged);
    });
    item.addEventListener("drop", function (event) { event.preventDefault(); });
    item.addEventListener("dragend", function () {
      var form = item.querySelector("form.to");
      item.classList.remove("dragged");
      dragged = null;
      form.elements.place.value = items(item.parentElement).indexOf(item) + 1;
      form.requestSubmit();
    });
  }

  function look(where) { where.querySelectorAll("[data-drag]").forEach(arm); }
  look(document);
  document.addEventListener("fresh", function (event) { look(event.target); });
})();
