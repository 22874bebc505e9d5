import { beforeEach, expect, it } from 'vitest';
import { CLOUD } from './definitions.ts';
import { setStage, type Stage } from './stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

it('a connection knows the sites of its provider', async () => {
  await stage.bySignIn();
  expect((await stage.only()).provider.sites).toEqual(['test.example', 'id.test.example']);
});

it('what is kept of a provider follows its definition with the next check', async () => {
  await stage.bySignIn();
  const { providers } = stage.world.engine;
  const sites = ['cloud.example'];
  await providers.keep(JSON.stringify({ ...CLOUD, name: 'Cloud, renamed', sites }));
  const { revision, updatedAt } = await stage.only();
  await stage.check();
  expect(await stage.only()).toMatchObject({
    provider: { name: 'Cloud, renamed', sites },
    revision,
    updatedAt,
  });
});
