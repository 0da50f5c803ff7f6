// Runs before the first paint, so that a remembered theme never flashes the other one.
(function () {
  try {
    const remembered = localStorage.getItem("theme");
    if (remembered === "light" || remembered === "dark") document.documentElement.dataset.theme = remembered;
  } catch {
    // A browser that keeps nothing still follows the system's theme.
  }
})();
