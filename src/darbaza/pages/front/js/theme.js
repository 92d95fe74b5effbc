// Light, dark, or as the computer: remembered in a cookie that the server reads.

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    const theme = button.dataset.themeChoice;
    const age = theme ? 31536000 : 0;
    document.cookie = `darbaza_theme=${theme}; path=/; max-age=${age}; samesite=strict`;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    for (const other of document.querySelectorAll("[data-theme-choice]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });
}
