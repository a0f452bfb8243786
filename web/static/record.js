// A file field marked data-record gets a microphone: record, hear, and the sound stands in the field like a chosen file.
"use strict";
(function () {
  if (!window.MediaRecorder || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  var SUFFIXES = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };

  function element(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function furnish(field) {
    var words = field.dataset;
    var button = element("button", { type: "button", className: "quiet mic", textContent: words.begin });
    var said = element("p", { className: "help" });
    said.setAttribute("role", "status");
    var player = element("audio", { controls: true, hidden: true });
    var recorder = null, timer = 0, heard = "";
    (field.labels[0] || field).before(button, said, player);

    function show(file) {
      URL.revokeObjectURL(heard);
      heard = file ? URL.createObjectURL(file) : "";
      player.hidden = !file;
      if (file) player.src = heard;
    }

    function keep(chunks, type) {
      var bare = type.split(";")[0];
      var files = new DataTransfer();
      var at = new Date().toTimeString().slice(0, 8).replace(/:/g, "-");
      files.items.add(new File(chunks, "ghi-am-" + at + "." + (SUFFIXES[bare] || "webm"), { type: bare }));
      field.files = files.files;
      field.dispatchEvent(new Event("change"));
      said.textContent = words.done;
    }

    function stop() {
      if (recorder && recorder.state !== "inactive") recorder.stop();
    }

    function begin(stream) {
      var chunks = [], started = Date.now(), longest = Number(field.dataset.longest) * 1000;
      recorder = new MediaRecorder(stream);
      recorder.ondataavailable = function (event) { if (event.data.size) chunks.push(event.data); };
      recorder.onstop = function () {
        clearInterval(timer);
        stream.getTracks().forEach(function (track) { track.stop(); });
        button.textContent = words.again;
        button.classList.remove("danger");
        keep(chunks, recorder.mimeType);
      };
      recorder.start(1000);
      button.textContent = words.stop;
      button.classList.add("danger");
      show(null);
      said.textContent = words.speak;
      timer = setInterval(function () {
        var past = Date.now() - started;
        button.textContent = words.stop + " (" + Math.round(past / 1000) + " " + words.seconds + ")";
        if (past > longest) stop();
      }, 500);
    }

    button.addEventListener("click", function () {
      if (recorder && recorder.state === "recording") return stop();
      navigator.mediaDevices.getUserMedia({ audio: true }).then(begin).catch(function () {
        said.textContent = words.refused;
      });
    });
    field.addEventListener("change", function () { show(field.files[0]); });
  }

  document.querySelectorAll("[data-record]").forEach(furnish);
})();
