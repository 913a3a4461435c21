"use strict";
// Uses the page as a person does and leaves what it saw in an element of its own.
(async () => {
  const saw = {};
  const settled = () => new Promise(done => { setTimeout(done, 50); });
  const look = name => {
    const panel = document.querySelector(".panel");
    const selected = document.querySelector("td[aria-selected=true]");
    const focused = document.activeElement.closest("td");
    const at = cell => cell && `${cell.parentElement.querySelector(".id").textContent} ${cell.cellIndex} ${cell.className}`;
    saw[name] = {
      hash: location.hash,
      shown: document.querySelector(".shown").textContent,
      rows: [...document.querySelectorAll(".row:not([hidden]) .id")].map(id => id.textContent),
      sources: document.querySelectorAll("tbody.source:not([hidden])").length,
      heads: document.querySelectorAll(".topologies th:not([hidden])").length,
      headed: [...document.querySelectorAll(".kinds [data-columns]:not([hidden])")].reduce((sum, th) => sum + th.colSpan, 0),
      dimmed: document.querySelectorAll(".row:not([hidden]) td[data-off]:not([hidden])").length,
      nothing: !document.querySelector(".nothing").hidden,
      panel: panel.hidden ? "" : panel.querySelector(".content").innerHTML,
      selected: at(selected),
      focused: at(focused),
    };
  };
  const open = async (name, hash) => {
    location.hash = hash;
    await settled();
    look(name);
  };
  const press = async (name, key) => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await settled();
    look(name);
  };

  look("opened");
  await open("kind and kernel", "#kind=kind3&kernel=6.1");
  await open("verdict", "#verdict=FAIL");
  await open("differs", "#differs=kernels");
  await open("words", "#words=sample-7-+kind2-variant3");
  await open("nothing", "#verdict=FAIL&kernel=6.12");
  await open("cell", `#verdict=FAIL&cell=${saw.verdict.rows[0]}/kind0-variant1@6.1`);
  await press("escaped", "Escape");
  await open("all", "#");
  document.querySelector(".row td:not(:empty)").click();
  await settled();
  await press("first", "Escape");
  await press("right", "ArrowRight");
  await press("down", "ArrowDown");
  await press("entered", "Enter");
  await press("left", "Escape");
  document.querySelector("[name=verdict][value=DEVIATES]").click();
  await settled();
  look("clicked");

  const result = document.createElement("pre");
  result.id = "saw";
  result.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(saw))));
  document.body.append(result);
})();
