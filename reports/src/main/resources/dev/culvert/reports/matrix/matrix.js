"use strict";
(() => {
  const form = document.querySelector(".filters");
  const shown = form.querySelector(".shown");
  const details = document.querySelector(".details");
  const panel = document.querySelector(".panel");
  const content = panel.querySelector(".content");
  const rows = [...document.querySelectorAll(".row")];

  form.hidden = false;
  details.hidden = true;

  function chosen(name) {
    return [...form.querySelectorAll(`[name="${name}"]:checked`)].map(box => box.value);
  }

  function admits(name, values) {
    const wanted = chosen(name);
    return wanted.length === 0 || wanted.some(value => values.includes(value));
  }

  function filter() {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(word => word !== "");
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const visible = admits("level", [row.dataset.level])
        && admits("verdict", row.dataset.verdict.split(" "))
        && admits("kind", row.dataset.kind.split(" "))
        && words.every(word => text.includes(word));
      row.hidden = !visible;
      count += visible ? 1 : 0;
    }
    for (const group of document.querySelectorAll(".matrix tbody")) {
      group.hidden = group.querySelector(".row:not([hidden])") === null;
    }
    shown.textContent = count === rows.length ? "" : `${count} of ${rows.length} requirements`;
  }

  function mark(anchor) {
    document.querySelectorAll(".cell[aria-current]").forEach(cell => cell.removeAttribute("aria-current"));
    const cell = [...document.querySelectorAll(".cell")].find(link => link.getAttribute("href") === "#" + anchor);
    cell?.setAttribute("aria-current", "true");
    return cell;
  }

  function show() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const detail = anchor === "" ? null : document.getElementById(anchor);
    panel.hidden = detail === null;
    const cell = mark(anchor);
    if (detail !== null) {
      content.replaceChildren(detail.cloneNode(true));
      content.firstChild.removeAttribute("id");
      panel.scrollTop = 0;
      panel.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    const cell = document.querySelector(".cell[aria-current]");
    mark("");
    history.replaceState(null, "", location.pathname + location.search);
    panel.hidden = true;
    cell?.focus();
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach(box => { box.checked ||= box.value === value; });
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  panel.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !panel.hidden) close(); });
  window.addEventListener("hashchange", show);
  filter();
  show();
})();
