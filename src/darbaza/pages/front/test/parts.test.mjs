import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { picture } from "../js/drop.js";
import { belongsToField, nameOf } from "../js/keys.js";
import { ScanQueue } from "../js/scan-queue.js";
import { agrees, best, digit, kindOf, lines } from "../js/scans.js";
import { Weights, weight } from "../js/scale-core.js";
import { Frames } from "../js/serial-core.js";
import { stage } from "../js/timeouts.js";

const TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

test("check digits are those of Doc 9303", () => {
  assert.equal(digit("L898902C3"), "6");
  assert.equal(digit("740812"), "2");
  assert.ok(agrees(TD3.split("\n")));
  assert.ok(!agrees(TD3.replace("7408122", "7408132").split("\n")));
});

test("kinds are told apart by shape and prefix", () => {
  assert.equal(kindOf(TD3), "mrz");
  assert.equal(kindOf("DZ1:0123456789ABCDEFGHJKMNPQ"), "code");
  assert.equal(kindOf("4870012345678"), "");
  assert.equal(kindOf("PL1:0123456789"), "list");
  assert.equal(kindOf("HELLO"), "");
});

test("of several readings the one whose check digits agree is taken", () => {
  const wrong = TD3.replace("L898902C36", "L898902C37");
  assert.equal(best([wrong, TD3]).text, TD3);
  assert.equal(best(["ABC", "DEF"]), null);
});

test("framing characters and blanks are no content", () => {
  assert.deepEqual(lines("\u0002AB C\r\nDE\t\u0003"), ["ABC", "DE"]);
});

test("scans during a request wait, keep their order and are not lost", async () => {
  const handed = [];
  const waited = [];
  const queue = new ScanQueue((s) => { handed.push(s.text); queue.begin(); }, { waiting: (s) => waited.push(s.text) });
  queue.add({ text: "a" });
  queue.add({ text: "b" });
  queue.add({ text: "c" });
  queue.add({ text: "b" });
  assert.deepEqual(handed, ["a"]);
  assert.deepEqual(waited, ["b", "c"]);
  queue.end();
  assert.deepEqual(handed, ["a", "b"]);
  queue.end();
  queue.end();
  assert.deepEqual(handed, ["a", "b", "c"]);
});

test("a scan repeated while its request runs counts once, and again afterwards", () => {
  const handed = [];
  const queue = new ScanQueue((s) => { handed.push(s.text); queue.begin(); });
  queue.add({ text: "a" });
  queue.add({ text: "a" });
  queue.end();
  assert.deepEqual(handed, ["a"]);
  queue.add({ text: "a" });
  assert.deepEqual(handed, ["a", "a"]);
});

test("a scan that comes again after something else was asked is a new one", () => {
  const handed = [];
  const queue = new ScanQueue((s) => { handed.push(s.text); queue.begin(); });
  queue.add({ text: "a" });
  queue.begin(); // the desk is cleared before the answer's page has settled
  queue.end();
  queue.add({ text: "a" });
  queue.end();
  assert.deepEqual(handed, ["a", "a"]);
});

test("waiting scans follow each other even where no request is made", async () => {
  const handed = [];
  const queue = new ScanQueue((s) => handed.push(s.text));
  queue.begin();
  queue.add({ text: "a" });
  queue.add({ text: "b" });
  queue.end();
  await Promise.resolve();
  assert.deepEqual(handed, ["a", "b"]);
});

test("serial frames end with ETX or with silence", () => {
  const scans = [];
  const frames = new Frames((s) => scans.push(s));
  const [one, two] = TD3.split("\n");
  frames.push(`\u0002${one}\r`, 100);
  frames.push(`${two}\r\u0003`, 190);
  assert.deepEqual(scans, [{ kind: "mrz", text: TD3, ms: 90, source: "serial" }]);
  frames.push("DZ1:0123456789ABCDEFGHJKMNPQ\r", 300);
  assert.equal(frames.end(450), "");
  assert.equal(scans[1].kind, "code");
  frames.push("noise", 500);
  assert.equal(frames.end(700), "noise");
});

test("what breaks off on a serial line is said, a weight or a plug is not", () => {
  const told = [];
  const frames = new Frames(() => told.push("scan"), () => told.push("broken"));
  const [one, two] = TD3.split("\n");
  const say = (text) => { frames.push(text, 0); frames.pause(200); };
  say("ready");
  say("S S   1.250 kg\r");
  say(`\u0002${one.slice(0, 25)}`);
  say(`\u0002${one}\r${two}\r`);
  assert.deepEqual(told, ["broken", "scan"]);
});

test("keys are named by their place, whatever layout is switched on", () => {
  assert.equal(nameOf({ key: "F2", code: "F2" }), "F2");
  assert.equal(nameOf({ key: ".", code: "Slash" }), "/");
  assert.equal(nameOf({ key: ",", code: "Slash", shiftKey: true }), "?");
  assert.equal(nameOf({ key: "т", code: "KeyN", altKey: true }), "Alt+N");
  assert.equal(nameOf({ key: "Enter", code: "Enter", ctrlKey: true }), "Ctrl+Enter");
});

test("a slash typed into a field is a slash, a function key stays a shortcut", () => {
  const target = { matches: () => true };
  assert.ok(belongsToField({ target, key: "/" }));
  assert.ok(belongsToField({ target, key: "Enter" }));
  assert.ok(!belongsToField({ target, key: "F2" }));
  assert.ok(!belongsToField({ target, key: "Enter", ctrlKey: true }));
  assert.ok(!belongsToField({ target: { matches: () => false }, key: "/" }));
});

test("the time-out waits, warns for a minute, then locks", () => {
  assert.equal(stage(0, 600), "wait");
  assert.equal(stage(539, 600), "wait");
  assert.equal(stage(540, 600), "warn");
  assert.equal(stage(600, 600), "lock");
  assert.equal(stage(29, 60), "wait");
  assert.equal(stage(30, 60), "warn");
});

test("of dropped files the first picture or PDF is taken", () => {
  const text = { type: "text/plain", name: "a.txt" };
  const scan = { type: "", name: "SCAN0001.PDF" };
  assert.equal(picture([text, scan]), scan);
  assert.equal(picture([text]), null);
  assert.equal(picture(undefined), null);
});

// The local agent reads the same vectors: tests/agent/test_vectors.py.
const vectors = (name) => JSON.parse(readFileSync(new URL(`../../../../../tests/vectors/${name}.json`, import.meta.url), "utf8"));

test("a scale's line is a weight in grams, still or moving", () => {
  for (const [line, said] of vectors("scale_lines")) assert.deepEqual(weight(line), said, line);
});

test("bytes of a serial line are the same scans for page and agent", () => {
  for (const { what, pieces, scans } of vectors("serial_frames")) {
    const seen = [];
    const frames = new Frames((scan) => seen.push(scan.text));
    for (const piece of pieces) piece === null ? frames.end(0) : frames.push(piece, 0);
    assert.deepEqual(seen, scans, what);
  }
});

test("a line that stops in the middle is never a weight, and spoils no other", () => {
  const seen = [];
  const weights = new Weights((found) => seen.push(found.grams));
  for (const piece of ["S S   1.", "25", "0 kg\r", "\nS S   9.9"]) weights.push(piece);
  weights.forget();
  weights.push("S S  2.000 kg\r\n");
  assert.deepEqual(seen, [1250, 2000]);
});
