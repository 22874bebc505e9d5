import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { causeWords, spanWords } from '../../lib/domain/cause-words.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import {
  inferredEnd,
  type Lapse,
  type LikelyCause as Cause,
} from '../../lib/domain/likely-cause.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

const NONE: readonly Lapse[] = [];

function lapsesOf({ model, connection }: Props): readonly Lapse[] {
  const provider = model.providers.find(connection.providerId);
  return provider?.methods.find(({ id }) => id === connection.methodId)?.lapses ?? NONE;
}

/** Why it probably broke, with the provider's own word where it is a rule; nothing where nothing is known. */
export function LikelyCause({
  model,
  connection,
  isRelapse,
}: Props & { readonly isRelapse: boolean }): VNode | null {
  const [cause, setCause] = useState<Cause | null>(null);
  const { health } = connection;
  const lapses = lapsesOf({ model, connection });
  const brokeAt = health.kind === 'reconnect' ? health.since : null;
  const known = model.records.connections.value;
  useEffect(() => {
    let isOver = false;
    const find = async (): Promise<void> => {
      const found = brokeAt === null ? null : await model.activity.causeOf(connection, lapses);
      if (!isOver) setCause(found);
    };
    // A history that cannot be read says nothing.
    find().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [model, connection, brokeAt, lapses, known]);
  // The hint about a relapse says that already.
  if (cause === null || (isRelapse && cause.kind === 'again')) return null;
  const { words, source } = causeWords(cause);
  return (
    <p class="likely-cause">
      <span dir="auto">{tell(words(tell))}</span>
      {source !== null && <SourceLink href={source} />}
    </p>
  );
}

/** By which rule of its provider it ends, where no token and no person says when. */
export function InferredEnd({ model, connection }: Props): VNode | null {
  const { health, grant } = connection;
  const lapses = lapsesOf({ model, connection });
  const endsAt = inferredEnd(grant?.grantedAt ?? null, lapses);
  const lapse = lapses.find(
    (one) => endsAt !== null && endsAt === (grant?.grantedAt ?? 0) + one.afterS * 1000,
  );
  if (health.kind !== 'expiring' || lapse === undefined || health.expiresAt !== endsAt) return null;
  return (
    <p class="hint">
      {t('end_by_rule', tell(spanWords(lapse.afterS * 1000)))}
      <SourceLink href={lapse.source} />
    </p>
  );
}

function SourceLink({ href }: { readonly href: string }): VNode {
  return (
    <>
      {' '}
      <a href={href} target="_blank" rel="noreferrer">
        {t('cause_source')}
      </a>
    </>
  );
}
