import {plainName} from '../json/view.js';

/** A name under which collectors store the original line. */
type LineName = {
	readonly name: string;
	/** The collector, if known. */
	readonly writer?: string;
	/** Set if responses may use the name for their body or text. */
	readonly isOfResponses?: true;
};

/** Names for the original line, in any spelling, most specific first. */
export const lineNames: readonly LineName[] = [
	{name: 'log', writer: 'docker, Fluent Bit, Azure'},
	{name: 'MESSAGE', writer: 'journald'},
	{name: 'message', writer: 'PM2, Vector, stern, CloudWatch'},
	{name: '@message', writer: 'CloudWatch Insights'},
	{name: 'msg'},
	{name: 'line', writer: 'Loki, Grafana'},
	{name: 'textPayload', writer: 'Cloud Logging'},
	{name: 'short_message', writer: 'GELF'},
	{name: 'full_message', writer: 'GELF'},
	{name: 'event.original', writer: 'Elastic'},
	{name: '_raw', writer: 'Splunk'},
	{name: 'raw'},
	{name: 'Body', writer: 'OpenTelemetry', isOfResponses: true},
	{name: 'text', isOfResponses: true},
	{name: 'RenderedMessage', writer: 'Serilog', isOfResponses: true},
];

const lines = new Set(lineNames.filter(({isOfResponses}) => !isOfResponses).map(({name}) => plainName(name)));

/** True if a member contains an original line, which has its own time and context. */
export const isLine = (name: string): boolean => lines.has(plainName(name));
