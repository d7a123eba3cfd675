import {plainName} from '../json/view.js';

/** A name under which collectors put the line that they carry. */
type LineName = {
	readonly name: string;
	/** Who does, where it is known. */
	readonly writer?: string;
	/** A response may call its own body or text so as well. */
	readonly isOfResponses?: true;
};

/** What collectors call the line that they carry, in any spelling, the most telling first. */
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

/** Whether a member holds a line that some collector carries: it has a time and a context of its own. */
export const isLine = (name: string): boolean => lines.has(plainName(name));
