import {createHash} from 'node:crypto';
import type {Request} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import type {LocalTime} from '../../../time/stamp.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {numberOf} from '../../json/json-values.js';
import {isLike} from '../../state/saved-state.js';
import {findTime, parseTime} from '../../times/log-time.js';
import type {Counts} from '../../usage/counts.js';
import {emptyReportedCallsState, ReportedCalls} from '../../usage/reported-calls.js';
import {type Groups, type LinePattern, longestLine} from './compile-pattern.js';

const newline = 0x0a;

/** Characters at the beginning of a line in which its time is searched for. */
const timeWithin = 200;

const countsOf = ({read, write, uncached, prompt, output}: Groups): Counts => ({
	input: numberOf(uncached ?? prompt),
	read: numberOf(read),
	write: numberOf(write),
	output: numberOf(output),
	contains: uncached === undefined ? 'reads-and-writes' : 'nothing',
});

const timeOf = (line: string, {time}: Groups, localTime: LocalTime) =>
	time === undefined ? findTime(line.slice(0, timeWithin), localTime)?.time : parseTime(time, localTime);

const emptyState = () => ({version: 1, tally: emptyTally(), calls: emptyReportedCallsState, line: '', repeated: 0});

/** Reads a log whose requests are the lines that a user's pattern matches. */
class PatternSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #pattern: LinePattern;
	readonly #calls: ReportedCalls;
	/** The last matching line and the number of its repetitions; repeated lines are separate calls. */
	#line: string;
	#repeated: number;

	constructor(pattern: LinePattern, context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 1 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#pattern = pattern;
		this.#calls = new ReportedCalls(context, this.tally, state?.calls);
		this.#line = state?.line ?? '';
		this.#repeated = state?.repeated ?? 0;
	}

	lines(bytes: Buffer): void {
		for (let start = 0; start < bytes.length; ) {
			const found = bytes.indexOf(newline, start);
			const end = found < 0 ? bytes.length : found;
			// A character has at most four bytes.
			this.#read(bytes.toString('utf8', start, Math.min(end, start + 4 * (longestLine + 1))).replace(/\r$/, ''));
			start = end + 1;
		}
	}

	provisional(): readonly Request[] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 1,
			tally: {...this.tally},
			calls: this.#calls.state,
			line: this.#line,
			repeated: this.#repeated,
		};
	}

	#read(line: string): void {
		const groups = this.#pattern(line);
		if (!groups) {
			this.tally.tooLong += line.length > longestLine ? 1 : 0;
			return;
		}
		this.tally.candidates++;
		const counts = countsOf(groups);
		if (counts.input === undefined || counts.read === undefined) {
			this.tally.lookAlikes++;
			return;
		}
		const name = createHash('sha1').update(line).digest('base64url');
		this.#repeated = name === this.#line ? this.#repeated + 1 : 0;
		this.#line = name;
		this.#calls.tell(
			{counts, model: boundName(groups.model), thread: boundName(groups.thread), project: undefined},
			{
				identity: `pattern:${name}${this.#repeated > 0 ? `:${this.#repeated}` : ''}`,
				time: timeOf(line, groups, this.#context.localTime),
			},
		);
	}
}

/** Number of lines at the beginning of a log in which a match is searched for. */
const mostLines = 200;

/** The format of a user's own lines, defined by a regular expression. */
export const patternFormat = (pattern: LinePattern): Format => ({
	name: 'pattern',
	title: 'lines that match --pattern',
	recognise: head =>
		head
			.toString('utf8')
			.split('\n', mostLines)
			.some(line => pattern(line) !== undefined),
	open: (context, saved) => new PatternSession(pattern, context, saved),
});
