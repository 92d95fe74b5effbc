// What a scan is: text in, kind and lines out. No page in here, so that Node tests it.

export const CODE = /^DZ1[:;]?[0-9A-HJKMNP-TV-Z]{24}$/; // Crockford base 32, as gate/codes.py writes it
export const LIST = /^PL1[:;]?[0-9A-HJKMNP-TV-Z]{6,}$/; // as parcels/lists.py writes it
const MOST_LINES = 12;
const MRZ = /^[A-Z0-9<]+$/;
const SHAPES = [
  [30, 30, 30], // TD1: identity cards
  [44, 44], // TD3: passports, MRV-A: visas
  [36, 36], // TD2, MRV-B
];

/** Lines of a scan: framing (STX, ETX), CR, LF, Tab and blanks are no content. */
export function lines(text) {
  return text
    .replace(/[\u0002\u0003]/g, "\n")
    .split(/[\r\n\t]+/)
    .map((line) => line.replace(/ /g, "").toUpperCase())
    .filter(Boolean);
}

/** Cut a text that came without line ends into the lines it must have. */
export function shaped(parts) {
  if (parts.length !== 1) return parts;
  const whole = parts[0];
  const shape = SHAPES.find((s) => s.reduce((a, b) => a + b) === whole.length);
  if (!shape) return parts;
  let from = 0;
  return shape.map((length) => whole.slice(from, (from += length)));
}

/** True where the lines have the lengths of a document, so that nothing can follow. */
export function complete(parts) {
  return SHAPES.some((s) => s.length === parts.length && s.every((n, i) => parts[i].length === n));
}

/** Check digit of ICAO Doc 9303: weights 7, 3, 1. */
export function digit(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) {
    const value = text[i] === "<" ? 0 : parseInt(text[i], 36);
    sum += value * [7, 3, 1][i % 3];
  }
  return String(sum % 10);
}

/** True where the document number and the birth date agree with their check digits. */
export function agrees(parts) {
  if (!complete(parts) || !parts.every((line) => MRZ.test(line))) return false;
  const small = parts.length === 3;
  const number = small ? parts[0].slice(5, 15) : parts[1].slice(0, 10);
  const birth = small ? parts[1].slice(0, 7) : parts[1].slice(13, 20);
  const right = (field) => digit(field.slice(0, -1)) === field.slice(-1);
  const long = small && number[9] === "<"; // the number goes on in the optional field
  return (long || right(number)) && right(birth);
}

/** Kind of a text: "mrz", "code", "list" of goods, or "" for anything else. */
export function kindOf(text) {
  const parts = shaped(lines(text));
  if (parts.length === 1 && CODE.test(parts[0])) return "code";
  if (parts.length === 1 && LIST.test(parts[0])) return "list";
  const all = parts.join("");
  // Two readers at once send more lines: the server says so and asks for a new swipe.
  if (all.length >= 30 && parts.length <= MOST_LINES && MRZ.test(all) && all.includes("<")) return "mrz";
  return "";
}

/** The best reading of several: one whose check digits agree, else the first of a kind. */
export function best(variants) {
  const read = variants.map((text) => ({ kind: kindOf(text), parts: shaped(lines(text)) }));
  const known = read.filter((r) => r.kind);
  const chosen = known.find((r) => r.kind !== "mrz" || agrees(r.parts)) ?? known[0];
  return chosen ? { kind: chosen.kind, text: chosen.parts.join("\n") } : null;
}
