/* A field for a number that has the focus as it arrives, with the page or with a redrawn part of it, is selected: what is
   typed takes the place of what stood there, and a 24 over a 1 does not become 241. Only once: who comes back to it later
   finds it as any other field. */
(() => {
  const ARRIVING = 'input[autofocus][inputmode="decimal"], input[autofocus][inputmode="numeric"]';
  const met = new WeakSet();

  function meet(field) {
    if (!field?.matches?.(ARRIVING) || met.has(field)) return;
    met.add(field);
    if (field.value === field.defaultValue) field.select();
  }
  document.addEventListener("focusin", (event) => meet(event.target));
  document.addEventListener("DOMContentLoaded", () => meet(document.activeElement));
})();
