/**
 * `npm run show -- SAMPLE [COLUMNSxROWS] [KEYS]`: the screen on a log at a size, as a picture. Prints the picture's path.
 * SAMPLE is any source, or --demo; KEYS are pressed before the picture is taken.
 */

import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import {Resvg} from '@resvg/resvg-js';

const [sample = '--demo', size = '100x30', keys = ''] = process.argv.slice(2);
const [columns, rows] = size.split('x').map(Number);
if (!(columns > 0 && rows > 0)) {
	console.error('show: the size is COLUMNSxROWS, as in 100x30');
	process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'hitrate-show-'));
const {CI: _, ...env} = process.env;
const program = pty.spawn(process.execPath, ['dist/cli.js', sample, '--no-store', '--export-dir', folder], {
	cols: columns,
	rows,
	env: {...env, TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8'},
});
let sent = 0;
let isOver = false;
program.onData(data => {
	sent += data.length;
});
program.onExit(() => {
	isOver = true;
});

/** Until nothing has been drawn for a while (the log is read, keys have had their effect), or it goes on all the time. */
const settled = async () => {
	for (let [before, looks] = [-1, 0]; before !== sent && !isOver && looks < 8; looks++) {
		before = sent;
		await wait(700);
	}
};

await settled();
for (const key of keys) {
	program.write(key);
	await settled();
}
let name;
// There is nothing to export before something was read: the key is pressed until a picture comes.
for (let looks = 0; name === undefined && !isOver; looks++) {
	if (looks % 20 === 0) {
		program.write('e');
	}
	await wait(200);
	name = readdirSync(folder).find(file => file.endsWith('.svg'));
}
if (name === undefined) {
	console.error('show: the screen ended before a picture could be taken');
	process.exit(1);
}
program.kill();
const picture = join(folder, name.replace(/svg$/, 'png'));
const svg = readFileSync(join(folder, name), 'utf8');
writeFileSync(
	picture,
	new Resvg(svg, {fitTo: {mode: 'zoom', value: 2}, font: {loadSystemFonts: true}}).render().asPng(),
);
console.log(picture);
process.exit(0);
