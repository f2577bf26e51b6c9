// Feeds as they were last answered, in memory: calendar programs ask again and again, and mostly nothing has changed. Bounded by
// number and size; what was not asked for longest goes first.

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type FeedVersion, feedBody, feedVersion, noteUse } from '../../flows/feeds/serve-feed.ts';
import type { World } from '../../flows/world.ts';

/** A feed in one version, ready to be sent. */
export type CachedFeed = {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly name: string;
  readonly plain: Uint8Array;
  readonly zipped: Uint8Array;
};

export type FeedCache = {
  /** What may be answered at once; where it was not looked up for a while it is looked up beside it. */
  readonly hit: (token: string) => CachedFeed | undefined;
  /** Undefined where the token opens nothing. */
  readonly find: (token: string) => Promise<CachedFeed | undefined>;
};

/** Milliseconds after which a token is looked up again, and after which it is not believed without. */
const LOOK_UP_AFTER = 3_000;
const BELIEVED_FOR = 4_000;

const MOST_ENTRIES = 1_000;
const MOST_BYTES = 64 * 1024 * 1024;

export type FeedCacheOptions = {
  readonly world: Pick<World, 'clock' | 'database' | 'secrets'>;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  readonly mostEntries?: number;
  readonly mostBytes?: number;
};

type Entry = { readonly feed: CachedFeed; readonly lookedUpAt: number };

export function feedCache(options: FeedCacheOptions): FeedCache {
  const { world, now = () => performance.now() } = options;
  const entries = boundedEntries(options);
  const pending = new Map<string, Promise<CachedFeed | undefined>>();

  const lookUp = async (token: string): Promise<CachedFeed | undefined> => {
    const lookedUpAt = now();
    const version = await feedVersion(token, world);
    if (!version) {
      entries.remove(token);
      return undefined;
    }
    await noteUse(version.feed, world);
    const known = entries.get(token)?.feed;
    const feed = known?.version === version.version ? known : await madeAnew(version, world);
    entries.put(token, { feed, lookedUpAt });
    return feed;
  };

  const once = (token: string): Promise<CachedFeed | undefined> => {
    const running = pending.get(token) ?? lookUp(token).finally(() => pending.delete(token));
    pending.set(token, running);
    return running;
  };

  return {
    hit: (token) => {
      const entry = entries.get(token);
      const age = entry ? now() - entry.lookedUpAt : Number.POSITIVE_INFINITY;
      if (!entry || age >= BELIEVED_FOR) return undefined;
      // Whatever goes wrong is told to who asks once it is not believed any more.
      if (age >= LOOK_UP_AFTER && !pending.has(token)) once(token).catch(() => undefined);
      return entry.feed;
    },
    find: once,
  };
}

const zip = promisify(gzip);

async function madeAnew(version: FeedVersion, world: FeedCacheOptions['world']): Promise<CachedFeed> {
  const { text, lastModified } = await feedBody(version, world);
  const plain = new TextEncoder().encode(text);
  const { name } = version.feed;
  return { version: version.version, lastModified, name, plain, zipped: await zip(plain) };
}

/** A Map remembers the order in which keys were put into it: the first is the one that was not used for longest. */
function boundedEntries({ mostEntries = MOST_ENTRIES, mostBytes = MOST_BYTES }: FeedCacheOptions) {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const remove = (token: string) => {
    const entry = entries.get(token);
    if (entry) bytes -= sizeOf(entry);
    entries.delete(token);
  };
  return {
    remove,
    get: (token: string): Entry | undefined => {
      const entry = entries.get(token);
      if (!entry) return undefined;
      entries.delete(token);
      entries.set(token, entry);
      return entry;
    },
    put: (token: string, entry: Entry) => {
      remove(token);
      entries.set(token, entry);
      bytes += sizeOf(entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= mostEntries && bytes <= mostBytes) break;
        remove(oldest);
      }
    },
  };
}

function sizeOf({ feed }: Entry): number {
  return feed.plain.byteLength + feed.zipped.byteLength;
}
