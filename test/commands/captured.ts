import process from 'node:process';
import {vi} from 'vitest';
import {run} from '../../source/run.js';

/** What a command line printed, and its exit code. */
type Captured = {readonly stdout: string; readonly stderr: string; readonly code: number};

const streams = ['stdout', 'stderr'] as const;

/**
 * Runs a command line in this process, as `hitrate` does in one of its own, and returns what it prints. What it changes
 * in the process is put back.
 * @param env variables beside those of the tests; a home folder that is not there unless told otherwise
 */
export const captured = async (
	argv: readonly string[],
	env: Readonly<Record<string, string>> = {},
): Promise<Captured> => {
	const written = {stdout: '', stderr: ''};
	const before = {...process.env};
	const listeners = streams.map(stream => process[stream].listeners('error'));
	const spies = streams.map(stream =>
		vi.spyOn(process[stream], 'write').mockImplementation((text, ...rest: unknown[]) => {
			written[stream] += String(text);
			const done = rest.find(argument => typeof argument === 'function');
			done?.();
			return true;
		}),
	);
	Object.assign(process.env, {HOME: '/nonexistent', TZ: 'UTC', NO_COLOR: '1', ...env});
	try {
		return {code: await run(argv), ...written};
	} finally {
		for (const spy of spies) {
			spy.mockRestore();
		}
		for (const [index, stream] of streams.entries()) {
			for (const listener of process[stream].listeners('error')) {
				if (!listeners[index]?.includes(listener)) {
					process[stream].removeListener('error', listener as (error: Error) => void);
				}
			}
		}
		for (const name of Object.keys(process.env)) {
			if (!(name in before)) {
				delete process.env[name];
			}
		}
		Object.assign(process.env, before);
	}
};
