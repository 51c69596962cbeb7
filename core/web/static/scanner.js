/* Tells a scanner from a person, wherever the focus is, and hands each code on as a "shop:scan" event.
   A scanner is a keyboard that types a key every few milliseconds and ends with Enter. Its first key looks like typing
   and goes where the focus is; when a second follows at once it is taken back and the rest is held. If it was typing
   after all, what was held is given to the field. On a busy machine a scanner's keys may come unevenly: then they go
   into the field like typing, and Enter decides by their mean pace, which no person reaches, and puts the field back.
   Pauses are measured by the time of the keys, not by our own. What no code can hold (a letter that an input method has
   changed, a control key) stays in the code as a control character or U+FFFD, and the server refuses it and says why. */
(() => {
  const FAST = 50, SURE = 4, PAUSE = 300, SHORTEST = 3, UNEVEN_PACE = 70, UNEVEN_SHORTEST = 6;  // milliseconds; keys
  const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "CapsLock", "NumLock", "Meta"]);
  const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
  const root = document.documentElement;
  let keys = [], began = 0, last = 0, field = null, given = false, uneven = false, composed = false, timer = 0;

  function character(event) {
    if (event.ctrlKey && event.code === "BracketRight") return "\x1d";  // GS, as most scanners type it
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    if (event.isComposing || event.keyCode === 229) {  // an input method is on: only the place of the key is known
      composed = true;
      return (!event.shiftKey && /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1]) || "\ufffd";
    }
    return [...event.key].length === 1 ? event.key : null;
  }
  const control = (event) => event.key === "Backspace" ? "\b" : "\x7f";
  const isTight = (event) => !uneven && (keys.length >= SURE || event.timeStamp - last <= FAST);
  const isScan = (event) => uneven
    ? keys.length >= UNEVEN_SHORTEST && (event.timeStamp - began) / keys.length <= UNEVEN_PACE
    : keys.length >= SHORTEST && isTight(event);

  function giveBack() {
    delete root.dataset.burst;
    if (keys.length > 1 && !given && !uneven) field.give(keys.join("").replace(/[^ -~]/g, ""));
    given = true;
  }
  function forget() { keys = []; given = uneven = composed = false; clearTimeout(timer); delete root.dataset.burst; }
  function finish() {
    const detail = keys.join("");
    if (composed) field.takeBackComposed(); else field.takeBack();
    forget();
    document.dispatchEvent(new CustomEvent("shop:scan", { detail }));
  }
  function swallow(event) { event.preventDefault(); event.stopImmediatePropagation(); }
  function follow(char, event) {
    if (!keys.length) { field = window.shop.rememberField(event.target); began = event.timeStamp; given = false; }
    else if (isTight(event)) { swallow(event); if (keys.length === 1 || given) field.takeBack(); given = false; root.dataset.burst = ""; }
    else { giveBack(); uneven = true; }
    keys.push(char);
    last = event.timeStamp;
    clearTimeout(timer);
    timer = setTimeout(giveBack, keys.length < SURE ? 2 * FAST : 2 * PAUSE);
  }
  window.addEventListener("keydown", (event) => {
    if (MODIFIERS.has(event.key) || !document.querySelector("[data-scanner], [data-pin], [data-command]")) return;
    if (keys.length && (event.repeat || event.timeStamp - last > PAUSE)) { giveBack(); forget(); }
    const ends = ENDS.has(event.code || event.key);
    const char = ends ? null : character(event) ?? (keys.length && isTight(event) ? control(event) : null);
    if (ends ? !isScan(event) : char === null) { giveBack(); forget(); return; }
    if (ends) { swallow(event); finish(); } else if (keys.length || !event.repeat) follow(char, event);
  }, true);
})();
