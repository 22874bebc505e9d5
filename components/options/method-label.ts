import type { MethodSummary } from '../../lib/client/options-providers.ts';
import { t } from '../../lib/client/translate.ts';
import type { MessageKey } from '../../lib/domain/words.ts';

const KINDS: Readonly<Record<MethodSummary['kind'], MessageKey>> = {
  oauth2: 'method_oauth2',
  key: 'method_key',
  bearer: 'method_bearer',
  basic: 'method_basic',
};

/** A way to authorise: the definition's name for it, or what its kind is called. */
export function methodLabel(method: Pick<MethodSummary, 'kind' | 'label'>): string {
  return method.label ?? t(KINDS[method.kind]);
}
