/* The public display. ES5 and no modules: it runs in the browser of an old television.
   It asks for events, sounds at a call, and says when it has heard nothing for long. */
(function () {
  "use strict";
  var body = document.body;
  var retry = Number(body.getAttribute("data-retry")) || 2000;
  var silent = Math.max(15000, 5 * retry);
  var version = body.getAttribute("data-version");
  var heard = new Date().getTime();
  var called = {};
  var first = true;
  var audio = null;
  var source = null;

  /* The clock of the house, whatever the television believes. */
  var shift = (function () {
    var given = (body.getAttribute("data-clock") || "0:0:0").split(":");
    var now = new Date();
    var wanted = (Number(given[0]) * 60 + Number(given[1])) * 60 + Number(given[2]);
    return (wanted - (now.getHours() * 60 + now.getMinutes()) * 60 - now.getSeconds()) * 1000;
  }());

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function clock(time) {
    var moment = new Date(time + shift);
    return two(moment.getHours()) + ":" + two(moment.getMinutes());
  }

  function element(name, text, language) {
    var made = document.createElement(name);
    if (text) { made.appendChild(document.createTextNode(text)); }
    if (language) { made.setAttribute("lang", language); }
    return made;
  }

  function empty(list) { while (list.firstChild) { list.removeChild(list.firstChild); } }

  function row(call, isNew, isFirst) {
    var line = element("li");
    var where = element("span");
    line.className = (isFirst ? "first" : "") + (isNew ? " new" : "");
    line.appendChild(element("b", call.label));
    line.appendChild(element("i", "\u2192"));
    where.appendChild(element("strong", call.window.ky, "ky"));
    where.appendChild(element("small", call.window.ru, "ru"));
    where.appendChild(document.createTextNode(" "));
    where.appendChild(element("small", call.window.en, "en"));
    line.appendChild(where);
    return line;
  }

  function show(data) {
    var calls = document.getElementById("calls");
    var next = document.getElementById("next");
    var before = called;
    var sounds = false;
    var n;
    var call;
    var isNew;
    called = {};
    empty(calls);
    empty(next);
    for (n = 0; n < data.calls.length; n += 1) {
      call = data.calls[n];
      isNew = !first && before[call.label] !== call.times;
      sounds = sounds || isNew;
      called[call.label] = call.times;
      calls.appendChild(row(call, isNew, n === 0));
    }
    for (n = 0; n < data.next.length; n += 1) { next.appendChild(element("li", data.next[n])); }
    if (sounds) { sound(); }
    first = false;
  }

  function context() {
    var Kind = window.AudioContext || window.webkitAudioContext;
    if (!audio && Kind) { audio = new Kind(); }
    return audio;
  }

  function tone(at, pitch) {
    var oscillator = audio.createOscillator();
    var volume = audio.createGain();
    oscillator.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.4, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
    oscillator.connect(volume);
    volume.connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.65);
  }

  function sound() {
    if (!context()) { return; }
    body.setAttribute("data-sounded", String(Number(body.getAttribute("data-sounded") || 0) + 1));
    if (audio.state === "suspended") { offer(); return; }
    tone(audio.currentTime, 660);
    tone(audio.currentTime + 0.45, 880);
  }

  function offer() {
    var button = document.getElementById("sound");
    button.removeAttribute("hidden");
    button.onclick = function () {
      if (audio.resume) { audio.resume(); }
      button.setAttribute("hidden", "hidden");
    };
  }

  function fresh() {
    heard = new Date().getTime();
    document.getElementById("stale").setAttribute("hidden", "hidden");
  }

  function listen() {
    if (!window.EventSource) { poll(); return; }
    source = new EventSource(body.getAttribute("data-events"));
    source.onopen = fresh;
    source.onmessage = function (event) {
      fresh();
      version = event.lastEventId;
      show(JSON.parse(event.data));
    };
    source.onerror = function () {
      /* An answer that is no stream ends it for good: begin anew. */
      if (source.readyState === 2) { setTimeout(listen, retry); }
    };
  }

  function poll() {
    var request = new XMLHttpRequest();
    request.open("GET", body.getAttribute("data-events"));
    request.setRequestHeader("Last-Event-ID", version);
    request.onreadystatechange = function () {
      var found;
      var id;
      if (request.readyState !== 4) { return; }
      if (request.status === 200) {
        fresh();
        found = /^data: (.*)$/m.exec(request.responseText);
        id = /^id: (.*)$/m.exec(request.responseText);
        if (id) { version = id[1]; }
        if (found) { show(JSON.parse(found[1])); }
      }
      setTimeout(poll, retry);
    };
    request.send();
  }

  function tick() {
    var now = new Date().getTime();
    var stale = document.getElementById("stale");
    document.getElementById("clock").textContent = clock(now);
    if (now - heard < silent) { return; }
    document.getElementById("since").textContent = clock(heard);
    stale.removeAttribute("hidden");
  }

  listen();
  setInterval(tick, 1000);
}());
