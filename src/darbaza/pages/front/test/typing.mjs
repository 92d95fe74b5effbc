// Key events as a reader and a hand make them, under four keyboard layouts.

const RUSSIAN = Object.fromEntries(
  [..."QWERTYUIOP"].map((c, i) => [`Key${c}`, "йцукенгшщз"[i]])
    .concat([..."ASDFGHJKL"].map((c, i) => [`Key${c}`, "фывапролд"[i]]))
    .concat([..."ZXCVBNM"].map((c, i) => [`Key${c}`, "ячсмить"[i]]))
    .concat([["Comma", "б"], ["Semicolon", "ж"]]),
);

/** What `key` says on a layout for a physical key. */
export function keyOn(layout, code, shift) {
  if (/^Key/.test(code)) {
    let key = code[3].toLowerCase();
    if (layout === "russian" || layout === "kyrgyz") key = RUSSIAN[code];
    if (layout === "german" && /[YZ]/.test(code[3])) key = code[3] === "Y" ? "z" : "y";
    return shift ? key.toUpperCase() : key;
  }
  if (/^Digit/.test(code)) return code[5];
  if (code === "Comma") {
    if (layout === "russian" || layout === "kyrgyz") return shift ? "Б" : "б";
    if (layout === "german") return shift ? ";" : ",";
    return shift ? "<" : ",";
  }
  if (code === "Semicolon") return { us: ":", german: "Ö" }[layout] ?? "Ж";
  if (code === "IntlBackslash") return "<";
  return { Enter: "Enter", Tab: "Tab" }[code] ?? code;
}

/** The physical key that a reader with a US keyboard sends for a character. */
export function codeOf(char) {
  if (/[A-Z]/.test(char)) return { code: `Key${char}`, shiftKey: true };
  if (/\d/.test(char)) return { code: `Digit${char}`, shiftKey: false };
  const others = {
    "<": ["Comma", true], ":": ["Semicolon", true], "\r": ["Enter", false],
    "\t": ["Tab", false], " ": ["Space", false],
  };
  const [code, shiftKey] = others[char];
  return { code, shiftKey };
}

export class Typist {
  constructor(wedge, { layout = "us", pause = 8 } = {}) {
    Object.assign(this, { wedge, layout, pause, at: 1000, passed: [] });
  }

  press(event) {
    this.at += this.pause;
    const full = { timeStamp: this.at, key: keyOn(this.layout, event.code, event.shiftKey), ...event };
    if (!this.wedge.key(full)) this.passed.push(full.key);
    return this;
  }

  type(text) {
    for (const char of text) {
      if (char === "\u0002" || char === "\u0003" || char === "\n") {
        const code = { "\u0002": "KeyB", "\u0003": "KeyC", "\n": "KeyJ" }[char];
        this.press({ code, ctrlKey: true, key: code[3].toLowerCase() });
      } else {
        this.wedge.key({ key: "Shift", code: "ShiftLeft", timeStamp: this.at });
        this.press(codeOf(char));
      }
    }
    return this;
  }

  rest(ms = 200) {
    this.at += ms;
    this.wedge.finish();
    return this;
  }
}
