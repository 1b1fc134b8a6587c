// Small jobs of every page that the theme does with inline scripts, which the site's policy blocks.
(function () {
  "use strict";

  // The search page fetches each page it found for an excerpt; a page opened from disk must not.
  if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") {
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  }

  // Scripts wait for the page here, so togglebutton.js starts before the script after it that sets this.
  window.togglebuttonSelector = ".toggle, .admonition.dropdown";

  const calls = {
    "window.print()": () => window.print(),
    "toggleFullScreen()": () => window.toggleFullScreen(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-call]");
    if (button) calls[button.dataset.call]();
  });

  // The first paint is done: now the whole page is laid out. (Two frames, as the first may still be before it.)
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
    document.documentElement.dataset.painted = "";
  })));

  // Paper is white: a dark page is printed in the colours of the light one.
  const root = document.documentElement;
  let before = null;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    if (before) root.dataset.theme = before;
    before = null;
  });

  // Definitions on hover: their scripts come when the reader first reaches a link, one after the other.
  const tips = document.querySelector('meta[name="il6-tips"]');
  const load = (source) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${source} could not be loaded.`));
      script.src = source;
      document.head.append(script);
    });
  const start = async (event) => {
    const link = event.target.closest?.(".bd-article a.reference.internal");
    if (!link || !tips || document.readyState !== "complete") return;
    for (const kind of ["pointerover", "focusin"]) document.removeEventListener(kind, start);
    for (const source of tips.content.trim().split(" ")) await load(source);
    // The last of them waits for the load event, which is over.
    window.onload();
    if (link.matches(":hover, :focus")) link._tippy?.show();
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, start);

  // They can be put away without moving the pointer.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.tippy) window.tippy.hideAll();
  });
})();
