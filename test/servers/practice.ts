/**
 * All practice services at once, on loopback: what `npm start`, the tour and the end-to-end tests use.
 */
import { createApi } from './api.ts';
import { createAuthorisation } from './authorisation/authorisation.ts';
import { redirectUrlsFor } from './authorisation/client.ts';
import { createBasicService, createPasswords } from './basic.ts';
import { createControl, type PracticeControl } from './control.ts';
import {
  basicDefinition,
  keysDefinition,
  oauthDefinition,
  type ProviderDefinitionJson,
} from './definitions.ts';
import { createDesk } from './desk/desk.ts';
import { createKeyRing, createKeyService } from './keys.ts';
import { listenOnLoopback, type LoopbackServer } from './loopback.ts';
import { createDirectory } from './people.ts';
import { createRequestLog, type RequestLog, type ServiceName } from './request-log.ts';
import { createTraffic } from './traffic.ts';

export type { PracticeControl } from './control.ts';
export type { Fault } from './fault.ts';
export type { Account, Person } from './people.ts';
export type { LoggedRequest, RequestLog, ServiceName } from './request-log.ts';
export type { FaultTarget, Hold } from './traffic.ts';
export type { RedirectTamper } from './authorisation/redirect-tamper.ts';
export type { ProviderDefinitionJson } from './definitions.ts';

/** The id of unpacked Chromium builds, fixed by the manifest's key. */
export const EXTENSION_ID = 'kihilldkfjbnafbaacidihhnbakadihh';

export interface PracticeOptions {
  /** Any free port where none is given. */
  readonly ports?: Partial<Record<ServiceName, number>>;
  /** Chromium extensions to which the authorisation server may send answers. */
  readonly extensionIds?: readonly string[];
  /** Further redirect addresses, such as Firefox's. */
  readonly redirectUrls?: readonly string[];
  /** Told the whole address and referrer of each request: the request log holds neither. */
  readonly onAddress?: (address: string) => void;
}

export interface PracticeDefinitions {
  readonly oauth: ProviderDefinitionJson;
  readonly keys: ProviderDefinitionJson;
  readonly basic: ProviderDefinitionJson;
}

export interface Practice {
  readonly origins: Readonly<Record<ServiceName, string>>;
  readonly definitions: PracticeDefinitions;
  readonly control: PracticeControl;
  readonly requests: RequestLog;
  stop(): Promise<void>;
}

const SERVICES: readonly ServiceName[] = ['authorisation', 'api', 'keys', 'basic', 'desk'];

/** @throws `EADDRINUSE` where a port that was asked for is taken; nothing keeps running then. */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const { ports = {}, extensionIds = [EXTENSION_ID], redirectUrls = [] } = options;
  const servers = await listenOnAll(ports);
  const origins = originsOf(servers);
  const log = createRequestLog();
  const traffic = createTraffic(log, options.onAddress);
  const directory = createDirectory();
  const keys = createKeyRing();
  const passwords = createPasswords();
  const authorisation = await createAuthorisation({
    origin: origins.authorisation,
    redirectUrls: [...redirectUrlsFor(extensionIds), ...redirectUrls],
    log,
  });
  const control = createControl({ traffic, authorisation, directory, keys, passwords });
  const definitions = definitionsFor(origins);

  const works = {
    authorisation: authorisation.handler,
    api: createApi(origins.api, authorisation, directory),
    keys: createKeyService(keys, directory),
    basic: createBasicService(origins.basic, passwords, directory),
    desk: createDesk({ origins, definitions: Object.values(definitions), control }),
  };
  for (const service of SERVICES) servers[service].serve(traffic.guard(service, works[service]));

  return {
    origins,
    definitions,
    control,
    requests: log,
    async stop() {
      traffic.reset();
      await Promise.all(SERVICES.map((service) => servers[service].stop()));
    },
  };
}

async function listenOnAll(
  ports: Partial<Record<ServiceName, number>>,
): Promise<Record<ServiceName, LoopbackServer>> {
  const started: LoopbackServer[] = [];
  const listen = async (service: ServiceName) => {
    const server = await listenOnLoopback(ports[service] ?? 0);
    started.push(server);
    return server;
  };
  try {
    return {
      authorisation: await listen('authorisation'),
      api: await listen('api'),
      keys: await listen('keys'),
      basic: await listen('basic'),
      desk: await listen('desk'),
    };
  } catch (error) {
    await Promise.all(started.map((server) => server.stop()));
    throw error;
  }
}

function originsOf(servers: Record<ServiceName, LoopbackServer>): Record<ServiceName, string> {
  return {
    authorisation: servers.authorisation.origin,
    api: servers.api.origin,
    keys: servers.keys.origin,
    basic: servers.basic.origin,
    desk: servers.desk.origin,
  };
}

function definitionsFor(origins: Record<ServiceName, string>): PracticeDefinitions {
  return {
    oauth: oauthDefinition(origins.authorisation, origins.api, origins.desk),
    keys: keysDefinition(origins.keys, origins.desk),
    basic: basicDefinition(origins.basic, origins.desk),
  };
}
