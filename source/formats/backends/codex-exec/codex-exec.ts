import {parseObject} from '../../json/json-line.js';
import {numberOf, objectOf, textOf} from '../../json/json-values.js';
import {tokensOf, toldCount, usageOfWhole} from '../../records/counts.js';
import {type DumpEntry, type DumpReader, dumpFormat} from '../dumps/dump.js';

/** Token counts by their names in the log. */
type Totals = {readonly input: number; readonly read: number; readonly written: number; readonly output: number};
type Told = {readonly thread: string; readonly totals: Totals};

type State = {
	/** The thread that the log is about; empty before its first event. */
	thread: string;
	/** What was reported of the latest threads so far. */
	told: readonly Told[];
};

/** Maximum number of threads whose totals are remembered: a log of one process has one. */
const mostThreads = 100;

const nothing: Totals = {input: 0, read: 0, written: 0, output: 0};

/** Matches an event of `codex exec --json`. */
const event = /^\{"type":"(?<type>(?:thread|turn|item)\.[a-z]{1,20})"/;

/** The totals of an event; unknown counts are 0. */
const totalsIn = (usage: Readonly<Record<string, unknown>>): Totals => {
	const count = (name: string) => numberOf(usage[name]) ?? 0;
	return {
		input: count('input_tokens'),
		read: count('cached_input_tokens'),
		written: count('cache_write_input_tokens'),
		output: count('output_tokens'),
	};
};

/** What was added to the totals of a thread; all of them, if it was counted anew. */
const growth = (before: Totals, now: Totals): Totals =>
	now.input < before.input || now.read < before.read || now.written < before.written || now.output < before.output
		? now
		: {
				input: now.input - before.input,
				read: now.read - before.read,
				written: now.written - before.written,
				output: now.output - before.output,
			};

/** The usage at the end of a turn is that of the thread so far, over all its calls and turns. */
const sumOfTurn = (state: State, usage: Readonly<Record<string, unknown>>): DumpEntry => {
	const {thread, told} = state;
	const now = totalsIn(usage);
	// Without its thread, nothing is known of earlier turns.
	const before = thread === '' ? nothing : (told.find(entry => entry.thread === thread)?.totals ?? nothing);
	const {input, read, written, output} = growth(before, now);
	state.told = [...told.filter(entry => entry.thread !== thread), {thread, totals: now}].slice(-mostThreads);
	const added = usageOfWhole({
		input: toldCount(input),
		read: toldCount(read),
		written: usage.cache_write_input_tokens === undefined ? undefined : toldCount(written),
		output: toldCount(output),
	});
	return {
		sum: {id: thread, thread: thread === '' ? undefined : thread, requests: undefined, tokens: tokensOf(added)},
	};
};

const reader: DumpReader<State> = {
	name: 'codex-exec',
	title: 'events of codex exec --json (sums)',
	signs: ['thread.started'],
	recognise: text => /(?:^|[\s|])\{"type":"thread\.started","thread_id":"/.test(text),
	beginning: () => ({thread: '', told: [{thread: '', totals: nothing}]}),
	line: (line, state) => {
		const type = event.exec(line)?.groups?.type;
		if (type === undefined) {
			return [{other: line}];
		}
		const told = type === 'thread.started' || type === 'turn.completed' ? parseObject(line) : undefined;
		if (type === 'thread.started') {
			state.thread = textOf(told?.thread_id) ?? '';
		}
		const usage = type === 'turn.completed' ? objectOf(told?.usage) : undefined;
		return usage ? [sumOfTurn(state, usage)] : [];
	},
	pending: () => [],
};

/** What `codex exec --json` prints: the events of a thread, whose usage is the total of the thread so far. */
export const codexExec = dumpFormat(reader);
