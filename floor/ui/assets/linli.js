// What scripts add to pages that work without them: copying, printing, sending once, names of chosen files.
// For old in-app browsers: no syntax younger than 2015, nothing evaluated.
(function () {
  'use strict';
  var doc = document;

  function each(list, act) {
    Array.prototype.forEach.call(list, act);
  }

  // Shows buttons that only scripts can serve, and the open tab on a phone.
  function reveal() {
    each(doc.querySelectorAll('[data-copy], [data-print]'), function (button) { button.hidden = false; });
    var tab = doc.querySelector('.tabs [aria-current]');
    if (tab) tab.offsetParent.scrollLeft = tab.offsetLeft - 60;
    count();
  }

  function copy(button) {
    var box = doc.getElementById(button.getAttribute('data-copy'));
    if (!box) return;
    box.focus();
    box.select();
    if (box.setSelectionRange) box.setSelectionRange(0, box.value.length);
    function said(done) {
      var line = button.parentNode.querySelector('[role=status]');
      if (line && done) line.textContent = button.getAttribute('data-done');
    }
    // The old way first: chat apps allow it, and refuse the new one.
    var done = false;
    try { done = doc.execCommand('copy'); } catch (e) { done = false; }
    if (done || !navigator.clipboard) return said(done);
    navigator.clipboard.writeText(box.value).then(function () { said(true); }, function () { said(false); });
  }

  doc.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-copy], [data-print]');
    if (!button) return;
    if (button.hasAttribute('data-print')) window.print(); else copy(button);
  });

  // A second press is dropped while the first is under way.
  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.getAttribute('data-sent')) return event.preventDefault();
    form.setAttribute('data-sent', '1');
    var button = event.submitter || form.querySelector('[type=submit]');
    if (button) button.setAttribute('aria-busy', 'true');
  });

  // Back on a page that the browser kept: its forms may be sent again.
  function clear(name, which) {
    each(doc.querySelectorAll(which), function (part) { part.removeAttribute(name); });
  }
  window.addEventListener('pageshow', function () {
    clear('data-sent', '[data-sent]');
    clear('aria-busy', 'button[aria-busy]:not([aria-disabled])');
  });

  doc.addEventListener('change', function (event) {
    var input = event.target;
    var most = Number(input.getAttribute('data-most-bytes'));
    var list = most && input.parentNode.querySelector('.chosen');
    if (!list) return;
    list.textContent = '';
    each(input.files || [], function (file) {
      var line = doc.createElement('p');
      var large = file.size > most;
      line.className = large ? 'error' : '';
      line.textContent = file.name + ' · ' + (file.size / 1e6).toFixed(1) + ' MB' +
        (large ? ' · ' + input.getAttribute('data-too-large') : '');
      list.appendChild(line);
    });
  });

  function count() {
    each(doc.querySelectorAll('[data-most]'), function (line) {
      var n = line.getAttribute('data-most') - line.parentNode.querySelectorAll(':checked').length;
      line.textContent = line.getAttribute(n < 0 ? 'data-over' : 'data-text').replace('#', Math.abs(n));
    });
  }
  doc.addEventListener('change', count);

  // Where a smooth change fails the plain one is tried: the browser says why.
  doc.addEventListener('htmx:sendError', function (event) {
    var request = event.detail.requestConfig;
    if (request && request.verb === 'get') location.href = event.detail.pathInfo.finalRequestPath || request.path;
  });
  doc.addEventListener('htmx:afterSettle', function () {
    reveal();
    var main = doc.getElementById('main');
    if (main && (!doc.activeElement || doc.activeElement === doc.body)) main.focus({ preventScroll: true });
  });
  reveal();
})();
