import {hostname} from 'node:os';
import {UsageError} from '../../errors.js';
import {boundName} from '../../text/bound-names.js';
import {type ClickhouseAddress, parseClickhouseAddress} from '../table/address.js';
import type {Sender} from './sender.js';

/** Settings of shipping; flags take precedence over the config file. */
type ShippingChoice = {
	/** Address of the ClickHouse. */
	readonly to?: string | undefined;
	/** The name of this machine in the fleet; its host name by default. */
	readonly as?: string | undefined;
	readonly hashThreads?: boolean | undefined;
};

/** Where to ship to, and as which host. */
export type ShippingPlan = {readonly address: ClickhouseAddress; readonly sender: Sender};

/**
 * Validates the settings. Undefined if nothing is shipped.
 * @throws UsageError
 */
export const shippingPlan = (flags: ShippingChoice, settings: ShippingChoice | undefined): ShippingPlan | undefined => {
	const to = flags.to ?? settings?.to;
	if (to === undefined) {
		return undefined;
	}
	const shipper = (flags.as ?? settings?.as ?? hostname()).trim();
	if (shipper === '' || boundName(shipper) !== shipper) {
		throw new UsageError('--as: the name of this machine in the fleet is empty or too long.');
	}
	return {
		address: parseClickhouseAddress(to),
		sender: {shipper, hashThreads: flags.hashThreads ?? settings?.hashThreads ?? false},
	};
};
