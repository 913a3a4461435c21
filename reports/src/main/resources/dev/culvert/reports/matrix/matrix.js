"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const find = selector => document.querySelector(selector);
  const all = selector => [...document.querySelectorAll(selector)];
  const form = find(".filters");
  const panel = find(".panel");
  const rows = all(".matrix .row");
  const cells = rows.map(row => [...row.cells].slice(1));
  const columns = data.columns.map((column, index) => index);

  const rowTexts = data.rows.map(row =>
    [row.id, row.level, row.section, row.source, row.sentence, ...row.tags].join(" ").toLowerCase());
  const columnTexts = data.columns.map(column => [column.name, column.kind, column.title].join(" ").toLowerCase());
  const twins = data.columns.map(column => columns.filter(other =>
    data.columns[other].topology === column.topology && data.columns[other].kernel !== column.kernel));

  function verdict(row, column) {
    const number = data.rows[row].cells[column];
    return number < 0 ? null : data.judged[number];
  }

  function absence(row, column) {
    return data.absent[-1 - data.rows[row].cells[column]];
  }

  function name(row, column) {
    return `${data.rows[row].id}/${data.columns[column].name}`;
  }

  /* What is chosen. */

  function chosen(filter) {
    return all(`.filters [name="${filter}"]:checked`).map(box => box.value);
  }

  function admission() {
    const [kinds, kernels, levels, verdicts] = ["kind", "kernel", "level", "verdict"].map(chosen);
    const differs = chosen("differs").length > 0;
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(word => word !== "");
    const admits = (wanted, value) => wanted.length === 0 || wanted.includes(value);
    return (row, column, judged) =>
      admits(kinds, data.columns[column].kind)
      && admits(kernels, data.columns[column].kernel)
      && admits(levels, data.rows[row].level)
      && admits(verdicts, judged.outcome)
      && (!differs || twins[column].some(twin => verdict(row, twin)?.outcome !== judged.outcome))
      && words.every(word => rowTexts[row].includes(word) || columnTexts[column].includes(word));
  }

  /* Shows the rows and columns that have a cell which is admitted, and dims what else is in them. */
  function filter() {
    const admitted = admission();
    const shownRows = new Set();
    const shownColumns = new Set();
    let verdicts = 0;
    const fitting = cells.map((line, row) => line.map((cell, column) => {
      const judged = verdict(row, column);
      const fits = judged !== null && admitted(row, column, judged);
      if (fits) {
        shownRows.add(row);
        shownColumns.add(column);
        verdicts += 1;
      }
      return fits;
    }));
    rows.forEach((row, index) => { row.hidden = !shownRows.has(index); });
    cells.forEach((line, row) => line.forEach((cell, column) => {
      cell.hidden = !shownColumns.has(column);
      cell.toggleAttribute("data-off", !fitting[row][column] && verdict(row, column) !== null);
    }));
    head(shownColumns);
    sources(shownColumns.size + 1);
    find(".matrix").hidden = verdicts === 0;
    find(".nothing").hidden = verdicts > 0;
    find(".shown").textContent =
      `${shownRows.size} of ${rows.length} requirements, ${shownColumns.size} of ${columns.length} columns, ${verdicts} verdicts`;
    reachable();
  }

  function head(shown) {
    all(".topologies th").forEach((cell, column) => { cell.hidden = !shown.has(column); });
    for (const line of [".kinds", ".kernels"]) {
      let from = 0;
      for (const group of all(`${line} [data-columns]`)) {
        const until = from + Number(group.dataset.columns);
        const size = columns.filter(column => from <= column && column < until && shown.has(column)).length;
        group.hidden = size === 0;
        group.colSpan = Math.max(1, size);
        from = until;
      }
    }
  }

  function sources(span) {
    let source = null;
    for (const group of all(".matrix tbody")) {
      group.rows[0].cells[0].colSpan = span;
      if (group.className === "source") {
        source = group;
        source.hidden = true;
      } else {
        group.hidden = group.querySelector(".row:not([hidden])") === null;
        source.hidden &&= group.hidden;
      }
    }
  }

  /* The address: it says what is chosen and which cell is open, so that it can be handed on. */

  function address(open) {
    const said = new URLSearchParams();
    for (const box of all(".filters [type=checkbox]:checked")) {
      said.append(box.name, box.value);
    }
    if (form.elements.words.value !== "") {
      said.append("words", form.elements.words.value);
    }
    if (open !== null) {
      said.append("cell", name(...open));
    }
    return "#" + said.toString().replaceAll("%2F", "/").replaceAll("%40", "@");
  }

  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const box of all(".filters [type=checkbox]")) {
      box.checked = said.getAll(box.name).includes(box.value);
    }
    form.elements.words.value = said.get("words") ?? "";
    filter();
    const wanted = said.get("cell");
    const open = wanted === null ? null : position(wanted);
    if (open === null) {
      hide();
    } else {
      show(open);
    }
  }

  function position(wanted) {
    for (let row = 0; row < rows.length; row += 1) {
      const column = columns.findIndex(index => name(row, index) === wanted);
      if (column >= 0 && verdict(row, column) !== null) {
        return [row, column];
      }
    }
    return null;
  }

  /* What stands behind a cell. */

  let opened = null;

  function hide() {
    if (opened !== null) {
      cells[opened[0]][opened[1]].removeAttribute("aria-selected");
    }
    opened = null;
    panel.hidden = true;
  }

  function show(open) {
    hide();
    opened = open;
    const cell = cells[open[0]][open[1]];
    cell.setAttribute("aria-selected", "true");
    panel.querySelector(".content").replaceChildren(detail(...open));
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className !== "") {
      made.className = className;
    }
    made.append(...children);
    return made;
  }

  function link(href, text) {
    const made = element("a", "", text);
    made.href = href;
    return made;
  }

  function facts(...pairs) {
    return element("dl", "compare", ...pairs.flatMap(([term, text, className]) =>
      [element("dt", "", term), element("dd", className ?? "", text)]));
  }

  function detail(row, column) {
    const judged = verdict(row, column);
    const demanded = data.rows[row];
    const on = data.columns[column];
    const article = element("article", "detail",
      element("p", "",
        element("span", `verdict ${judged.outcome}`, judged.outcome), " ",
        element("span", "level", demanded.level), " ",
        element("span", "muted", `${on.topology}, kernel ${on.release}, ${on.lab}`)),
      element("h3", "", demanded.id),
      element("p", "", demanded.sentence),
      facts(["source", demanded.source], ["provoked", demanded.provoked], ["observed", demanded.observed],
        ["result", judged.result]),
      ...judged.found.map(sighting => finding(row, column, sighting)));
    if (judged.more !== undefined) {
      article.append(element("p", "muted", `… and ${judged.more} more, in the JSON`));
    }
    article.append(files(on, judged));
    return article;
  }

  function finding(row, column, [number, times, point, index, packet]) {
    const found = data.found[number];
    const shown = element("div", "finding",
      element("p", "", element("b", "", found.what), times === 1 ? "" : ` (${times} times; shown by the first)`),
      facts(["expected", found.expected, "mono"], ["actual", found.actual, "mono"],
        ...(found.source === undefined ? [] : [[found.outcome === "DEVIATES" ? "documented in" : "compare", found.source]]),
        ...(point === undefined ? [] : [["packet", `${index} of the capture ${point}.pcap`]]),
        ...also(row, column, number)));
    if (packet >= 0) {
      const bytes = element("div", "");
      // The report's own markup, in which everything that was observed is escaped.
      bytes.innerHTML = data.packets[packet].markup;
      shown.append(element("p", "muted", data.packets[packet].where), bytes);
    } else if (point !== undefined) {
      shown.append(element("p", "muted", "There was no room for its bytes; the capture has them."));
    }
    return shown;
  }

  const ALSO = 8;

  /* Where else the same was found. */
  function also(row, column, number) {
    const others = columns.filter(other => other !== column
      && verdict(row, other)?.found.some(([same]) => same === number));
    const names = others.slice(0, ALSO).map(other => data.columns[other].name).join(", ");
    const more = others.length > ALSO ? ` and ${others.length - ALSO} more` : "";
    return others.length === 0 ? [] : [["also on", names + more]];
  }

  function files(on, judged) {
    const base = `topologies/${encodeURIComponent(on.name)}`;
    const captures = [...new Set(judged.found.map(([, , point]) => point).filter(point => point !== undefined))];
    return element("p", "finding files",
      ...captures.map(point => link(`${on.evidence}captures/${point}.pcap`, `${point}.pcap`)),
      link(`${base}.commands.txt`, "commands"),
      link(`${base}.repro.sh`, "repro.sh"),
      link(`${base}.svg`, "picture"),
      link(on.evidence, "evidence"));
  }

  /* The table by keyboard: one cell is in the order of tabs, arrows go to the others. */

  let current = null;

  function visible(row, column) {
    return !rows[row].hidden && !cells[row][column].hidden && verdict(row, column) !== null;
  }

  function reachable() {
    if (current !== null && visible(...current)) {
      return;
    }
    const row = rows.findIndex((line, index) => columns.some(column => visible(index, column)));
    if (row >= 0) {
      mark([row, columns.find(column => visible(row, column))]);
    }
  }

  function mark(next) {
    if (current !== null) {
      cells[current[0]][current[1]].removeAttribute("tabindex");
    }
    current = next;
    const cell = cells[next[0]][next[1]];
    cell.tabIndex = 0;
    cell.setAttribute("aria-label", `${verdict(...next).outcome}, ${data.rows[next[0]].id} on ${data.columns[next[1]].name}`);
    return cell;
  }

  function step([row, column], down, right) {
    let next = [row + down, column + right];
    while (rows[next[0]] !== undefined && columns[next[1]] !== undefined) {
      if (visible(...next)) {
        return next;
      }
      next = [next[0] + down, next[1] + right];
    }
    return null;
  }

  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function place(cell) {
    const row = rows.indexOf(cell.parentElement);
    return row < 0 ? null : [row, cell.cellIndex - 1];
  }

  function open(at) {
    mark(at);
    location.hash = address(at);
  }

  find(".matrix").addEventListener("keydown", event => {
    const at = event.target.matches("td") ? place(event.target) : null;
    if (at === null) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(at);
    } else if (event.key in ARROWS) {
      event.preventDefault();
      const next = step(at, ...ARROWS[event.key]);
      if (next !== null) {
        mark(next).focus();
      }
    }
  });
  find(".matrix").addEventListener("click", event => {
    const cell = event.target.closest("td");
    const at = cell === null ? null : place(cell);
    if (at !== null && verdict(...at) !== null) {
      open(at);
    }
  });
  find(".matrix").addEventListener("mouseover", event => {
    const cell = event.target.closest("td");
    const at = cell === null ? null : place(cell);
    if (at !== null && cell.title === "") {
      const on = data.columns[at[1]].name;
      cell.title = verdict(...at) === null ? `${on}: ${absence(...at)}` : `${on}: ${verdict(...at).outcome}, ${verdict(...at).result}`;
    }
  });
  function close() {
    const at = opened;
    location.replace(address(null));
    hide();
    if (at !== null) {
      mark(at).focus();
    }
  }
  panel.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && !panel.hidden) {
      close();
    }
  });
  form.addEventListener("input", () => { location.replace(address(opened)); });
  form.addEventListener("reset", event => {
    event.preventDefault();
    location.replace("#");
  });
  form.addEventListener("submit", event => event.preventDefault());
  window.addEventListener("hashchange", read);

  find(".choosing").hidden = false;
  find(".choosing").open = window.innerWidth > 640;
  find(".matrix").setAttribute("role", "grid");
  read();
})();
