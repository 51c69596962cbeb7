/* Arrow keys choose among [data-pick] buttons, Enter presses the chosen one. In a search field the first hit is chosen
   as soon as it stands there; Enter waits for the hits of what was typed last. A number goes to the server as a scan. */
(() => {
  const picks = () => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("[data-pick]")];
  const chosen = () => picks().find((pick) => pick.classList.contains("is-picked"));
  let waiting = false, kept = null;  // what the arrows chose stays chosen when the hits are drawn anew

  function choose(pick) {
    for (const other of picks()) other.classList.toggle("is-picked", other === pick);
    if (pick?.closest("dialog")) pick.focus();
    pick?.scrollIntoView({ block: "nearest" });
  }
  const fresh = (field) => document.querySelector("[data-found-for]")?.dataset.foundFor === field.value.trim();
  const isSearch = (field) => /\p{L}/u.test(field.value);

  function enter(event) {
    const field = event.target;
    if (!field.matches?.("[data-scanner]") || !(isSearch(field) || kept && chosen())) return;
    event.preventDefault();
    if (fresh(field)) press(); else waiting = true;
  }
  function press() {
    const pick = chosen();
    waiting = false;
    kept = null;
    if (!pick) return;
    const field = document.querySelector("[data-picker] [data-scanner]");
    pick.click();
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("keydown", (event) => {
    const all = picks(), step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Enter") { enter(event); return; }
    if (!step || !all.length || event.target.matches("input:not([data-scanner], [data-leads-to-picks] input)")) return;
    if (!event.target.closest("dialog") && !document.querySelector("[data-picker] [data-scanner]")?.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const next = all[(all.indexOf(chosen() ?? all.at(-1)) + step + all.length) % all.length];
    choose(next);
    kept = next.dataset.pick;
  }, true);
  document.addEventListener("htmx:after:swap", () => {
    const field = document.querySelector("[data-picker] [data-scanner]");
    const hits = [...document.querySelectorAll("[data-picker] [data-pick]")];
    if (!field?.value) kept = null;
    const again = kept && hits.find((pick) => pick.dataset.pick === kept);
    if (again && !chosen()) choose(again);
    else if (hits.length && field?.value && !chosen() && isSearch(field)) choose(hits[0]);
    if (waiting && field && fresh(field)) press();
  });
})();
