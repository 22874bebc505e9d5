import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../lib/engine/authorize.ts';
import type { ProviderInput } from '../../lib/providers/schema.ts';
import { CLOUD } from './definitions.ts';
import { gate, setStage, type Stage } from './stage.ts';

const [method] = CLOUD.methods;
if (method?.kind !== 'oauth2') throw new Error('not a sign-in');

/** As the cloud, but people bring their own client. */
const OWN: ProviderInput = {
  ...CLOUD,
  id: 'test-own',
  name: 'Test Own',
  methods: [{ ...method, client: { kind: 'own', secret: 'required' }, tokenAuth: 'post' }],
};

/** The same provider, at hosts that nobody trusted with anything. */
const ELSEWHERE = JSON.stringify(OWN).replaceAll('test.example', 'evil.example');

let stage: Stage;

beforeEach(async () => {
  stage = await setStage([OWN]);
});

const client = (clientId: string, clientSecret = `secret of ${clientId}`) => ({
  providerId: OWN.id,
  client: { clientId, clientSecret },
});

/** Which client, with which secret, each token request came from. */
const askedBy = (end = '/token') =>
  stage.sentTo(end).map(({ body }) => {
    const form = new URLSearchParams(body);
    return `${form.get('client_id')}/${form.get('client_secret')}`;
  });

describe('a client that a person brings', () => {
  it('stays with the tokens that were issued to it when another one is brought', async () => {
    await stage.bySignIn(client('one'));
    stage.person = 'bob';
    await stage.bySignIn(client('two'));
    stage.world.now += 3_500_000;
    stage.world.sent.length = 0;
    await stage.check();
    expect(askedBy().toSorted()).toEqual(['one/secret of one', 'two/secret of two']);
    const ids = (await stage.all()).map(({ id }) => id);
    await stage.deleteForGood(ids, true);
    expect(askedBy('/revoke').toSorted()).toEqual(['one/secret of one', 'two/secret of two']);
  });

  it('is known by its newest secret everywhere', async () => {
    await stage.bySignIn(client('one', 'old secret'));
    stage.person = 'bob';
    await stage.bySignIn(client('one', 'new secret'));
    stage.world.now += 3_500_000;
    stage.world.sent.length = 0;
    await stage.check();
    expect(askedBy()).toEqual(['one/new secret', 'one/new secret']);
  });

  it('is used again without being typed again', async () => {
    await stage.bySignIn(client('one'));
    stage.person = 'bob';
    expect((await stage.bySignIn({ providerId: OWN.id })).state.kind).toBe('done');
    expect(askedBy()).toEqual(['one/secret of one', 'one/secret of one']);
  });

  it('is not kept when it did not work', async () => {
    stage.token = () => stage.tokens({ access_token: null });
    expect((await stage.bySignIn(client('one'))).state.kind).toBe('failed');
    expect(await stage.world.db.count('secrets')).toBe(0);
    expect(await stage.world.db.count('clients')).toBe(0);
    await expect(stage.bySignIn({ providerId: OWN.id })).rejects.toMatchObject({
      code: 'client-missing',
    });
  });
});

describe('a definition that takes the place of another', () => {
  async function once(): Promise<void> {
    await stage.bySignIn(client('one'));
    const { id } = await stage.only();
    await stage.deleteForGood([id]);
  }

  it('does not get the client’s secret, when it replaces', async () => {
    await once();
    await stage.world.engine.providers.keep(ELSEWHERE);
    expect(await stage.world.db.count('secrets')).toBe(0);
    await expect(stage.bySignIn({ providerId: OWN.id })).rejects.toMatchObject({
      code: 'client-missing',
    });
  });

  it('does not get the client’s secret, when the other one was removed before', async () => {
    await once();
    await stage.world.engine.providers.remove({ id: OWN.id });
    await stage.world.engine.providers.keep(ELSEWHERE);
    expect(await stage.world.db.count('secrets')).toBe(0);
    expect(await stage.world.db.count('clients')).toBe(0);
  });

  it('leaves a client alone that goes to no new host', async () => {
    await once();
    await stage.world.engine.providers.keep(JSON.stringify({ ...OWN, name: 'Renamed' }));
    expect((await stage.bySignIn({ providerId: OWN.id })).state.kind).toBe('done');
  });

  it.each(['window', 'choice'])('has to wait for an attempt at the %s', async (where) => {
    const held = gate();
    const { window } = stage.world;
    if (where === 'choice') {
      await stage.bySignIn(client('one'));
      const { id } = await stage.only();
      await stage.bySignIn(client('one'));
      await stage.deleteForGood([id]);
    } else {
      stage.world.window = async (url) => {
        await held.pass();
        return window(url);
      };
      const wish = { ...client('one'), methodId: 'oauth', params: {}, name: null, tags: [] };
      await connect(stage.world.engine, {
        ...wish,
        environmentId: 'production',
        scopes: [],
        credential: null,
      });
      await held.reached;
    }
    const refused = { code: 'provider-in-use' };
    await expect(stage.world.engine.providers.keep(ELSEWHERE)).rejects.toMatchObject(refused);
    await expect(stage.world.engine.providers.remove({ id: OWN.id })).rejects.toMatchObject(
      refused,
    );
    held.open();
  });

  it('is refused for connections whose own definition cannot be read any more', async () => {
    await stage.bySignIn(client('one'));
    await stage.world.db.put('providers', {
      id: OWN.id,
      definition: { schema: 99 },
      importedAt: 0,
    });
    const { providers: afresh } = stage.world.restarted();
    await expect(afresh.keep(ELSEWHERE)).rejects.toMatchObject({ code: 'provider-in-use' });
  });
});
