/** What `hitrate store` can do beside listing. */
export const storeActions = ['check', 'rebuild', 'vacuum', 'forget'] as const;
