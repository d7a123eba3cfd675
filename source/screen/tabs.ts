/** The pages that Tab leads through, in this order. */
export const tabs = [
	{id: 'dashboard', title: 'Dashboard'},
	{id: 'projects', title: 'Projects'},
	{id: 'threads', title: 'Threads'},
	{id: 'models', title: 'Models'},
	{id: 'breaks', title: 'Breaks'},
	{id: 'requests', title: 'Requests'},
] as const;

/** A page of the screen by its name. */
export type Tab = (typeof tabs)[number]['id'];

/** The pages that are lists. */
export type ListName = Exclude<Tab, 'dashboard'>;

/** The title of a page, as the row of tabs shows it. */
export const tabTitle = (tab: Tab): string => tabs.find(({id}) => id === tab)?.title ?? '';

/** The page after (1) or before (-1); the last is followed by the first. */
export const tabBeside = (tab: Tab, direction: -1 | 1): Tab => {
	const index = tabs.findIndex(({id}) => id === tab) + direction;
	return tabs.at(index % tabs.length)?.id ?? tab;
};
