import {
	appendFileSync,
	copyFileSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import type {Rendering} from '../simulated/render.js';
import {openTerminal} from '../support/terminal-session.js';
import {until} from '../support/until.js';
import {backendLog} from './backend-log.js';
import {type Finish, type Home, newFolder, newHome} from './homes.js';
import {logrotate} from './logrotate.js';
import {isInstalled, writerIn} from './processes.js';
import {expectSame, type Figures, faultless, faultsOf, report} from './reports.js';

/** A log in a folder of its own, ever under the same name: requests carry it. */
const newLog = (finish: Finish): string => join(newFolder(finish), 'worker.log');

const reportOn = (log: string, home: Home): Promise<Figures> => report('worker.log', home, join(log, '..'));

/** What a report says that read all of it at once. */
const wholeReport = async (finish: Finish, content: Buffer | string): Promise<Figures> => {
	const log = newLog(finish);
	writeFileSync(log, content);
	return reportOn(log, newHome(finish));
};

/** Where in the log it is cut, as parts of its length. */
const parts = [0.3, 0.7];

/** Offsets `into` the first lines that match behind each of these. */
const cutsAt = (content: Buffer, needle: string, into: number): readonly number[] =>
	parts.map(part => {
		const found = content.indexOf(needle, Math.floor(content.length * part));
		return content.lastIndexOf('\n', found) + 1 + into;
	});

/** Offsets between and in the middle of the lines that requests are made of. */
const cuts = (content: Buffer): Readonly<Record<string, readonly number[]>> => ({
	'between a call and its outcome': cutsAt(content, 'Usage type: ', 0),
	'between plan lines': cutsAt(content, 'Block 2: ', 0),
	'between an outcome and what repeats it': cutsAt(content, 'CACHE HIT: ', 0),
	'in the middle of a call': cutsAt(content, 'Making LLM API call', 90),
	'in the middle of the numbers of an outcome': parts.map(
		part => content.indexOf('completion=', content.indexOf('Usage type: ', Math.floor(content.length * part))) + 12,
	),
	'in the middle of the thread of an outcome': parts.map(
		part => content.indexOf('thread_id', content.indexOf('Usage type: ', Math.floor(content.length * part))) + 20,
	),
	'in the middle of a character': parts.map(part => content.indexOf('💰', Math.floor(content.length * part)) + 2),
});

const plain = Buffer.from(backendLog(400, 'plain'));

describe('a log that grows between reports', () => {
	test.concurrent.for(Object.entries(cuts(plain)))('%s', async ([, offsets], {onTestFinished}) => {
		const log = newLog(onTestFinished);
		const home = newHome(onTestFinished);
		writeFileSync(log, '');
		let written = 0;
		for (const offset of [...offsets, plain.length]) {
			appendFileSync(log, plain.subarray(written, offset));
			written = offset;
			expectSame(await reportOn(log, home), await wholeReport(onTestFinished, plain.subarray(0, offset)));
		}
	});

	test.concurrent.for<Rendering>(['json', 'colour'])('anywhere, %s', async (rendering, {onTestFinished}) => {
		const content = Buffer.from(backendLog(400, rendering));
		const random = createRandom(content.length);
		const log = newLog(onTestFinished);
		const home = newHome(onTestFinished);
		writeFileSync(log, '');
		for (let written = 0; written < content.length; ) {
			const length = random.integer(1, content.length / 4);
			appendFileSync(log, content.subarray(written, written + length));
			written += length;
			await reportOn(log, home);
		}
		expectSame(await reportOn(log, home), await wholeReport(onTestFinished, content));
	});

	test.concurrent('between requests that are alike in all, within one second', async ({onTestFinished}) => {
		const one = [
			'LLM API call: claude-sonnet-4-5 (2 messages)',
			'💰 Usage type: EXACT - prompt=10000, completion=10, cache_read=9000, cache_creation=0',
		]
			.map(event => `2025-10-20T08:15:30Z [info     ] ${event} thread_id=a\n`)
			.join('');
		const log = newLog(onTestFinished);
		const home = newHome(onTestFinished);
		writeFileSync(log, '');
		for (let requests = 1; requests <= 4; requests++) {
			appendFileSync(log, one);
			expectSame(await reportOn(log, home), await wholeReport(onTestFinished, one.repeat(requests)));
		}
	});
});

/** What becomes of a log whose first part was read by a report. The rest is written in its turn. */
const rotations: Readonly<Record<string, (log: string, rest: readonly [Buffer, Buffer]) => void>> = {
	renamed: (log, rest) => {
		renameSync(log, `${log}.1`);
		writeFileSync(log, Buffer.concat(rest));
	},
	'renamed and compressed': (log, rest) => {
		writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(log)));
		rmSync(log);
		writeFileSync(log, Buffer.concat(rest));
	},
	'written to, then renamed': (log, [first, second]) => {
		appendFileSync(log, first);
		renameSync(log, `${log}.1`);
		writeFileSync(log, second);
	},
	'written to, then renamed and compressed: the reading stopped in the middle of the .gz': (log, [first, second]) => {
		appendFileSync(log, first);
		writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(log)));
		rmSync(log);
		writeFileSync(log, second);
	},
	'rotated twice, the file that was read and the one never seen compressed': (log, [first, second]) => {
		writeFileSync(`${log}.2.gz`, gzipSync(readFileSync(log)));
		rmSync(log);
		writeFileSync(`${log}.1.gz`, gzipSync(first));
		writeFileSync(log, second);
	},
	'written to, then copied and truncated': (log, [first, second]) => {
		appendFileSync(log, first);
		copyFileSync(log, `${log}.1`);
		truncateSync(log, 0);
		appendFileSync(log, second);
	},
	'renamed to a date, with nothing at its place for a while': (log, [first, second]) => {
		appendFileSync(log, first);
		renameSync(log, `${log}-20251021`);
		writeFileSync(log, second);
	},
};

describe('a log that is rotated between reports while requests are open', () => {
	test.concurrent.for(Object.entries(rotations))('%s', async ([, rotate], {onTestFinished}) => {
		const whole = await wholeReport(onTestFinished, plain);
		const outcome = 'Usage type: ';
		const [first = 0, second = 0] = cutsAt(plain, outcome, 0);
		const log = newLog(onTestFinished);
		const home = newHome(onTestFinished);
		writeFileSync(log, plain.subarray(0, first));
		const before = await reportOn(log, home);
		expect(before.unmeasured).toBeGreaterThan(whole.unmeasured);
		rotate(log, [plain.subarray(first, second), plain.subarray(second)]);
		expectSame(await reportOn(log, home), whole);
		expectSame(await reportOn(log, home), whole);
	});
});

const withLogrotate = isInstalled('logrotate', '--version');

test.skipIf(!withLogrotate)('a screen that is killed and started again through rotations', async ({onTestFinished}) => {
	const log = newLog(onTestFinished);
	const folder = newFolder(onTestFinished);
	const home = newHome(onTestFinished);
	writeFileSync(log, '');
	const requests = 8000;
	const options = {path: log, requests, requestsPerSecond: 1000, tearsLines: true, reopensWithin: 200};
	const writer = writerIn(onTestFinished, folder)(options);
	// Before that it does not know the signal that it will be sent.
	await until(() => expect(statSync(log).size).toBeGreaterThan(0));
	// What lies beside a log that was never read is history: some of it must have been seen before it is rotated.
	await reportOn(log, home);
	const rotate = logrotate(folder, log, [
		'create',
		'rotate 50',
		'compress',
		'delaycompress',
		'postrotate',
		`kill -HUP ${writer.pid} 2>/dev/null || true`,
		'endscript',
	]);
	const random = createRandom(7);
	while (writer.exitCode === null && writer.signalCode === null) {
		const session = openTerminal(['worker.log'], {cwd: join(log, '..'), env: home.env});
		onTestFinished(session.close);
		await wait(300 + random.next() * 700);
		session.kill('SIGKILL');
		await rotate();
	}
	expect(faultsOf(await reportOn(log, home), requests)).toEqual(faultless);
});
