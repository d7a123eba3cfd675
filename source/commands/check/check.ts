import process from 'node:process';
import {type Checked, checkJson} from '../../alerts/check-json.js';
import {judge} from '../../alerts/judge.js';
import {pluginResult, pluginUnknown} from '../../alerts/nagios.js';
import type {Notice, Notified} from '../../alerts/notify.js';
import {outcomeText, type Status, statusOf} from '../../alerts/overall.js';
import type {Rule, Verdict} from '../../alerts/rule.js';
import {UserError} from '../../errors.js';
import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {presetChoice} from '../../metrics/windows/window.js';
import {jsonText} from '../../output/json/json.js';
import type {Options} from '../../session/options.js';
import {sanitize} from '../../text/sanitize.js';
import {print, textOptions} from '../print.js';
import {type ReadWindow, readWindow} from '../reading/read-window.js';
import type {CheckOptions} from './check-options.js';

/** Notifies the channels, or reports what would be sent. */
export type Deliver = (
	found: Omit<ReadWindow, 'readAny' | 'readAll' | 'reportSince' | 'otherThreads'> & {
		readonly verdicts: readonly Verdict[];
	},
) => Promise<Notified>;

const words: Readonly<Record<Status['status'], string>> = {
	ok: 'OK',
	warning: 'WARNING',
	critical: 'FAILED',
	unknown: 'UNKNOWN',
};

const exitCodes: Readonly<Record<Status['status'], number>> = {ok: 0, warning: 0, critical: 1, unknown: 3};

/**
 * `hitrate check`: evaluates rules on a window, and prints the result in one line.
 * @param deliver called if the options ask to notify
 * @returns the exit code: 0 all rules hold, 1 a rule failed, 3 nothing could be judged; with `nagios`, that of a plugin
 */
export const check = async (options: Options & CheckOptions, deliver?: Deliver): Promise<number> => {
	if (!options.nagios) {
		return judgeWindow(options, deliver);
	}
	try {
		return await judgeWindow(options, deliver);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}
		return printPlugin(pluginUnknown(error.message), options);
	}
};

const judgeWindow = async (options: Options & CheckOptions, deliver: Deliver | undefined): Promise<number> => {
	const window = options.window ?? presetChoice('24h');
	const read = await readWindow({...options, window}, 'check', {
		most: 0,
		// One thread tells whether conversations are named at all, without which nothing is known of breaks.
		mostThreads: 1,
		evidence: false,
		marks: [...options.rules, ...options.warnings].flatMap(({since}) => since ?? []),
	});
	if (!read.readAny) {
		return options.nagios ? printPlugin(pluginUnknown('nothing could be read'), options) : 3;
	}
	const verdictsOf = (rules: readonly Rule[]) => judge(rules, read.report, {...options, reportSince: read.reportSince});
	const checked = {...read, verdicts: verdictsOf(options.rules), warnings: verdictsOf(options.warnings)};
	const delivery = options.notify ? await deliver?.(checked) : undefined;
	for (const {channel, reason, next} of delivery?.failed ?? []) {
		const later = options.test
			? ''
			: next === undefined
				? '; this message is given up'
				: '; it is tried again at the next check';
		process.stderr.write(`hitrate: ${sanitize(`${channel}: ${reason}${later}`)}\n`);
	}
	return options.test ? printTest(delivery) : printChecked(checked, delivery, options);
};

const printChecked = async (
	checked: Checked & Pick<ReadWindow, 'readAll' | 'reportSince'>,
	delivery: Notified | undefined,
	options: Options & CheckOptions,
): Promise<number> => {
	const {verdicts, warnings, readAll} = checked;
	const status = statusOf(verdicts, warnings);
	// A failed rule is certain even on incomplete data; that all rules hold is not.
	const exitCode = exitCodes[status.status] === 0 && !readAll ? 3 : exitCodes[status.status];
	if (options.json) {
		await print(jsonText(checkJson(checked, status, delivery)));
		return exitCode;
	}
	const announced = (delivery?.wouldSend ?? []).map(notice => `${sanitize(wouldText(notice))}\n`).join('');
	if (options.nagios) {
		process.stderr.write(announced);
		return printPlugin(
			pluginResult({rules: options.rules, verdicts}, {rules: options.warnings, verdicts: warnings}, readAll),
			options,
		);
	}
	const about = judgedReports(checked, options)
		.map(({window, summary}) => `${window.name}, ${plural(summary.requests, 'request')}`)
		.join('; ');
	const line = `${words[status.status]} (${about}): ${outcomeText(status.verdicts)}.`;
	if (!options.quiet) {
		await print(`${sanitize(line, {ascii: textOptions(options).ascii})}\n${announced}`);
	}
	return exitCode;
};

/** The reports that rules are evaluated on: that of the window, and those since the marks that rules name. */
const judgedReports = (
	{report, reportSince}: Pick<ReadWindow, 'report' | 'reportSince'>,
	{rules, warnings}: CheckOptions,
): readonly Report[] => {
	const marks = new Set([...rules, ...warnings].map(({since}) => since));
	const found = [...marks].flatMap(mark => (mark === undefined ? report : (reportSince(mark) ?? [])));
	return found.length === 0 ? [report] : found;
};

const wouldText = ({channel, kind, text}: Notice): string => `Would send to ${channel}: ${kind}: ${text}`;

const printPlugin = async (
	{line, code}: {readonly line: string; readonly code: number},
	options: Options,
): Promise<number> => {
	await print(`${sanitize(line, {ascii: textOptions(options).ascii})}\n`);
	return code;
};

/** A test succeeds if all messages were delivered. */
const printTest = async (delivery: Notified | undefined): Promise<number> => {
	const {sent = [], failed = [], wouldSend = []} = delivery ?? {};
	const lines = [...sent.map(({channel}) => `Sent a test to ${channel}.`), ...wouldSend.map(wouldText)];
	await print(lines.map(line => `${sanitize(line)}\n`).join(''));
	return failed.length > 0 || lines.length === 0 ? 1 : 0;
};
