import './style.css';
import { render } from 'preact';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { createAddressBar } from '../../lib/client/address-bar.ts';
import { afterPaint } from '../../lib/client/after-paint.ts';
import { browserPasskeys } from '../../lib/client/browser-passkeys.ts';
import { createOptionsModel } from '../../lib/client/options-model.ts';
import { databaseOnDemand } from '../../lib/client/open-records.ts';
import { withPatience } from '../../lib/client/patience.ts';
import { installMessages, t } from '../../lib/client/translate.ts';
import { onChange } from '../../lib/rpc/changes.ts';
import { call } from '../../lib/rpc/client.ts';
import { readMarker } from '../../lib/rpc/marker.ts';
import { optionsPowers } from '../../lib/rpc/page-powers.ts';

installMessages(optionsPowers.message, navigator.language);
// Those of the catalogue that is shown: the browser's own language may have none.
document.documentElement.lang = t('language_tag');
document.dir = t('language_direction');
document.title = optionsPowers.message('options_title', []);

/** Of the lowest form of a row, as the style sheets make it; CSS pixels. */
const ROW_MIN = 48;

const model = createOptionsModel({
  database: databaseOnDemand(),
  call,
  onChange,
  marker: readMarker,
  powers: optionsPowers,
  bar: createAddressBar(window, afterPaint),
  passkeys: browserPasskeys,
  now: () => Date.now(),
  after: (run, ms) => void setTimeout(run, ms),
  afterPaint,
  firstRows: Math.ceil(window.innerHeight / ROW_MIN) + 1,
});
const opened = model.open();
// Whatever was not heard while nobody looked.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void model.load();
});

const app = document.getElementById('app');
// One first frame with everything in it: a frame before it that is empty would only keep the store's answer waiting.
void withPatience(opened).then(() => {
  if (app !== null) render(<OptionsPage model={model} />, app);
});
