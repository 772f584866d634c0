// On a list of check-ins or of doors: a tap is kept on the device until the server has it, so that a place without a
// network loses nobody. Each tap has an id of its own and its time; sent twice it counts once. No syntax younger than 2015.
(function () {
  'use strict';
  var doc = document, sending = false, part = 200, lost = 0;
  if (window.linliTaps || !window.fetch) return;
  window.linliTaps = true;

  function box() { return doc.getElementById('taps'); }
  function key(b) { return 'linli-taps:' + b.getAttribute('data-to'); }
  function load(b) {
    try { return JSON.parse(localStorage.getItem(key(b))) || []; } catch (e) { return []; }
  }
  function save(b, rows) {
    try {
      if (rows.length) localStorage.setItem(key(b), JSON.stringify(rows)); else localStorage.removeItem(key(b));
      return true;
    } catch (e) { return false; }
  }
  function say(b, what, n) {
    b.hidden = false;
    b.textContent = b.getAttribute('data-' + what).replace('#', n);
  }
  function show(b) {
    var rows = load(b);
    if (rows.length) say(b, 'waiting', rows.length); else if (lost) say(b, 'lost', lost); else b.hidden = true;
    Array.prototype.forEach.call(doc.querySelectorAll('[data-tap]'), function (tap) {
      var of = tap.getAttribute('data-tap');
      var waits = rows.some(function (row) { return row.sign_up === of; });
      var button = tap.querySelector('button');
      if (!button) return;
      if (waits) button.setAttribute('aria-disabled', 'true'); else button.removeAttribute('aria-disabled');
    });
  }

  function send() {
    var b = box(), rows = b ? load(b).slice(0, part) : [];
    if (sending || !rows.length) return;
    sending = true;
    fetch(b.getAttribute('data-to'), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sent: Date.now(), rows: rows })
    }).then(function (answer) {
      sending = false;
      var odd = answer.status === 404 || answer.status === 422;
      if (odd && rows.length > 1) {
        // one row is wrong: the others must not wait for it
        part = 1;
        return send();
      }
      if (!answer.ok && !odd) return say(b, 'refused', load(b).length);
      if (odd) lost += 1;
      var ids = rows.map(function (row) { return row.client; });
      save(b, load(b).filter(function (row) { return ids.indexOf(row.client) < 0; }));
      if (load(b).length) return send();
      if (lost) show(b); else location.reload();
    }, function () {
      sending = false;
      show(b);
    });
  }

  // Before the script of all pages, which then leaves the form alone.
  doc.addEventListener('submit', function (event) {
    var b = box(), form = event.target, tap = form.closest && form.closest('[data-tap]');
    if (!b || !tap) return;
    var of = tap.getAttribute('data-tap'), rows = load(b), typed = form.elements, result = typed.result;
    if (result && !result.value) {
      event.preventDefault();
      return result.focus();
    }
    var heads = Math.min(20, Math.max(1, Math.floor(Number(typed.heads && typed.heads.value)) || 1));
    for (var nth = 1; nth <= heads; nth += 1) {
      var there = rows.some(function (row) { return row.sign_up === of && row.nth === nth; });
      var id = Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
      var row = { client: id, at: Date.now() };
      if (result) {
        row.door = Number(of);
        row.result = result.value;
        row.words = typed.words.value;
      } else {
        row.sign_up = of;
        row.nth = nth;
      }
      if (!there) rows.push(row);
    }
    // where nothing can be kept, the form goes its usual way
    if (!save(b, rows)) return;
    event.preventDefault();
    if (result) form.reset();
    show(b);
    send();
  }, true);

  window.addEventListener('online', send);
  // a phone says that it is online before it is
  setInterval(send, 4000);
  if (box()) { show(box()); send(); }
})();
