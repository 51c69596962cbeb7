/* Tells a scanner from a person, wherever the focus is, and hands each code on as a "shop:scan" event.
   A scanner is a keyboard that types a key every few milliseconds and ends with Enter. Its first key looks like typing
   and goes where the focus is; when a second follows at once it is taken back and the rest is held. If no Enter comes
   after all, what was held is given to the field. Pauses are measured by the time of the keys, not by our own: a page
   that is busy drawing must not cut a code in two. What no code can hold (a letter that an input method has changed, a
   control key) is kept in the code as a control character or U+FFFD, and the server refuses it with the reason. */
(() => {
  const FAST = 50, SURE = 4, PAUSE = 150, SHORTEST = 3;  // milliseconds; keys
  const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "CapsLock", "NumLock", "Meta"]);
  const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
  const root = document.documentElement;
  let keys = [], last = 0, field = null, given = false, composed = false, timer = 0;

  function character(event) {
    if (event.ctrlKey && event.code === "BracketRight") return "\x1d";  // GS, as most scanners type it
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    if (event.isComposing || event.keyCode === 229) {  // an input method is on: only the place of the key is known
      composed = true;
      return (!event.shiftKey && /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1]) || "\ufffd";
    }
    return [...event.key].length === 1 ? event.key : null;
  }
  function insideBurst(event) {  // a key that stands for no character
    if (event.key === "Backspace") return "\b";
    return keys.length < 2 ? null : "\x7f";
  }
  function giveBack() {
    delete root.dataset.burst;
    if (keys.length > 1 && !given) field.give(keys.join("").replace(/[^ -~]/g, ""));
    given = true;
  }
  function forget() { keys = []; given = composed = false; clearTimeout(timer); delete root.dataset.burst; }
  function finish() {
    const detail = keys.join("");
    if (composed) field.takeBackComposed(); else field.takeBack();
    forget();
    document.dispatchEvent(new CustomEvent("shop:scan", { detail }));
  }
  function hold(char, event) {
    if (!keys.length) { field = window.shop.rememberField(event.target); given = false; }
    else { if (keys.length === 1 || given) field.takeBack(); given = false; root.dataset.burst = ""; }
    keys.push(char);
    last = event.timeStamp;
    clearTimeout(timer);
    timer = setTimeout(giveBack, keys.length < SURE ? 2 * FAST : 4 * PAUSE);
  }
  window.addEventListener("keydown", (event) => {
    if (MODIFIERS.has(event.key) || !document.querySelector("[data-scanner]")) return;
    const fast = event.timeStamp - last <= (keys.length < SURE ? FAST : PAUSE) && !event.repeat;
    if (keys.length && !fast) { giveBack(); forget(); }
    const ends = ENDS.has(event.code || event.key);
    const char = ends ? null : character(event) ?? (keys.length ? insideBurst(event) : null);
    if (ends ? keys.length < SHORTEST : char === null) { giveBack(); forget(); return; }
    if (keys.length) { event.preventDefault(); event.stopImmediatePropagation(); } else if (event.repeat) return;
    if (ends) finish(); else hold(char, event);
  }, true);
})();
