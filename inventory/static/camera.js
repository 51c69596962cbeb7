/* The camera as a scanner, where the browser can read barcodes by itself (BarcodeDetector; phones over https).
   What it reads is handed on as a scan, like a scanner's. The same code counts again only after it left the picture. */
(() => {
  const FORMATS = ["ean_13", "ean_8", "upc_a", "code_128", "qr_code", "data_matrix"], PAUSE = 250, GONE = 3;
  let stream = null, detector = null;

  async function begin(picture) {
    detector ??= new window.BarcodeDetector({ formats: FORMATS });
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    picture.srcObject = stream;
    picture.hidden = false;
    await picture.play();
    let seen = "", missed = 0;
    while (stream) {
      const [found] = await detector.detect(picture).catch(() => []);
      missed = found ? 0 : missed + 1;
      if (missed >= GONE) seen = "";
      if (found && found.rawValue !== seen) {
        seen = found.rawValue;
        navigator.vibrate?.(60);
        document.dispatchEvent(new CustomEvent("shop:scan", { detail: seen }));
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  function end(picture) {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    picture.srcObject = null;
    picture.hidden = true;
  }
  document.querySelectorAll("[data-camera]").forEach((button) => {
    const picture = button.form.querySelector("[data-camera-picture]");
    button.hidden = !(window.BarcodeDetector && navigator.mediaDevices);
    button.addEventListener("click", () => {
      if (stream) end(picture);
      else begin(picture).catch(() => { end(picture); button.hidden = true; });
    });
  });
  window.addEventListener("pagehide", () => document.querySelectorAll("[data-camera-picture]").forEach(end));
})();
