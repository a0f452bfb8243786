// What the browser itself says about a field, in the language of the page; what its own date and time fields hold, as
// people here write it (in an English browser 5/12 is May); and its button for files. The words come with the script's tag.
"use strict";
(function () {
  var words = document.currentScript.dataset;
  var language = document.documentElement.lang;
  var inWords = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "numeric", year: "numeric", timeZone: "UTC" });
  var halfDays = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12;

  function missing(field) {
    if (field.type === "file") return words.file;
    if (field.type === "checkbox" || field.type === "radio" || field.matches("select")) return words.choice;
    return words.missing;
  }

  function wrong(field) {
    var found = field.validity;
    if (found.valueMissing) return missing(field);
    if (found.rangeUnderflow || found.rangeOverflow) {
      var text = field.min && field.max ? words.between : field.min ? words.least : words.most;
      return text.replace("MIN", field.min).replace("MAX", field.max);
    }
    if (found.tooShort) return words.short.replace("MIN", field.minLength);
    return field.title || words.wrong;
  }

  function megabytes(bytes) {
    return new Intl.NumberFormat(language, { maximumFractionDigits: bytes < 1e7 ? 1 : 0 }).format(bytes / 1e6);
  }

  // Said before anything is sent: the server would say so only at the end.
  function heavy(field) {
    var most = Number(field.dataset.most), file = field.dataset.most && field.files[0];
    if (!file || file.size <= most) return "";
    return words.heavy.replace("SIZE", megabytes(file.size)).replace("MOST", megabytes(most));
  }

  function clear(field) {
    if (field.setCustomValidity) field.setCustomValidity(heavy(field));
  }

  document.addEventListener("invalid", function (event) {
    clear(event.target);
    event.target.setCustomValidity(heavy(event.target) || wrong(event.target));
  }, true);
  document.addEventListener("input", function (event) { clear(event.target); });
  document.addEventListener("click", function (event) { // Enter presses a button too
    var button = event.target.closest("button");
    if (button && button.form) Array.from(button.form.elements).forEach(clear);
  }, true);

  function asWritten(field) {
    if (!field.value) return "";
    return field.type === "time" ? field.value : inWords.format(new Date(field.value + "T00:00Z"));
  }

  document.querySelectorAll(halfDays ? "input[type=date], input[type=time]" : "input[type=date]").forEach(function (field) {
    var said = document.createElement("span");
    said.className = "in-words";
    field.after(said);
    function say() { said.textContent = asWritten(field); }
    field.addEventListener("input", say);
    say();
  });

  // The field lies invisibly over what is shown in its place: a click, a drop and the keyboard still reach it.
  document.querySelectorAll("input[type=file]").forEach(function (field) {
    var holder = document.createElement("span");
    var button = document.createElement("span");
    var name = document.createElement("span");
    holder.className = "file";
    button.className = "button quiet";
    button.textContent = words.choose;
    button.setAttribute("aria-hidden", "true");
    field.replaceWith(holder);
    holder.append(field, button, name);
    function say() {
      var file = field.files[0];
      name.textContent = file ? file.name + " (" + megabytes(file.size) + " MB)" : words.none;
    }
    field.addEventListener("change", function () {
      say();
      clear(field);
      if (heavy(field)) field.reportValidity();
    });
    say();
  });
})();
