// Lines of a scale into grams. Understood: MT-SICS ("S S   1.250 kg", "S D" while it
// moves), the comma form of A&D and CAS ("ST,GS,+  1.250kg", "US" while it moves), and
// any line that holds one number and kg or g. Scales that answer in bytes are not.

const LONGEST = 64;
const WEIGHT = /([+-]?)\s*(\d{1,6}(?:[.,]\d{1,4})?)\s*(kg|кг|g|г)(?![a-zа-я])/i;
const MOVING = /^\s*(US|S\s+D|D)\b|\?/;
const OVER = /\b(OL|OVER|S\s+\+|S\s+I)\s*$/;

/** One whole line: {grams, stable}, {over: true}, or null for anything else. */
export function weight(line) {
  if (line.length > LONGEST) return null;
  if (OVER.test(line)) return { over: true };
  const found = WEIGHT.exec(line);
  if (!found) return null;
  const [, sign, number, unit] = found;
  const factor = /^(kg|кг)$/i.test(unit) ? 1000 : 1;
  const grams = Math.round(Number(number.replace(",", ".")) * factor);
  return { grams: sign === "-" ? -grams : grams, stable: !MOVING.test(line) };
}

/** Bytes as text in, weights out; a line that stops in the middle is never a weight. */
export class Weights {
  constructor(onWeight) {
    this.onWeight = onWeight;
    this.line = "";
  }

  push(piece) {
    for (const char of piece) {
      if (char === "\r" || char === "\n") this.end();
      else if (this.line.length <= LONGEST) this.line += char;
    }
  }

  end() {
    const found = weight(this.line);
    this.line = "";
    if (found) this.onWeight(found);
  }

  /** Nothing came for a while: what began is not finished by something later. */
  forget() {
    this.line = "";
  }
}
