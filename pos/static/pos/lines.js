/* Up and Down choose a line of the basket from anywhere but a field being typed in; the chosen line stays in view. */
(() => {
  const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
  const lines = () => [...document.querySelectorAll("[data-lines] input[name=line]")];

  function show() {
    document.querySelector("[data-lines] input:checked")?.closest("li").scrollIntoView({ block: "nearest" });
  }
  function mayMove(event) {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return false;
    return !at.matches?.("input:not([name=line]), textarea, select") || (at.matches("[data-scanner]") && !at.value);
  }
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key], all = step ? lines() : [];
    if (!all.length || !mayMove(event)) return;
    event.preventDefault();
    const now = all.findIndex((line) => line.checked);
    const next = all[Math.min(all.length - 1, Math.max(0, now + step))];
    next.checked = true;
    if (event.target.matches("[name=line]")) next.focus({ preventScroll: true });
    show();
  });
  document.addEventListener("htmx:after:swap", show);
  document.addEventListener("DOMContentLoaded", show);
})();
