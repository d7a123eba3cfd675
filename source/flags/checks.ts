import type {FlagTable} from './flag.js';

const judges = ['check', 'serve'] as const;

/** Flags for the rules of `check` and `serve`, and for their alerts. */
export const checkFlags = {
	minHitRate: {type: 'string', value: 'N', verbs: judges, meaning: 'fail below N percent'},
	minTokenHitRate: {type: 'string', value: 'N', verbs: judges, meaning: 'fail below N percent'},
	minNetSavings: {type: 'string', value: 'N', verbs: judges, meaning: 'fail below N dollars'},
	maxLostCost: {type: 'string', value: 'N', verbs: judges, meaning: 'fail above N dollars lost to breaks'},
	maxBreakRate: {type: 'string', value: 'N', verbs: judges, meaning: 'fail above N breaks in 100 measured requests'},
	failIf: {
		type: 'string',
		isMultiple: true,
		value: 'RULE',
		verbs: judges,
		meaning:
			"a figure of the JSON and < <= > >= == drops or rises, as in 'token_hit_rate < 60' or 'hit_rate drops 10'; may repeat",
	},
	warnIf: {
		type: 'string',
		isMultiple: true,
		value: 'RULE',
		verbs: ['check'],
		meaning: 'the same as a warning: exit code 1 with --nagios, otherwise only printed; may repeat',
	},
	minRequests: {
		type: 'string',
		value: 'N',
		verbs: judges,
		meaning: 'with fewer measured requests nothing is judged (default: 10)',
	},
	nagios: {type: 'boolean', verbs: ['check'], meaning: 'output and exit codes of a Nagios plugin'},
	notify: {type: 'boolean', verbs: ['check'], meaning: 'tell the alert channels of a failure and of its end'},
	dryRun: {type: 'boolean', verbs: judges, meaning: 'print what they would be told, and tell them nothing'},
	test: {type: 'boolean', verbs: ['check'], meaning: 'send them a test'},
	listen: {
		type: 'string',
		value: 'HOST:PORT',
		verbs: ['serve'],
		meaning: 'where serve answers (default: 127.0.0.1:14464); also unix:/PATH',
	},
} as const satisfies FlagTable;
