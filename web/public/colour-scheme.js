// Runs before anything is drawn, so that a dark page never flashes white.
(function () {
  var chosen = localStorage.getItem('parley.colour-scheme') || 'auto';
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var scheme = chosen === 'auto' ? (dark ? 'dark' : 'light') : chosen;
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
