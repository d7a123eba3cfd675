import {existsSync} from 'node:fs';
import {type Browser, chromium} from 'playwright-core';

/** Where Debian and others put it. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the Chromium of this machine. Throws where there is none. */
export const openBrowser = async (): Promise<Browser> => {
	const executablePath = process.env.CHROMIUM ?? places.find(place => existsSync(place));
	if (executablePath === undefined) {
		throw new Error('No Chromium on this machine: apt-get install chromium, or set CHROMIUM to its path.');
	}
	return chromium.launch({
		executablePath,
		args: [
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
};

export const colourSchemes = ['light', 'dark'] as const;
