/* Barcodes that press and type instead of naming goods, for hands that hold a scanner and no keyboard: 0990 and three
   digits and their check digit, from the sheet of command barcodes (inventory/labels/command_sheet.py). Confirm presses
   the page's [data-command="confirm"], else what F9 presses; back likewise, else Escape. Digits go into the field at hand:
   the one with the focus, else the first that takes a number; the first digit replaces what stood there. */
(() => {
  const COMMAND = /^0990(\d{3})\d$/;
  const KEYS = { confirm: "F9", back: "Escape" };
  const NUMBERS = 'input[inputmode="decimal"], input[inputmode="numeric"]';
  const typed = new WeakSet();

  const isSeen = (element) => element.checkVisibility() && !element.disabled;
  function placeOf() {
    return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  }
  function press(command) {
    const place = placeOf();
    const wanted = [`[data-command="${command}"]`, `[data-key="${KEYS[command]}"]`];
    const found = wanted.flatMap((selector) => [...place.querySelectorAll(selector)]).find(isSeen);
    found?.click();
    return Boolean(found);
  }
  function fieldAtHand() {
    const at = document.activeElement;
    if (at?.matches('input:not([data-scanner], [type="radio"], [type="checkbox"], [type="hidden"])')) return at;
    return [...placeOf().querySelectorAll(NUMBERS)].find(isSeen) ?? null;
  }
  function write(sign) {
    const field = fieldAtHand();
    if (!field) return false;
    field.value = sign === "" ? "" : (typed.has(field) ? field.value : "") + sign;
    if (sign === "") typed.delete(field); else typed.add(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }
  const ACTS = new Map([["001", () => press("confirm")], ["002", () => press("back")],
    ["110", () => write(",")], ["111", () => write("")]]);
  for (let digit = 0; digit < 10; digit += 1) ACTS.set(`10${digit}`, () => write(String(digit)));

  document.addEventListener("shop:scan", (event) => {
    const act = ACTS.get(COMMAND.exec(event.detail)?.[1]);
    if (!act) return;
    event.stopImmediatePropagation();
    if (act()) return;
    document.documentElement.dataset.sound = "refused";  // nothing here to press or to fill in
    document.dispatchEvent(new Event("shop:sound"));
  });
})();
