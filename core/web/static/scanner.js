/* Tells a scanner from a person, wherever the focus is, and hands each code on as a "shop:scan" event.
   A scanner is a keyboard that types a key every few milliseconds and ends with Enter. Its first key looks like typing
   and goes where the focus is; when a second follows at once it is taken back and the rest is held. If no Enter comes
   after all, what was held is given to the field. Pauses are measured by the time of the keys, not by our own: a page
   that is busy drawing must not cut a code in two. What no code can hold (a letter that an input method has changed, a
   control key) is kept in the code as a control character or U+FFFD, and the server refuses it with the reason. */
(() => {
  const FAST = 50, SURE = 4, PAUSE = 150, SHORTEST = 3;
  const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "CapsLock", "NumLock", "Meta"]);
  const root = document.documentElement;
  let keys = [], last = 0, field = null, before = null, given = false, composed = false, timer = 0;

  function character(event) {
    if (event.ctrlKey && event.code === "BracketRight") return "\x1d";  // GS, as most scanners type it
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    if (event.isComposing || event.keyCode === 229) {
      composed = true;
      return (!event.shiftKey && /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1]) || "\ufffd";
    }
    return [...event.key].length === 1 ? event.key : null;
  }
  function write(value, from, to) {
    if (!field?.isConnected || field.value === value) return;
    field.value = value;
    try { field.setSelectionRange(from, to); } catch { /* fields of numbers and days have no cursor */ }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const takeBack = () => before && write(before.value, before.from, before.to);
  function giveBack() {
    delete root.dataset.burst;
    if (keys.length < 2 || given || !before) return;
    const text = keys.join("").replace(/[^ -~]/g, ""), at = before.from + text.length;
    write(before.value.slice(0, before.from) + text + before.value.slice(before.to), at, at);
    given = true;
  }
  function forget() { keys = []; given = composed = false; clearTimeout(timer); delete root.dataset.burst; }
  function begin(target) {
    field = target.matches?.("input, textarea, select") ? target : null;
    const end = field?.value?.length ?? 0;
    before = field && { value: field.value, from: field.selectionStart ?? end, to: field.selectionEnd ?? end };
  }
  function finish() {
    const text = keys.join("");
    if (composed) { field?.blur(); setTimeout(takeBack, 30); }  // the input method has still to hand over its text
    takeBack();
    if (composed) field?.focus();
    forget();
    document.dispatchEvent(new CustomEvent("shop:scan", { detail: text }));
  }
  function onKey(event) {
    if (MODIFIERS.has(event.key) || !document.querySelector("[data-scanner]")) return;
    const fast = event.timeStamp - last <= (keys.length < SURE ? FAST : PAUSE) && !event.repeat;
    if (keys.length && !fast) { giveBack(); forget(); }
    const ends = ["Enter", "NumpadEnter", "Tab"].includes(event.code || event.key);
    let char = ends ? null : character(event);
    if (keys.length && char === null && !ends) char = event.key === "Backspace" ? "\b" : keys.length < SURE ? null : "\x7f";
    if (char === null && !(ends && keys.length >= SHORTEST)) { giveBack(); forget(); return; }
    if (!keys.length) { if (event.repeat) return; begin(event.target); }
    else { event.preventDefault(); event.stopImmediatePropagation(); }
    if (ends) { finish(); return; }
    if (keys.length) { if (keys.length === 1 || given) takeBack(); given = false; root.dataset.burst = ""; }
    keys.push(char);
    last = event.timeStamp;
    clearTimeout(timer);
    timer = setTimeout(giveBack, keys.length < SURE ? 2 * FAST : 4 * PAUSE);
  }
  window.addEventListener("keydown", onKey, true);
})();
