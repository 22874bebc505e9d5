/**
 * Where a person is in the options page, as the part of its address after `#`: filters and order are
 * in it, so that a view can be bookmarked. Where it names no environment, the setting holds; `all`
 * names every one.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { ACTIVITY_TOPICS, type ActivityFilter } from '../domain/activity.ts';
import {
  ALL,
  STATUS_CHOICES,
  SYNC_CHOICES,
  type Query,
  type SortColumn,
  type SyncKind,
} from '../domain/query.ts';

export type DetailsTab = 'overview' | 'accounts' | 'flows' | 'activity';

/** A connection whose details are open beside the list. */
export interface Opened {
  readonly id: string;
  readonly tab: DetailsTab;
  readonly isReconnecting: boolean;
}

export interface ListRoute {
  readonly kind: 'connections';
  readonly query: Query;
  readonly opened: Opened | null;
}

export type Route =
  | ListRoute
  | { readonly kind: 'new'; readonly providerId: string | null }
  /** `environmentId` as in a query. */
  | { readonly kind: 'repair'; readonly environmentId: string | null }
  /** `connectionId` is `null`: those of all. */
  | { readonly kind: 'flows'; readonly connectionId: string | null }
  | { readonly kind: 'providers' }
  | { readonly kind: 'activity'; readonly filter: ActivityFilter }
  | { readonly kind: 'settings' };

export const START: ListRoute = { kind: 'connections', query: ALL, opened: null };

const TABS: readonly DetailsTab[] = ['overview', 'accounts', 'flows', 'activity'];
const SORTS: readonly SortColumn[] = [
  'urgency',
  'provider',
  'name',
  'identity',
  'accounts',
  'identity-id',
  'environment',
  'tags',
  'flows',
  'sync',
  'created',
  'authorized',
];

/** Reads an address; whatever makes no sense in it is passed over, down to the whole list. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const params = new URLSearchParams(search);
  const [, section, id] = path.split('/');
  switch (section) {
    case 'new':
      return { kind: 'new', providerId: params.get('provider') };
    case 'repair':
      return { kind: 'repair', environmentId: params.get('environment') || null };
    case 'activity':
      return { kind: section, filter: activityFilterOf(params) };
    case 'flows':
      return { kind: section, connectionId: params.get('connection') || null };
    case 'providers':
    case 'settings':
      return { kind: section };
    default:
      return {
        kind: 'connections',
        query: queryOf(params),
        opened: id ? openedOf(id, params) : null,
      };
  }
}

/** The address of a route; what is as usual is left out of it. */
export function hashOf(route: Route): string {
  switch (route.kind) {
    case 'new':
      return withParams('#/new', route.providerId === null ? {} : { provider: route.providerId });
    case 'repair':
      return withParams('#/repair', { environment: route.environmentId ?? '' });
    case 'activity':
      return activityHash(route.filter);
    case 'flows':
      return withParams('#/flows', { connection: route.connectionId ?? '' });
    case 'connections':
      return listHash(route);
    default:
      return `#/${route.kind}`;
  }
}

function activityHash(filter: ActivityFilter): string {
  return withParams('#/activity', {
    q: filter.text,
    what: filter.topic ?? '',
    connection: filter.connectionId ?? '',
    provider: filter.providerId ?? '',
    environment: filter.environmentId ?? '',
  });
}

function activityFilterOf(params: URLSearchParams): ActivityFilter {
  return {
    text: params.get('q') ?? '',
    topic: oneOf(ACTIVITY_TOPICS, params.get('what')),
    connectionId: params.get('connection') || null,
    providerId: params.get('provider') || null,
    environmentId: params.get('environment') || null,
  };
}

function listHash({ query, opened }: ListRoute): string {
  const search = searchOf(query);
  if (opened === null) return withSearch('#/connections', search);
  const { id, tab, isReconnecting } = opened;
  const own = paramsOf({
    tab: tab === 'overview' ? '' : tab,
    reconnect: isReconnecting ? '1' : '',
  });
  return hashOfOpened(id, [search, own].filter(Boolean).join('&'));
}

/**
 * The address of a connection's details, for the many that a list leads to.
 * @param search of the list, as {@link searchOf} makes it
 */
export function hashOfOpened(id: string, search: string): string {
  return withSearch(`#/connections/${encodeURIComponent(id)}`, search);
}

/** Search, filters and order as they stand in an address; empty for the whole list. */
export function searchOf(query: Query): string {
  const search = new URLSearchParams(
    paramsOf({
      q: query.text,
      status: query.health ?? '',
      provider: query.providerId ?? '',
      environment: query.environmentId ?? '',
      sync: query.sync ?? '',
      flow: query.flowId ?? '',
    }),
  );
  for (const tag of query.tags) search.append('tag', tag);
  const rest = paramsOf({
    tags: query.tags.length === 0 || query.tagsMatch === ALL.tagsMatch ? '' : query.tagsMatch,
    sort: query.sort === ALL.sort ? '' : query.sort,
    order: query.descending ? 'desc' : '',
    group: query.isGrouped ? 'provider' : '',
  });
  return [search.toString(), rest].filter(Boolean).join('&');
}

/** Reads what {@link searchOf} wrote; whatever makes no sense is passed over. */
export function queryFrom(search: string): Query {
  return queryOf(new URLSearchParams(search));
}

function withParams(path: string, params: Readonly<Record<string, string>>): string {
  return withSearch(path, paramsOf(params));
}

function withSearch(path: string, search: string): string {
  return search === '' ? path : `${path}?${search}`;
}

function paramsOf(params: Readonly<Record<string, string>>): string {
  const given = Object.entries(params).filter(([, value]) => value !== '');
  return new URLSearchParams(given).toString();
}

function queryOf(params: URLSearchParams): Query {
  return {
    ...ALL,
    text: params.get('q') ?? '',
    health: oneOf(STATUS_CHOICES, params.get('status')),
    providerId: params.get('provider') || null,
    environmentId: params.get('environment') || null,
    sync: oneOf<SyncKind>(SYNC_CHOICES, params.get('sync')),
    flowId: params.get('flow') || null,
    tags: [...new Set(params.getAll('tag'))].filter(Boolean),
    tagsMatch: params.get('tags') === 'all' ? 'all' : 'any',
    sort: oneOf(SORTS, params.get('sort')) ?? ALL.sort,
    descending: params.get('order') === 'desc',
    isGrouped: params.get('group') === 'provider',
  };
}

function openedOf(id: string, params: URLSearchParams): Opened | null {
  try {
    return {
      id: decodeURIComponent(id),
      tab: oneOf(TABS, params.get('tab')) ?? 'overview',
      isReconnecting: params.get('reconnect') === '1',
    };
  } catch {
    return null;
  }
}

function oneOf<T extends string>(choices: readonly T[], value: string | null): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

/** The address bar, handed in by the entry point. */
export interface AddressBar {
  readonly hash: () => string;
  readonly push: (hash: string) => void;
  /** Without a step in the history. */
  readonly replace: (hash: string) => void;
  readonly onChange: (listener: () => void) => void;
}

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** The list as it was seen last: where a dialog leads back to. */
  readonly list: ReadonlySignal<ListRoute>;
  readonly go: (route: Route) => void;
  readonly replace: (route: Route) => void;
  /** Changes what the list is asked for without a step in the history, wherever the person is. */
  readonly amend: (edit: (query: Query) => Query) => void;
}

export function createRouter(bar: AddressBar): Router {
  const route = signal(parseRoute(bar.hash()));
  const list = signal(route.value.kind === 'connections' ? route.value : START);
  const arrive = (next: Route): void => {
    route.value = next;
    if (next.kind === 'connections') list.value = next;
  };
  bar.onChange(() => {
    // Our own steps come back as a change too; they have been arrived at already.
    if (bar.hash() !== hashOf(route.value)) arrive(parseRoute(bar.hash()));
  });
  const replace = (next: Route): void => {
    arrive(next);
    bar.replace(hashOf(next));
  };
  return {
    route,
    list,
    go(next) {
      arrive(next);
      bar.push(hashOf(next));
    },
    replace,
    amend(edit) {
      const before = list.value;
      const next = { ...before, query: edit(before.query) };
      if (searchOf(next.query) === searchOf(before.query)) return;
      if (route.value.kind === 'connections') replace(next);
      else list.value = next;
    },
  };
}
