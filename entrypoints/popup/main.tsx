// First: its reads run while the rest is still being evaluated.
import { activeHost, popupDatabase, popupFirst } from '../../lib/client/popup-start.ts';
import './style.css';
import { render } from 'preact';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import { withPatience } from '../../lib/client/patience.ts';
import { createPopupModel } from '../../lib/client/popup-model.ts';
import { installMessages, t } from '../../lib/client/translate.ts';
import { onChange } from '../../lib/rpc/changes.ts';
import { call } from '../../lib/rpc/client.ts';
import { readMarker } from '../../lib/rpc/marker.ts';
import { popupPowers } from '../../lib/rpc/page-powers.ts';

installMessages(popupPowers.message, navigator.language);
document.documentElement.lang = t('language_tag');
document.dir = t('language_direction');

const model = createPopupModel({
  database: popupDatabase,
  call,
  onChange,
  marker: readMarker,
  powers: popupPowers,
  now: () => Date.now(),
  after: (run, ms) => void setTimeout(run, ms),
});

// The reads have only been asked for: whatever is committed after they are done is heard.
model.records.follow();

const app = document.getElementById('app');
const first = Promise.all([
  model.records.begin(popupFirst),
  // Whether nothing is here, or nothing is left. What cannot be read now is read again below.
  popupFirst.then(model.damage.begin).catch(() => undefined),
]);
void withPatience(first).then(() => {
  if (app !== null) {
    app.replaceChildren();
    render(<PopupPage model={model} />, app);
  }
  // A host that came late: nothing moves under a person who has begun to press or to type.
  void activeHost.then((host) => {
    if (!navigator.userActivation.hasBeenActive) model.records.lookAt(host);
  });
  // After the first frame, which does not need it.
  void model.deletions.load();
  void model.damage.load();
});
