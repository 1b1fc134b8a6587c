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

  // A definition shown on hover or focus can be put away without moving the pointer.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.tippy) window.tippy.hideAll();
  });
})();
