import type {FlagTable} from './flag.js';

/** Flags that choose the destination and format of a report. */
export const outputFlags = {
	export: {
		type: 'string',
		isMultiple: true,
		value: 'FILE',
		verbs: ['report'],
		meaning:
			'also write the report as .json, .csv, .md, .html (one page to forward) or .svg (a picture); - is stdout, as JSON; a folder, reports/ or reports/.html, gets one file a day; may repeat',
	},
	title: {
		type: 'string',
		value: 'TEXT',
		verbs: ['report', 'serve'],
		meaning: 'the title of the page to forward, and of the one that serve shows at /',
	},
	keep: {type: 'string', value: 'N', verbs: ['report'], meaning: "keep the newest N of a folder's dated files"},
	quiet: {type: 'boolean', shortFlag: 'q', verbs: ['report', 'check', 'ship'], meaning: 'nothing on stdout'},
	json: {
		type: 'boolean',
		verbs: ['report', 'check', 'why', 'prices', 'doctor', 'store', 'mark', 'fleet'],
		meaning: 'JSON on stdout, and nothing else there',
	},
	events: {type: 'boolean', default: true, verbs: ['report'], meaning: 'leave the single requests out of the JSON'},
	share: {
		type: 'boolean',
		verbs: ['why', 'doctor'],
		meaning:
			'as Markdown without the names of threads, projects, hosts and tools: fit for a bug report; of doctor, the shape of the first lines that were not understood',
	},
	delete: {
		type: 'boolean',
		verbs: ['mark'],
		meaning: 'delete the latest mark whose name contains TEXT',
	},
	exportDir: {
		type: 'string',
		value: 'FOLDER',
		verbs: ['screen'],
		meaning: "where the screen's e key writes its snapshot (default: .)",
	},
	color: {
		type: 'boolean',
		default: true,
		verbs: ['screen', 'report', 'check', 'why', 'prices', 'doctor'],
		meaning: 'no colours, as with NO_COLOR',
	},
	ascii: {
		type: 'boolean',
		verbs: ['screen', 'report', 'check', 'why', 'status', 'prices', 'doctor'],
		meaning: '7-bit characters only',
	},
	mouse: {
		type: 'boolean',
		default: true,
		verbs: ['screen'],
		meaning: 'leave the mouse to the terminal; else the wheel scrolls and a click selects, and Shift selects text',
	},
	theme: {
		type: 'string',
		value: 'NAME',
		verbs: ['screen', 'report'],
		meaning: 'dark, light or mono; the t key changes it',
	},
} as const satisfies FlagTable;
