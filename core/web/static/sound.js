/* A low double tone for what arrives with data-sound="refused": the clerk looks at the goods, not at the screen. */
(() => {
  let audio = null;
  function tone(hertz, begin, length) {
    const sound = audio.createOscillator(), loudness = audio.createGain();
    sound.type = "triangle";
    sound.frequency.value = hertz;
    loudness.gain.value = 0.25;
    sound.connect(loudness).connect(audio.destination);
    sound.start(audio.currentTime + begin);
    sound.stop(audio.currentTime + begin + length);
  }
  function play() {
    for (const element of document.querySelectorAll("[data-sound]")) {
      document.documentElement.dataset.sounded = element.dataset.sound;
      element.removeAttribute("data-sound");
      if (!navigator.userActivation?.hasBeenActive) continue;  // a page that nobody has touched must not sound
      audio ??= new AudioContext();
      tone(220, 0, 0.12);
      tone(165, 0.16, 0.2);
    }
  }
  document.addEventListener("htmx:after:swap", play);
  document.addEventListener("shop:sound", play);
  document.addEventListener("DOMContentLoaded", play);
})();
