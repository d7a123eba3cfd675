import process from 'node:process';
import {shippingPlan} from '../../fleet/shipping/shipping-options.js';
import {isClickhouseAddress, passwordVariable} from '../../fleet/table/address.js';
import {parseWindow, presetChoice} from '../../metrics/windows/window.js';
import {alertingOf} from '../../server/alerting.js';
import type {Options} from '../../session/options.js';
import {clickhouseLogin} from '../../settings/clickhouse-login.js';
import type {Settings} from '../../settings/schema.js';
import {type CheckFlags, parseCheck} from '../check/check-options.js';
import {receiversOf} from '../check/receivers.js';
import {serve} from './serve.js';

/** Milliseconds between evaluations of the rules. */
const every = 60_000;

type ServeFlags = CheckFlags & {
	readonly listen?: string | undefined;
	readonly ship?: string | undefined;
	readonly as?: string | undefined;
	readonly hashThreads?: boolean | undefined;
};

/** `hitrate serve`, with rules from the command line or the config file; without rules it sends no alerts. */
export const runServe = async (options: Options, flags: ServeFlags, settings: Settings): Promise<number> => {
	const {alerts} = settings;
	const hasRules = Object.values(ruleFlags(flags)).some(flag => flag !== undefined) || alerts?.rules !== undefined;
	const wanted = hasRules ? parseCheck({...ruleFlags(flags), minRequests: flags.minRequests}, alerts) : undefined;
	const window = options.window ?? parseWindow(alerts?.window ?? '') ?? presetChoice('24h');
	const alerting =
		wanted &&
		alertingOf({
			...receiversOf(options, settings, window, wanted.minRequests),
			window,
			every,
			rules: wanted.rules,
			minRequests: wanted.minRequests,
			dryRun: flags.dryRun ?? false,
		});
	const {ship: to, as, hashThreads} = flags;
	const plan = shippingPlan({to, as, hashThreads}, settings.ship);
	const asksFleet = options.sources.some(isClickhouseAddress);
	const login = plan || asksFleet ? clickhouseLogin(settings, process.env) : undefined;
	const clickhouse = login ? {user: login.user, password: login.password, ca: login.caFile} : options.clickhouse;
	// Commands of --exec and alerts inherit the environment, and must not see the password.
	delete process.env[passwordVariable];
	return serve({...options, clickhouse, listen: flags.listen, alerting, shipping: plan && login && {...plan, login}});
};

const ruleFlags = ({minHitRate, minTokenHitRate, minNetSavings, maxLostCost, maxBreakRate, failIf}: CheckFlags) => ({
	minHitRate,
	minTokenHitRate,
	minNetSavings,
	maxLostCost,
	maxBreakRate,
	failIf: failIf && failIf.length > 0 ? failIf : undefined,
});
