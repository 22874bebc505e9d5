/** Ending a grant whose connection stays, before everything is deleted. */
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteConnections } from '../../lib/engine/delete.ts';
import { dismissAuthorization } from '../../lib/engine/choose.ts';
import { endGrant } from '../../lib/engine/end-grant.ts';
import { json } from '../support/fake-ports.ts';
import { DOWN, setStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});

const end = (id: string | null) => endGrant(stage.world.engine, { id });

describe('ending a grant', () => {
  it('asks the provider, and the connection says that it is over [O15]', async () => {
    await stage.bySignIn({ name: 'Ads' });
    stage.api = () => json({});
    const { id } = await stage.only();
    expect(await end(id)).toEqual({ left: [] });
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await stage.only()).toMatchObject({
      name: 'Ads',
      health: { kind: 'reconnect', reason: 'revoked' },
      nextCheckAt: null,
    });
  });

  it('that is not confirmed names the connection and changes nothing [O15]', async () => {
    await stage.bySignIn({ name: 'Ads' });
    stage.api = () => DOWN;
    const before = await stage.only();
    expect(await end(before.id)).toEqual({ left: ['Ads'] });
    expect(await stage.only()).toEqual(before);
  });

  it('names what has no grant to end', async () => {
    await stage.byKey('a-key', { name: 'Key' });
    expect(await end((await stage.only()).id)).toEqual({ left: ['Key'] });
    expect((await stage.only()).health.kind).toBe('active');
  });

  it('shows on the badge at once, for whoever stops and deletes nothing', async () => {
    await stage.bySignIn({ name: 'Ads' });
    stage.api = () => json({});
    await end((await stage.only()).id);
    expect(stage.world.badge?.counts).toMatchObject({ active: 0, reconnect: 1 });
  });

  it('does not condemn what a sign-in brought while it was under way', async () => {
    await stage.bySignIn({ name: 'Ads' });
    const { id } = await stage.only();
    const { api, world } = stage;
    const { engine } = world;
    const dawdle = async <T>(job: () => Promise<T>): Promise<T> => {
      const done = await job();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return done;
    };
    world.engine = { ...engine, keepAwake: dawdle };
    let again: ReturnType<Stage['again']> | undefined;
    stage.api = async (request) => {
      if (!request.url.endsWith('/revoke')) return api(request);
      again = stage.again(id);
      // Until it waits for its turn to be written.
      await new Promise((resolve) => setTimeout(resolve, 300));
      return json({});
    };
    expect(await end(id)).toEqual({ left: [] });
    expect((await again)?.state.kind).toBe('done');
    expect((await stage.only()).health.kind).toBe('active');
  });

  it('leaves nothing of the same account that was kept for it: what waits for a choice is given back after', async () => {
    await stage.bySignIn({ name: 'Ads' });
    const { id } = await stage.only();
    const second = await stage.bySignIn();
    expect(second.state.kind).toBe('duplicate');
    stage.api = () => json({});
    await end(id);
    await dismissAuthorization(stage.world.engine, second.id);
    expect(stage.sentTo('/revoke')).toHaveLength(2);
  });

  it('of a connection that is gone is nothing to do', async () => {
    expect(await end('gone')).toEqual({ left: [] });
  });
});

describe('what was deleted a moment ago', () => {
  it('is finished, and its grant ended where that was wanted', async () => {
    await stage.bySignIn({ name: 'Ads' });
    stage.api = () => json({});
    await deleteConnections(stage.world.engine, { ids: [(await stage.only()).id], revoke: true });
    expect(await end(null)).toEqual({ left: [] });
    expect(stage.sentTo('/revoke')).toHaveLength(1);
    expect(await stage.world.db.count('deletions')).toBe(0);
  });

  it('is named where the provider did not end it', async () => {
    await stage.bySignIn({ name: 'Ads' });
    stage.api = () => DOWN;
    await deleteConnections(stage.world.engine, { ids: [(await stage.only()).id], revoke: true });
    expect(await end(null)).toEqual({ left: ['Ads'] });
  });
});
