import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Wedge } from "../js/wedge-core.js";
import { Typist } from "./typing.mjs";

const TD3 = [
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
];
const TD1 = [
  "I<UTOD231458907<<<<<<<<<<<<<<<",
  "7408122F1204159UTO<<<<<<<<<<<6",
  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
];
const TD2 = [
  "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
  "D231458907UTO7408122F1204159<<<<<<<6",
];

let scans;
let typed;
let begun;
let wedge;

beforeEach(() => {
  scans = [];
  typed = [];
  begun = 0;
  wedge = new Wedge({
    scan: (scan) => scans.push(scan),
    typed: (text) => typed.push(text),
    begin: () => { begun += 1; },
  });
});

for (const layout of ["us", "russian", "kyrgyz", "german"]) {
  describe(`under the ${layout} layout`, () => {
    for (const [name, parts] of Object.entries({ TD1, TD2, TD3 })) {
      for (const [framing, frame] of Object.entries({
        "carriage returns": (p) => p.join("\r") + "\r",
        "CR and LF": (p) => p.join("\r\n") + "\r\n",
        tabs: (p) => p.join("\t") + "\t",
        "STX and ETX": (p) => `\u0002${p.join("\r")}\r\u0003`,
        nothing: (p) => p.join(""),
      })) {
        test(`reads ${name} framed by ${framing}`, () => {
          const typist = new Typist(wedge, { layout }).type(frame(parts)).rest();
          assert.deepEqual(scans.map((s) => [s.kind, s.text]), [["mrz", parts.join("\n")]]);
          assert.ok(typist.passed.length <= 6, "at most the first six keys reach the page");
          assert.ok(!typist.passed.includes("Enter") && !typist.passed.includes("Tab"));
          assert.deepEqual(typed, []);
        });
      }
    }

    test("reads the code of a pass", () => {
      new Typist(wedge, { layout }).type("DZ1:0123456789ABCDEFGHJKMNPQ\r").rest();
      assert.deepEqual(scans.map((s) => [s.kind, s.text]), [["code", "DZ1:0123456789ABCDEFGHJKMNPQ"]]);
    });
  });
}

test("a document is delivered with its last character, before any pause", () => {
  new Typist(wedge).type(TD3.join("\r"));
  assert.equal(scans.length, 1);
  assert.ok(scans[0].ms > 0);
});

test("Caps Lock changes nothing", () => {
  const typist = new Typist(wedge);
  for (const char of TD3.join("\r")) {
    const code = char === "\r" ? "Enter" : char === "<" ? "Comma" : /\d/.test(char) ? `Digit${char}` : `Key${char}`;
    typist.press({ code, shiftKey: char === "<", key: char === "\r" ? "Enter" : char.toLowerCase() });
  }
  assert.equal(scans[0].text, TD3.join("\n"));
});

test("a reader set to a German keyboard on a German computer is read by its characters", () => {
  const number = "PZ<<<<<<<";
  const typist = new Typist(wedge, { layout: "german" });
  const second = `${number}0UTO7408122F1204159<<<<<<<<<<<<<<<0`;
  for (const char of `${TD3[0]}\r${second}`) {
    if (char === "<") typist.press({ code: "IntlBackslash", key: "<" });
    else if (char === "\r") typist.press({ code: "Enter", key: "Enter" });
    else if (/\d/.test(char)) typist.press({ code: `Digit${char}`, key: char });
    else typist.press({ code: `Key${char === "Z" ? "Y" : char === "Y" ? "Z" : char}`, key: char, shiftKey: true });
  }
  typist.rest();
  assert.equal(scans[0].text.split("\n")[1], second);
});

test("ordinary typing passes through unharmed", () => {
  const typist = new Typist(wedge, { pause: 120 }).type("ASANOV BAKYT\r").rest();
  assert.equal(typist.passed.length, 13);
  assert.deepEqual(scans, []);
  assert.deepEqual(typed, []);
});

test("a reader's late Enter presses nothing, a hand's does", () => {
  const typist = new Typist(wedge).type(TD3.join("\r")).rest(100);
  const enter = (wait) => { typist.at += wait; typist.press({ code: "Enter", key: "Enter" }); };
  enter(100);
  assert.ok(!typist.passed.includes("Enter"));
  enter(400);
  assert.equal(typist.passed.at(-1), "Enter");

  const other = new Typist(wedge).type(`${TD1.join("\r")}\r`).rest(100);
  other.at += 50;
  other.press({ code: "Enter", key: "Enter" });
  assert.equal(other.passed.at(-1), "Enter", "the reader's own has come already");
});

test("very quick typing loses no letter and keeps its Enter", () => {
  const typist = new Typist(wedge, { pause: 15 }).type("NURLANBEKOV\r");
  assert.equal(typist.passed.slice(0, 6).join(""), "NURLAN");
  assert.deepEqual(typed, ["BEKOV"]);
  assert.equal(typist.passed.at(-1), "Enter");
  assert.deepEqual(scans, []);
});

test("Ctrl+J and Ctrl+M between the lines open nothing; by hand they are the browser's", () => {
  const typist = new Typist(wedge).type(`${TD3[0]}\n${TD3[1]}\n`);
  assert.equal(scans[0].text, TD3.join("\n"));
  assert.deepEqual(typist.passed, [..."P<UTOE"]);
  typist.rest().press({ code: "KeyJ", key: "j", ctrlKey: true });
  assert.equal(typist.passed.at(-1), "j");
});

test("an extra key of other keyboards gives the filler too", () => {
  const typist = new Typist(wedge);
  for (const char of TD3.join("\r")) {
    if (char === "<") typist.press({ code: "IntlBackslash", key: "<" });
    else typist.type(char);
  }
  assert.equal(scans[0].text, TD3.join("\n"));
});

test("two readers at once are one scan that nothing can be read from", () => {
  const typist = new Typist(wedge, { pause: 4 });
  const other = TD3.join("").replace("ERIKSSON", "ASANOVAA");
  for (let i = 0; i < other.length; i += 1) typist.type(TD3.join("")[i]).type(other[i]);
  typist.rest();
  assert.equal(scans.length, 1);
  assert.equal(scans[0].text.length, 2 * other.length);
  assert.deepEqual(typed, [], "nothing of it lands in a field");
});

for (const layout of ["us", "russian", "german"]) {
  test(`a prefix makes a burst certain from its first key, under the ${layout} layout`, () => {
    wedge = new Wedge({ scan: (scan) => scans.push(scan), typed: (text) => typed.push(text) }, { prefix: "QZ7" });
    const typist = new Typist(wedge, { layout }).type(`QZ7${TD3.join("\r")}\r`).rest();
    assert.deepEqual(scans.map((s) => s.text), [TD3.join("\n")]);
    assert.deepEqual(typist.passed, []);
  });
}

test("a word that begins like the prefix keeps the order of its letters", () => {
  const page = [];
  wedge = new Wedge({ scan: (scan) => scans.push(scan), typed: (text) => page.push(text) }, { prefix: "AZ" });
  const typist = new Typist(wedge, { pause: 40 });
  typist.passed = page;
  typist.type("AZAMAT").rest().type("AIDA").rest();
  assert.equal(page.join(""), "AZAMATAIDA");
  assert.deepEqual(scans, []);
});

test("a prefix may be a sign that no document has; typed by hand it is given back", () => {
  wedge = new Wedge({ scan: (scan) => scans.push(scan), typed: (text) => typed.push(text) }, { prefix: "~" });
  const typist = new Typist(wedge).press({ code: "Backquote", key: "~", shiftKey: true }).type(TD1.join("")).rest();
  assert.deepEqual(scans.map((s) => s.text), [TD1.join("\n")]);
  assert.deepEqual(typist.passed, []);
  typist.press({ code: "Backquote", key: "~", shiftKey: true }).rest();
  typist.type("ASANOV").rest();
  assert.equal(typed.join(""), "~");
  assert.equal(typist.passed.join(""), "ASANOV");
});

test("a burst that is no scan is given back as it would have been typed", () => {
  const typist = new Typist(wedge, { layout: "russian" }).type("ABCDEFGHIJ").rest();
  assert.equal(typist.passed.join("") + typed.join(""), "ФИСВУАПРШО");
});

test("a blank ends a burst at once", () => {
  const typist = new Typist(wedge).type("SYDYKOVA A").rest();
  assert.deepEqual(typed, ["VA"]);
  assert.equal(typist.passed.join(""), "SYDYKOSpaceA");
});

test("a key that is held down is a hand", () => {
  const typist = new Typist(wedge, { pause: 30 });
  for (let i = 0; i < 40; i += 1) typist.press({ code: "KeyA", key: "a", repeat: i > 0 });
  typist.rest();
  assert.equal(typist.passed.length, 40);
  assert.deepEqual(scans, []);
});

test("a pause inside a scan makes it no scan, so that half a document is never used", () => {
  new Typist(wedge).type(TD3[0].slice(0, 20)).rest(300).type(TD3[0].slice(20, 44)).rest();
  assert.deepEqual(scans, []);
});

test("two documents after each other are two scans", () => {
  new Typist(wedge).type(`${TD3.join("\r")}\r`).rest(100).type(`${TD1.join("\r")}\r`).rest();
  assert.deepEqual(scans.map((s) => s.text), [TD3.join("\n"), TD1.join("\n")]);
});

test("shortcuts with Ctrl, Alt and the function keys are left alone", () => {
  const typist = new Typist(wedge);
  typist.press({ code: "KeyS", key: "s", ctrlKey: true }).press({ code: "F2", key: "F2" });
  assert.equal(typist.passed.length, 2);
  assert.equal(begun, 0);
});
