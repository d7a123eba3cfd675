import type {PriceList} from '../metrics/money/pricing.js';
import type {View} from '../metrics/windows/window.js';
import type {Message} from './presentation/message.js';
import type {Location} from './state/location.js';
import type {Prompt} from './state/prompt.js';

/** What can lie over a page. */
export type Cover = 'help' | 'sources' | 'advice' | 'request' | 'comparison';

/** What a page shows beside the snapshot. */
export type PageOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly unicode: boolean;
	readonly timeZone: string;
	readonly title: string;
	/** The places that were looked at, to be named where nothing was found. */
	readonly lookedAt: readonly string[];
	/** Requests that came since the screen was frozen; undefined while it is not. */
	readonly waiting: number | undefined;
	readonly location: Location;
	/** The window that was asked for, as long as its numbers have not come. */
	readonly wanted: View | undefined;
	/** What is being typed. */
	readonly prompt: Prompt | undefined;
	/** Without them requests have no costs and models no source of their prices. */
	readonly prices: PriceList | undefined;
	/** What lies over the page. */
	readonly cover: Cover | undefined;
	/** How many lines that is scrolled. */
	readonly scrolled: number;
	/** Whether a line of the hit rate may stand above the dashboard's bars. */
	readonly rateLine: boolean;
	/** False for a picture, which shows no keys. */
	readonly hasKeys: boolean;
	readonly hasDemo: boolean;
	readonly inDemo: boolean;
	readonly message: Message | undefined;
};
