// A roll has no pages: the sheet says how long it is, so that the printer cuts there.

const MM = 25.4 / 96; // of a CSS pixel

document.fonts.ready.then(() => {
  if (!document.body.classList.contains("sheet-body--80mm")) return;
  const sheets = [...document.querySelectorAll(".sheet")];
  const longest = Math.max(...sheets.map((sheet) => sheet.getBoundingClientRect().height));
  const rule = new CSSStyleSheet();
  rule.replaceSync(`@page { size: 80mm ${Math.ceil(longest * MM) + 1}mm; margin: 0; }`);
  document.adoptedStyleSheets = [rule];
});
