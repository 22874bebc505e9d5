/**
 * Which way imports point: for each room of `lib/`, the rooms that it may import from. The lint
 * configuration says the same in its own language; `walls.test.ts` holds the two together.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  providers: ['domain'],
  platforms: ['domain', 'providers'],
  store: ['domain'],
  oauth: ['domain', 'providers'],
  health: ['domain', 'providers'],
  flows: ['domain', 'providers'],
  rpc: ['domain'],
  engine: ['domain', 'providers', 'platforms', 'store', 'oauth', 'health', 'flows', 'rpc'],
  browser: [
    'domain',
    'providers',
    'platforms',
    'store',
    'oauth',
    'health',
    'flows',
    'rpc',
    'engine',
  ],
  client: ['domain', 'store', 'rpc'],
};

/** Every place that an import can lead to. */
export const PLACES: readonly string[] = [
  ...Object.keys(ROOMS).map((room) => `lib/${room}`),
  'components',
];

/** A file, and the places outside of its own that it may import from. */
export interface Reach {
  readonly file: string;
  readonly mayReach: readonly string[];
}

const PAGES = ['popup', 'options'];

/** One file of each place, and one of a folder in it. */
export const REACH: readonly Reach[] = [
  ...Object.entries(ROOMS).flatMap(([room, allowed]) =>
    [`lib/${room}/x.ts`, `lib/${room}/deeper/x.ts`].map((file) => ({
      file,
      mayReach: allowed.map((other) => `lib/${other}`),
    })),
  ),
  ...['components/Row.tsx', 'components/list/Row.tsx'].map((file) => ({
    file,
    mayReach: ['lib/domain', 'lib/client'],
  })),
  ...PAGES.map((page) => ({
    file: `entrypoints/${page}/main.tsx`,
    mayReach: ['lib/domain', 'lib/rpc', 'lib/client', 'components'],
  })),
  {
    file: 'entrypoints/background.ts',
    mayReach: PLACES.filter((place) => place !== 'lib/client' && place !== 'components'),
  },
];
