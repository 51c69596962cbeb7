/* Arrow keys choose among [data-pick] buttons, Enter presses the chosen one. In a search field the first hit is chosen
   as soon as it stands there; Enter waits for the hits of what was typed last. A number goes to the server as a scan. */
(() => {
  const picks = () => [...document.querySelectorAll("dialog[open] [data-pick], [data-picker] [data-pick]")];
  const chosen = () => picks().find((pick) => pick.classList.contains("is-picked"));
  let waiting = false;

  function choose(pick) {
    for (const other of picks()) other.classList.toggle("is-picked", other === pick);
    if (pick?.closest("dialog")) pick.focus();
    pick?.scrollIntoView({ block: "nearest" });
  }
  const fresh = (field) => document.querySelector("[data-found-for]")?.dataset.foundFor === field.value.trim();
  const isSearch = (field) => /\p{L}/u.test(field.value);

  function enter(event) {
    const field = event.target;
    if (!field.matches?.("[data-scanner]") || !(isSearch(field) || chosen()?.dataset.byArrow)) return;
    event.preventDefault();
    if (fresh(field)) press(); else waiting = true;
  }
  function press() {
    waiting = false;
    const pick = chosen();
    if (!pick) return;
    const field = document.querySelector("[data-picker] [data-scanner]");
    pick.click();
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("keydown", (event) => {
    const all = picks(), step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter") { enter(event); return; }
    if (!step || !all.length || (event.target.matches("input") && !event.target.matches("[data-scanner]"))) return;
    if (!event.target.closest("dialog") && !document.querySelector("[data-picker] [data-scanner]")?.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const next = all[(all.indexOf(chosen() ?? all.at(-1)) + step + all.length) % all.length];
    choose(next);
    next.dataset.byArrow = "";
  }, true);
  document.addEventListener("htmx:after:swap", () => {
    const field = document.querySelector("[data-picker] [data-scanner]"), first = document.querySelector("[data-picker] [data-pick]");
    if (first && field?.value && !chosen() && isSearch(field)) choose(first);
    if (waiting && field && fresh(field)) press();
  });
})();
