import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import type {Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';
import {build} from 'esbuild';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {until} from '../support/until.js';
import {createModel, type Model, screenText} from './fixtures/terminal-model.js';

let folder: string;
let program: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'life-cycle-'));
	program = path.join(folder, 'live-counter.js');
	await build({
		entryPoints: [fileURLToPath(new URL('fixtures/live-counter.tsx', import.meta.url))],
		outdir: folder,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		jsx: 'automatic',
		define: {'process.env.NODE_ENV': '"production"'},
		external: ['react-devtools-core'],
		banner: {
			js: "import {createRequire as requireFor} from 'node:module'; const require = requireFor(import.meta.url);",
		},
		logLevel: 'error',
	});
	await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
});

afterAll(() => rm(folder, {recursive: true, force: true}));

type Session = {
	readonly child: pty.IPty;
	readonly model: Model;
	/** Everything the program sent. */
	readonly sent: () => string;
	readonly exitCode: () => number | undefined;
};

const sessions: Session[] = [];

afterEach(async () => {
	for (const {child, model, exitCode} of sessions.splice(0)) {
		if (exitCode() === undefined) {
			child.kill('SIGKILL');
			// An end that is told to a test thread which is no more ends the whole run.
			await until(() => expect(exitCode()).toBeDefined()).catch(() => undefined);
		}
		model.dispose();
	}
});

const start = async (env: Readonly<Record<string, string>> = {}): Promise<Session> => {
	const {CI: _, ...inherited} = process.env;
	const child = pty.spawn(process.execPath, [program], {
		cols: 60,
		rows: 8,
		env: {...inherited, TERM: 'xterm-256color', ...env},
	});
	const model = createModel(60, 8);
	let sent = '';
	let exitCode: number | undefined;
	model.write('shell$ run\r\n');
	child.onData(data => {
		sent += data;
		model.write(data);
	});
	child.onExit(event => {
		exitCode = event.exitCode;
	});
	const session = {child, model, sent: () => sent, exitCode: () => exitCode};
	sessions.push(session);
	await until(() => expect(screenText(model).join('\n')).toContain('alive 3'));
	return session;
};

/** Closes our side of the terminal, as a broken SSH connection does. */
const closeTerminal = (child: pty.IPty) => {
	// Closing the descriptor itself would leave its number to the stream, which closes it again: whoever has it by then.
	const {_socket: stream} = child as pty.IPty & {readonly _socket: Socket};
	stream.destroy();
};

/** Waits for the end; the shell's screen must be there again, with the cursor, wrapping, and nothing erased. */
const expectRestored = async ({model, sent, exitCode}: Session, code: number, ...lines: readonly string[]) => {
	await until(() => expect(exitCode()).toBe(code));
	await until(() => expect(screenText(model).filter(line => line !== '')).toEqual(['shell$ run', ...lines]));
	expect(model.buffer.active.type).toBe('normal');
	expect(model.modes.wraparoundMode).toBe(true);
	expect(model.modes.bracketedPasteMode).toBe(false);
	expect(sent().split('\u001B[?1049l')).toHaveLength(sent().split('\u001B[?1049h').length);
	expect(sent().lastIndexOf('\u001B[?25h')).toBeGreaterThan(sent().lastIndexOf('\u001B[?25l'));
	expect(sent()).not.toContain('\u001B[3J');
};

test('quit', async () => {
	const session = await start();
	session.child.write('q');
	await expectRestored(session, 0, 'closed with 0');
});

test.each([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
])('%s', async (signal, code) => {
	const session = await start();
	process.kill(session.child.pid, signal);
	await expectRestored(session, code, `closed with ${code}`);
});

test('a hook that hangs does not keep the process', async () => {
	const session = await start({HOOK: 'hangs'});
	process.kill(session.child.pid, 'SIGTERM');
	await expectRestored(session, 143);
});

test.each(['obeyed', 'ignored'])('a terminal that vanishes ends the process, SIGHUP being %s', async hangup => {
	const {child, exitCode} = await start({HANGUP: hangup});
	closeTerminal(child);
	await until(() => expect(exitCode()).toBe(129));
});

test.each([
	['an uncaught error', 'x', 'counter: late boom'],
	['an unhandled rejection', 'j', 'counter: nobody caught this'],
	['a render error', 'r', 'counter: render boom'],
])('%s can be read after the terminal is restored', async (_, key, message) => {
	const session = await start();
	session.child.write(key);
	await until(() => expect(session.exitCode()).toBe(1));
	await expectRestored(session, 1, ...['closed with 1', message].toSorted());
});

test('keys arrive through Ink, Escape among them', async () => {
	const {child, model} = await start();
	child.write('\u001B[200~pasted text\u001B[201~');
	await until(() => expect(screenText(model).join('\n')).toContain('key pasted text'));
	child.write('\u001B[15~\u001B');
	await until(() => expect(screenText(model).join('\n')).toContain('key escape'));
	child.write('\u001B\u001A');
	await until(() => expect(screenText(model).join('\n')).toMatch(/key z/));
});

test('follows the size of the terminal', async () => {
	const {child, model} = await start();
	model.resize(40, 6);
	child.resize(40, 6);
	await until(() => {
		const lines = screenText(model);
		expect(lines[1]).toContain('size 40x6');
		expect(lines[0]).toBe(`╭${'─'.repeat(38)}╮`);
		expect(lines[5]).toBe(`╰${'─'.repeat(38)}╯`);
	});
});

test('where nothing can stop the process, Ctrl-Z brings the screen back', async () => {
	const {child, model, sent, exitCode} = await start();
	child.write('z');
	await until(() => expect(sent().split('\u001B[?1049h')).toHaveLength(3));
	await until(() => expect(screenText(model)[1]).toContain('key z'));
	expect(exitCode()).toBeUndefined();
});

test('after SIGSTOP and SIGCONT the screen is drawn again', async () => {
	const {child, model, sent} = await start();
	process.kill(child.pid, 'SIGSTOP');
	model.write('\u001B[2J[1]+ Stopped');
	process.kill(child.pid, 'SIGCONT');
	await until(() => expect(sent().split('\u001B[?1049h')).toHaveLength(3));
	await until(() => expect(screenText(model)[1]).toContain('alive'));
	expect(screenText(model).join('\n')).not.toContain('Stopped');
});
