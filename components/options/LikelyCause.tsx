import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { diagnose, diagnosisLines, lapsesOf } from '../../lib/client/options-diagnosis.ts';
import type { OptionsModel } from '../../lib/client/options-model.ts';
import { t, tell } from '../../lib/client/translate.ts';
import { spanWords } from '../../lib/domain/cause-words.ts';
import type { Connection } from '../../lib/domain/connection.ts';
import { inferredEnd, type Diagnosis } from '../../lib/domain/likely-cause.ts';

interface Props {
  readonly model: OptionsModel;
  readonly connection: Connection;
}

/**
 * What its history says of a connection that broke: that it broke again soon, and why it probably did,
 * with the provider's own word where it is a rule. Nothing where nothing is known.
 */
export function LikelyCause({ model, connection }: Props): VNode | null {
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const { health } = connection;
  const lapses = lapsesOf(model, connection);
  const brokeAt = health.kind === 'reconnect' ? health.since : null;
  const known = model.records.connections.value;
  useEffect(() => {
    let isOver = false;
    const find = async (): Promise<void> => {
      const found = await diagnose(model, connection);
      if (!isOver) setDiagnosis(found);
    };
    // A history that cannot be read says nothing.
    find().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [model, connection, brokeAt, lapses, known]);
  if (diagnosis === null) return null;
  return (
    <>
      {diagnosisLines(diagnosis).map(({ text, source }) => (
        <p key={text} class="likely-cause">
          <span dir="auto">{text}</span>
          {source !== null && <SourceLink href={source} />}
        </p>
      ))}
    </>
  );
}

/** By which rule of its provider it ends, where no token and no person says when. */
export function InferredEnd({ model, connection }: Props): VNode | null {
  const { health, grant } = connection;
  const lapses = lapsesOf(model, connection);
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
