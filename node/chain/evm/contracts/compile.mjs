// Compiles the contracts of this folder and prints {name: {abi, bin}} as JSON. Run by ../gen.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const solc = createRequire(import.meta.url)("solc");
const names = ["Token", "Registry", "Marketplace"];

const input = {
  language: "Solidity",
  sources: Object.fromEntries(names.map((n) => [`${n}.sol`, { content: readFileSync(join(here, `${n}.sol`), "utf8") }])),
  settings: {
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs: 1000 },
    metadata: { bytecodeHash: "none", appendCBOR: false },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
  },
};

const load = (path) => ({ contents: readFileSync(join(here, "node_modules", path), "utf8") });
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: load }));
// Our own sources must be free of warnings; the library's are its authors' business.
const problems = (output.errors ?? []).filter((e) => e.severity === "error" || names.includes(e.sourceLocation?.file.replace(".sol", "")));
if (problems.length > 0) {
  for (const p of problems) console.error(p.formattedMessage);
  process.exit(1);
}
const out = {};
for (const n of names) {
  const c = output.contracts[`${n}.sol`][n];
  if (c.evm.deployedBytecode.object.length / 2 > 24576) {
    console.error(`${n} is larger than the 24,576 bytes that a chain accepts`);
    process.exit(1);
  }
  out[n] = { abi: c.abi, bin: c.evm.bytecode.object };
}
process.stdout.write(JSON.stringify(out));
