/* While a panel lies over the till nothing under it can be reached; when it goes, the focus is back in the scan field.
   A field with data-select is selected as it arrives, so that typing replaces what stands in it. A dialog over the panel
   (a manager's PIN) keeps the focus: a PIN must never be typed into an amount. */
(() => {
  let open = false;

  function settle() {
    const panel = document.querySelector("[data-panel]");
    for (const under of document.querySelectorAll(".top-bar, .till-tabs, .basket, .till-total, .finder-form, .finder-found")) under.inert = !!panel;
    if (!panel && open) document.querySelector("[data-scanner]")?.focus();
    open = !!panel;
    const field = panel?.querySelector("[autofocus]");
    if (field && !document.activeElement?.closest("dialog[open]")) field.focus();
    const chosen = document.activeElement;
    if (chosen?.matches("[data-select]") && !("selected" in chosen.dataset)) {
      chosen.dataset.selected = "";
      chosen.select();
    }
  }
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("DOMContentLoaded", settle);
})();
