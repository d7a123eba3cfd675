import type {LoggedCall} from '../../layouts/layout-reading.js';
import type {Row} from './row.js';

/** A row of a call. */
export type CallRow = Extract<Row, {kind: 'request'}>;

/** A row in the form of other calls, so that similar rows can be read without decoding. */
export const callOfRow = ({
	id,
	time,
	start,
	provider,
	routing,
	model,
	thread,
	project,
	counts,
}: CallRow): LoggedCall => ({
	call: {
		counts,
		shape: '',
		time,
		stamp: time === undefined ? '' : String(time),
		start,
		id,
		request: undefined,
		within: '',
		model,
		thread,
		project,
		agent: undefined,
		provider,
		client: undefined,
		settings: undefined,
		priceFactors: undefined,
		failed: false,
		steps: undefined,
		summed: undefined,
	},
	span: '',
	parent: '',
	words: [routing.deployment ?? '', String(routing.retries), String(routing.fallbacks)],
	carried: false,
	isRow: true,
});

/** The row that was passed to `callOfRow`. */
export const rowOfCall = ({call, words}: LoggedCall): CallRow => {
	const {id = '', time, start, provider, model = '', thread, project, counts} = call;
	const [deployment = '', retries, fallbacks] = words;
	return {
		kind: 'request',
		id,
		time,
		start,
		provider,
		routing: {deployment: deployment || undefined, retries: Number(retries), fallbacks: Number(fallbacks)},
		model,
		thread,
		project,
		counts,
	};
};
