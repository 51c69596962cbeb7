/* A signature drawn with finger, pen or mouse: [data-signature] holds a canvas, the hidden field it fills, and a button
   that wipes it. Strokes are kept as points, so that turning the phone or a redrawn page loses nothing. */
(() => {
  const strokes = new WeakMap();  // canvas to list of strokes, each a list of [x, y] in parts of the canvas
  const boxOf = (node) => node?.closest?.("[data-signature]");

  function draw(canvas) {
    const ink = canvas.getContext("2d");
    const { width, height } = canvas;
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, width, height);
    ink.strokeStyle = "#111";
    ink.lineWidth = 4;
    ink.lineCap = ink.lineJoin = "round";
    for (const stroke of strokes.get(canvas) ?? []) {
      ink.beginPath();
      stroke.forEach(([x, y], at) => (at ? ink.lineTo(x * width, y * height) : ink.moveTo(x * width, y * height)));
      if (stroke.length === 1) ink.lineTo(stroke[0][0] * width + 1, stroke[0][1] * height);
      ink.stroke();
    }
  }
  function keep(canvas) {
    const drawn = (strokes.get(canvas) ?? []).some((stroke) => stroke.length > 2);
    boxOf(canvas).querySelector("input[type=hidden]").value = drawn ? canvas.toDataURL("image/png") : "";
  }
  function point(event) {
    const box = event.target.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }
  document.addEventListener("pointerdown", (event) => {
    const canvas = event.target;
    if (!canvas.matches?.("[data-signature] canvas")) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    strokes.set(canvas, [...(strokes.get(canvas) ?? []), [point(event)]]);
    const radio = canvas.closest("form")?.querySelector("input[name=confirmed][value=signature]");
    if (radio) radio.checked = true;
    draw(canvas);
  });
  document.addEventListener("pointermove", (event) => {
    const canvas = event.target;
    if (!canvas.matches?.("[data-signature] canvas") || !canvas.hasPointerCapture(event.pointerId)) return;
    strokes.get(canvas).at(-1).push(point(event));
    draw(canvas);
  });
  document.addEventListener("pointerup", (event) => {
    if (event.target.matches?.("[data-signature] canvas")) keep(event.target);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-signature-wipe]")) return;
    const canvas = boxOf(event.target).querySelector("canvas");
    strokes.set(canvas, []);
    draw(canvas);
    keep(canvas);
  });
})();
