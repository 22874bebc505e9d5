import type { VNode } from 'preact';
import { environmentName } from '../lib/client/environments.ts';
import { t } from '../lib/client/translate.ts';
import type { Environment } from '../lib/domain/environment.ts';

interface Props {
  readonly environments: readonly Environment[];
  /** `null`: all of them. */
  readonly value: string | null;
  readonly onChange: (environmentId: string | null) => void;
  /** Whether "All environments" can be chosen; a connection itself stands on exactly one. */
  readonly hasAll?: boolean;
  readonly id?: string;
}

/** Which environment; no environment has the empty id, so it stands for all. */
export function EnvironmentSelect({
  environments,
  value,
  onChange,
  hasAll = true,
  id,
}: Props): VNode {
  return (
    <select
      class="field"
      id={id}
      aria-label={t('environment')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      {hasAll && <option value="">{t('environment_all')}</option>}
      {environments.map((environment) => (
        <option key={environment.id} value={environment.id}>
          {environmentName(environment)}
        </option>
      ))}
    </select>
  );
}
