/* A barcode can hold control keys: F9, Alt+Q, Escape, Ctrl+S. What follows another key faster than fingers can comes from a
   scanner, whatever it is: `window.shop.isTooFast(event)` tells the other scripts, which then press nothing; the browser's
   own keys are taken away, and an Enter that follows such a key too. Keys carry their own time, so a busy machine makes
   nobody a scanner. Where scans are taken, keys of the browser that scanners are known to send (Ctrl+J is a line feed)
   never reach it, not even alone. */
(() => {
  const FAST = 50;  // milliseconds
  const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "CapsLock", "NumLock", "Meta"]);
  const BROWSERS_OWN = new Set(["KeyB", "KeyD", "KeyE", "KeyG", "KeyH", "KeyJ", "KeyK", "KeyO", "KeyP", "KeyS", "KeyU"]);
  const hasty = new WeakSet();
  let last = -Infinity, afterControl = false;

  const isControl = (event) => event.ctrlKey || event.altKey || event.metaKey || /^F\d+$|^Escape$|^Delete$/.test(event.key);
  window.shop.isTooFast = (event) => hasty.has(event);

  window.addEventListener("keydown", (event) => {
    const gap = event.timeStamp - last, control = isControl(event), tooFast = !event.repeat && gap >= 0 && gap <= FAST;
    if (tooFast) hasty.add(event);
    if (MODIFIERS.has(event.key)) return;
    last = event.timeStamp;
    const own = event.ctrlKey && BROWSERS_OWN.has(event.code) && document.querySelector("[data-scanner]");
    if (own || (tooFast && control && event.code !== "BracketRight")) event.preventDefault();
    if (tooFast && afterControl && /^(?:Enter|NumpadEnter|Tab| )$/.test(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
    afterControl = control || (tooFast && afterControl);
  }, true);
})();
