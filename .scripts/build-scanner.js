/**
 * Compiles `source/scanner/assembly` with AssemblyScript and writes the module, base64 of a few KB, to
 * `source/scanner/scanner-wasm.ts`. The compiler is no dependency, for it weighs 100 MB: npm fetches it for this alone.
 * `--check` only compares the module with the one that is there.
 */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

const compiler = 'assemblyscript@0.28.9';
const target = 'source/scanner/scanner-wasm.ts';

const folder = mkdtempSync(join(tmpdir(), 'hitrate-scanner-'));
const compiled = join(folder, 'scanner.wasm');
const options = '-O3 --noAssert --runtime stub --enable simd --enable bulk-memory --initialMemory 100'.split(' ');
execFileSync(
	'npm',
	[
		'exec',
		'--yes',
		`--package=${compiler}`,
		'--',
		'asc',
		'source/scanner/assembly/index.ts',
		'-o',
		compiled,
		...options,
	],
	{stdio: ['ignore', 'inherit', 'inherit']},
);
const base64 = readFileSync(compiled).toString('base64');
rmSync(folder, {recursive: true});

const content = `/** The module that \`npm run build:scanner\` makes of \`assembly/\`. */\nexport const scannerWasm =\n\t'${base64}';\n`;
if (!process.argv.includes('--check')) {
	writeFileSync(target, content);
} else if (readFileSync(target, 'utf8') !== content) {
	process.stderr.write(`${target} is not what its source compiles to: run npm run build:scanner\n`);
	process.exitCode = 1;
}
