// Compiles the contracts of this folder and prints {name: {abi, bin, size, lines}} as JSON. Run by ../gen. lines says for each file of
// ours which bytes of the running code, of that size, belong to which line: {file: {line: [offset, ...]}}.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const solc = createRequire(import.meta.url)("solc");
// What is deployed, and the file that it is in.
const contracts = { Token: "Token", Parameters: "Parameters", Marketplace: "Marketplace", Draws: "Draws", Batches: "Batches", Arbiters: "Arbiters", Rewards: "Rewards", Evil: "Evil", Timelock: "Governance", Governance: "Governance" };
const files = ["Token", "Parameters", "Registry", "Tally", "Draws", "Marketplace", "Batches", "Appeals", "Arbiters", "Rewards", "Governance", "Evil"];

const input = {
  language: "Solidity",
  sources: Object.fromEntries(files.map((n) => [`${n}.sol`, { content: readFileSync(join(here, `${n}.sol`), "utf8") }])),
  settings: {
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs: 1000 },
    metadata: { bytecodeHash: "none", appendCBOR: false },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.sourceMap"] } },
  },
};

const load = (path) => ({ contents: readFileSync(join(here, "node_modules", path), "utf8") });
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: load }));
// Our own sources must be free of warnings; the library's are its authors' business.
const problems = (output.errors ?? []).filter((e) => e.severity === "error" || files.includes(e.sourceLocation?.file.replace(".sol", "")));
if (problems.length > 0) {
  for (const p of problems) console.error(p.formattedMessage);
  process.exit(1);
}
const sources = Object.fromEntries(files.map((f) => [output.sources[`${f}.sol`].id, f]));
const lineStarts = Object.fromEntries(files.map((f) => {
  const text = readFileSync(join(here, `${f}.sol`));
  const starts = [0];
  text.forEach((b, i) => { if (b === 10) starts.push(i + 1); });
  return [f, starts];
}));

const sourceLines = Object.fromEntries(files.map((f) => [f, readFileSync(join(here, `${f}.sol`), "utf8").split("\n")]));

// linesOf maps the running code of a contract to lines. An offset belongs to the line on which its statement begins.
function linesOf(code) {
  const bytes = Buffer.from(code.object, "hex");
  const out = {};
  let [start, length, file] = [0, 0, 0];
  let offset = 0;
  for (const part of code.sourceMap.split(";")) {
    const f = part.split(":");
    if (f[0]) start = Number(f[0]);
    if (f[1]) length = Number(f[1]);
    if (f[2]) file = Number(f[2]);
    const name = sources[file];
    if (name !== undefined) {
      const starts = lineStarts[name];
      let line = starts.findIndex((s) => s > start);
      if (line < 0) line = starts.length;
      // Getters and constants have their declarations for source; those are no statements.
      const text = sourceLines[name][line - 1];
      if (/^    (\w+|mapping\(.*\)) (public|private|internal)\b.*;/.test(text) || /^(abstract )?contract |^library /.test(text)) {
        const op = bytes[offset];
        offset += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1;
        continue;
      }
      ((out[name] ??= {})[line] ??= []).push(offset);
    }
    const op = bytes[offset];
    offset += op >= 0x60 && op <= 0x7f ? op - 0x5e : 1;
  }
  return out;
}

const out = {};
for (const [n, file] of Object.entries(contracts)) {
  const c = output.contracts[`${file}.sol`][n];
  if (process.argv.includes("-sizes")) console.error(n, c.evm.deployedBytecode.object.length / 2);
  if (c.evm.deployedBytecode.object.length / 2 > 24576) {
    console.error(`${n} is larger than the 24,576 bytes that a chain accepts`);
    process.exit(1);
  }
  out[n] = { abi: c.abi, bin: c.evm.bytecode.object, size: c.evm.deployedBytecode.object.length / 2, lines: linesOf(c.evm.deployedBytecode) };
}
process.stdout.write(JSON.stringify(out));
