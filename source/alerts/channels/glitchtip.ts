import type {Channel} from '../alert.js';

/** Sends alerts to a project of GlitchTip or Sentry. The code for it is loaded with the first alert. */
export const glitchtipChannel = (name: string, dsn: string): Channel => ({
	name,
	send: async alert => {
		const {sendAlert} = await import('./glitchtip-alert.js');
		await sendAlert(dsn, alert);
	},
});
