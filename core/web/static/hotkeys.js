/* Presses what carries data-key="F9" when that key is pressed: a button, a link, or a field to go to.
   Function keys, Escape and keys with Ctrl or Alt work everywhere, others outside of fields, signs (+ - * / Delete, arrows)
   also in an empty scan field. Each waits a moment, for it may be the beginning of a scan: if another key follows faster
   than fingers can (scan_guard.js), neither is pressed. An open dialog has its keys for itself. */
(() => {
  const root = document.documentElement;
  let waiting = null, timer = 0;

  function nameOf(event) {
    const plain = event.key.length === 1;
    const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
    const key = (event.ctrlKey || event.altKey) && letter ? letter : plain ? event.key.toUpperCase() : event.key;
    const shift = event.shiftKey && !plain;
    return [event.ctrlKey && "Ctrl", event.altKey && "Alt", shift && "Shift", key].filter(Boolean).join("+");
  }
  function mayFire(event) {
    if (event.ctrlKey || event.altKey || /^F\d+$|^Escape$/.test(event.key)) return true;
    const at = event.target;
    if (!at.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) {
      return !(event.key === "Enter" && at.matches?.("a, button, summary"));
    }
    return at.matches("[data-scanner]") && !at.value && !/^[\p{L}\p{N} ]$|^Enter$/u.test(event.key);
  }
  function find(key) {
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
    const places = dialog ? [dialog, document.querySelector("#messages")] : [document.querySelector("#messages"), document];
    for (const place of places) {
      const found = [...(place?.querySelectorAll(selector) ?? [])].filter((el) => el.checkVisibility() && !el.disabled);
      if (found.length) return found.at(-1);
    }
    return null;
  }
  function press({ name, target: first }) {
    const target = first.isConnected ? first : find(name);  // the page may have been redrawn in that moment
    if ("burst" in root.dataset || !target) return;
    if (target.matches("input:not([type=submit], [type=button]), textarea, select")) {
      return void (target.focus(), target.select?.());
    }
    target.classList.add("pressed");
    setTimeout(() => target.classList.remove("pressed"), 150);
    target.click();
  }
  function settle(event) {
    clearTimeout(timer);
    const key = waiting;
    waiting = null;
    if (key && !(event && window.shop.isTooFast(event))) press(key);  // a person's next key, come late
  }
  window.addEventListener("keydown", settle, true);  // also for keys that the scanner takes away
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing || event.keyCode === 229 || event.metaKey) return;
    if (window.shop.isTooFast(event) || !mayFire(event)) return;
    const name = nameOf(event), target = find(name);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    [waiting, timer] = [{ name, target }, setTimeout(settle, 70)];
  }, true);
})();
