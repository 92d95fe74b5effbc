// The code on a receipt leads here with number and code behind the #, which no browser
// sends to any server. Without scripts the family types them from the paper.
const said = new URLSearchParams(location.hash.slice(1));
for (const name of ["number", "code"]) {
  const box = document.querySelector(`input[name="${name}"]`);
  if (box && said.has(name)) box.value = said.get(name).slice(0, 12);
}
if (said.has("code")) history.replaceState(null, "", location.pathname + location.search);
