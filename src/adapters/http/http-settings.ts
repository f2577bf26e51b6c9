// What of the settings the web app needs.

export type HttpSettings = {
  /** Where people find it: scheme, host and port, without a path. */
  readonly publicUrl: URL;
  /** Which proxies in front are believed about the client's address ("trust proxy" of express). */
  readonly trustProxy: boolean | number | readonly string[];
  /** Whether mail leaves this machine, or can be looked at in the outbox: else nobody is asked for an address to sign in. */
  readonly canMail: boolean;
  /** Who sends it may read /metrics from elsewhere. */
  readonly metricsToken?: string;
};
