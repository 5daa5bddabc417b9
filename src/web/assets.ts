/** What the site adds to the report's style sheet and script, as it is served: no build step, nothing inline. */

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#7d2a1f"/><path d="M8 17l5 5 11-12" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const SITE_STYLE = `
.site { --line: 1px solid var(--rule); padding-bottom: 4rem; }
.site [hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 3; padding: .5rem 1rem; background: var(--ink); color: var(--paper); border-radius: 0 0 4px 4px; }
.skip:focus { top: 0; }
main:focus { outline: none; }
.bar-top { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 2rem; padding: 1.1rem 0 .8rem; border-bottom: var(--line); }
.bar-top ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.bar-top nav a { display: inline-block; padding: .2rem 0; color: var(--soft); border-bottom: 2px solid transparent; }
.bar-top nav a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.bar-top a:hover { text-decoration: none; color: var(--ink); }
.brand { font: 600 1.25rem/1.5 var(--song); letter-spacing: .08em; color: var(--accent); }
.language { margin-left: auto; font-size: .88rem; color: var(--soft); }
.status { position: sticky; top: 0; z-index: 2; }
.status:not(:empty) { margin: .8rem 0 0; padding: .45rem 1rem; border-radius: 4px; font-size: .92rem; color: var(--consistent); background: var(--consistent-wash); }
.site h1 { margin: 2rem 0 1.1rem; font: 600 clamp(1.45rem, 2.8vw, 1.9rem)/1.35 var(--song); letter-spacing: .05em; }
.site h1.hidden { margin: 0; }
.empty { margin: 2rem 0; padding: 2.6rem 1rem; text-align: center; color: var(--soft); border: var(--line); border-radius: 6px; background: var(--panel); }
.fault { padding: .8rem 1rem; color: var(--error); background: var(--error-wash); border-radius: 4px; white-space: pre-wrap; }

.site button, .site .button, .menu > summary { font: inherit; font-size: .9rem; line-height: 1.5; padding: .36rem .95rem; color: var(--ink); background: var(--panel); border: 1px solid var(--faint); border-radius: 4px; cursor: pointer; white-space: nowrap; display: inline-block; }
.site button:hover, .site .button:hover, .menu > summary:hover { border-color: var(--ink); text-decoration: none; }
.site button.primary { color: var(--panel); background: var(--accent); border-color: var(--accent); }
.site .sortable thead button { all: unset; font-size: .82rem; color: var(--soft); cursor: pointer; }
.site .sortable thead button:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; }
.site :is(input, select, textarea):not([type=checkbox], [type=radio]) { font: inherit; font-size: .95rem; width: 100%; padding: .36rem .6rem; color: var(--ink); background: var(--panel); border: 1px solid var(--faint); border-radius: 4px; }
.site :is(input[type=search], select, .filter button) { height: 2.45rem; }
.site textarea { display: block; resize: vertical; line-height: 1.65; }
.site textarea.code { font: .86rem/1.65 ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace; tab-size: 2; }
.site label > span:first-child { display: block; margin-bottom: .15rem; font-size: .82rem; color: var(--soft); }

.upload { display: flex; flex-wrap: wrap; align-items: center; gap: .7rem 1.2rem; padding: 1.3rem 1.4rem; border: 1.5px dashed var(--faint); border-radius: 6px; background: var(--panel); transition: background .15s; }
.upload.over { background: var(--info-wash); border-color: var(--info); }
.upload label { flex: 1 1 18rem; }
.site .upload label b { display: block; font-size: 1rem; }
.site .upload label > span { font-size: .82rem; color: var(--soft); }
.site .upload input[type=file] { flex: 1 1 14rem; width: auto; border: 0; background: none; padding: .2rem 0; }
.site ::file-selector-button { font: inherit; font-size: .9rem; padding: .3rem .9rem; margin-right: .8rem; color: var(--ink); background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; cursor: pointer; }
.queue { margin-top: 1rem; padding: .8rem 1.4rem; border: var(--line); border-radius: 6px; }
.queue .total { display: flex; align-items: center; gap: 1rem; font-size: .88rem; color: var(--soft); }
.queue progress { width: 12rem; height: .5rem; accent-color: var(--consistent); }
.queue ul { max-height: 15rem; overflow-y: auto; }
.job { display: flex; flex-wrap: wrap; gap: 0 .9rem; align-items: baseline; padding: .28rem 0; font-size: .9rem; border-top: var(--line); }
.job .file { min-width: 12rem; }
.job .result a { font-weight: 600; text-decoration: underline; text-underline-offset: .2em; }
.job.done .chip { color: var(--consistent); border-color: currentColor; }
.job.failed .chip, .job .reason { color: var(--error); border-color: currentColor; }
.job .reason { white-space: pre-line; }
.job.reading .chip { color: var(--info); border-color: currentColor; }

.filter { display: flex; flex-wrap: wrap; align-items: end; gap: .7rem 1rem; margin: 1.8rem 0 0; }
.filter label { flex: 0 1 9rem; }
.filter label.wide { flex: 1 1 13rem; }
.toolbar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .6rem 1rem; margin-top: 1.4rem; }
.toolbar .total { color: var(--soft); }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; }
.back { color: var(--soft); }
#notices .sortable { margin-top: .6rem; }
#notices tbody th a { text-decoration: underline; text-decoration-color: var(--rule); text-underline-offset: .25em; }
.menu { position: relative; }
.menu > summary { list-style: none; }
.menu > summary::after { content: " ▾"; color: var(--faint); }
.menu > summary::-webkit-details-marker { display: none; }
.menu ul { position: absolute; right: 0; z-index: 2; min-width: 14rem; margin-top: .3rem; padding: .4rem 0; background: var(--panel); border: 1px solid var(--faint); border-radius: 6px; box-shadow: 0 8px 24px #0002; }
.menu li a { display: block; padding: .3rem 1.1rem; font-size: .9rem; }
.menu li a:hover { background: var(--info-wash); text-decoration: none; }
.pager { display: flex; justify-content: center; gap: 1.5rem; margin: 1.6rem 0; font-size: .92rem; }
.pager a { text-decoration: underline; text-underline-offset: .25em; }
.pager .off { color: var(--faint); }
.hits { margin-top: 2.6rem; }
.hits h2 { font-size: 1.02rem; padding-bottom: .4rem; border-bottom: 1.5px solid var(--ink); }
.hits li { padding: .7rem 0; border-bottom: var(--line); }
.hits li > a { font-weight: 600; }
.hits li p { font-family: var(--song); display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
mark.hit { color: inherit; background: var(--warning-wash); border-radius: 2px; }

.site .notice, .site .comparison { padding-top: 1rem; border-top: 0; }
.site .notice .passage { top: .6rem; max-height: calc(100vh - 1.2rem); }
.site .check { position: relative; }
.acts { position: absolute; right: .8rem; bottom: .5rem; }
.acts + .rule { padding-right: 6.5rem; }
.site button.act { font-size: .78rem; padding: .08rem .7rem; color: var(--soft); border-color: var(--rule); background: transparent; }
.site button.act:hover { color: var(--ink); border-color: var(--faint); }
.names { margin-top: 2.4rem; }
.names li { display: flex; align-items: baseline; gap: .8rem; padding: .28rem 0; font-size: .92rem; border-bottom: var(--line); }
.names li .act { margin-left: auto; }

dialog { width: min(34rem, calc(100vw - 2rem)); padding: 1.6rem 1.8rem; color: var(--ink); background: var(--panel); border: var(--line); border-radius: 8px; box-shadow: 0 18px 60px #0005; }
dialog::backdrop { background: #0006; }
dialog h2 { font: 600 1.2rem/1.4 var(--song); }
dialog form > label { display: block; margin-top: .8rem; }
blockquote { margin: .7rem 0 0; padding: .5rem .9rem; font-size: .92rem; border-left: 3px solid var(--accent); background: var(--paper); max-height: 9rem; overflow-y: auto; }
fieldset { margin: 1rem 0 0; padding: 0; border: 0; }
legend { font-size: .82rem; color: var(--soft); padding: 0; }
.choice { display: flex; gap: .6rem; align-items: baseline; padding: .35rem 0; }
.site .choice > span { margin: 0; font-size: .95rem; color: var(--ink); }
.choice input { accent-color: var(--accent); }
.buttons { display: flex; flex-direction: row-reverse; justify-content: end; gap: .6rem; margin-top: 1.2rem; }

.playground form > label { display: block; margin-bottom: 1rem; }
.results h2 { font-size: 1.02rem; padding-bottom: .4rem; border-bottom: 1.5px solid var(--ink); margin-bottom: .8rem; }
.trial h3 { border: 0; margin: 0; }
.trial + .trial { margin-top: 1.6rem; }
.marked { padding: .9rem 1.1rem; margin: .5rem 0 .9rem; font: 1.02rem/2 var(--song); background: var(--panel); border: var(--line); border-radius: 4px; white-space: pre-wrap; }
.trial .check .details { margin: 0; }
.trial .details dt { min-width: 9em; }
.trial .rule { font-family: ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }

@media (max-width: 40rem) {
  .bar-top { gap: .2rem 1.2rem; }
  .bar-top nav { order: 3; flex: 1 0 100%; }
  .filter label { flex: 1 1 8rem; }
  .actions { width: 100%; }
  .menu ul { right: auto; left: 0; }
  .site .sortable td.rate[data-sort="-1"] { display: none; }
  dialog { padding: 1.1rem 1.2rem; }
}
@media print { .bar-top, .skip, .status, .toolbar, .acts, .act, .names, .upload, .filter { display: none !important; } }
`;

export const SITE_SCRIPT = `
const status = document.getElementById('status');
const say = (words) => {
  status.textContent = '';
  setTimeout(() => { status.textContent = words; }, 60);
};
// What a page says as it opens is not read aloud unless it changes.
if (status.textContent) say(status.textContent);
// The report's script scrolls to where a link leads; the skip link takes the focus along.
document.querySelector('.skip').addEventListener('click', () => document.getElementById('main').focus());
// A reload shall not say it again.
const here = new URL(location.href);
if (here.searchParams.has('done')) {
  here.searchParams.delete('done');
  history.replaceState(null, '', here);
}

const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
const swap = (page, id) => {
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (fresh && old) old.replaceWith(document.importNode(fresh, true));
};

// Files may be dropped anywhere on the page.
const upload = document.getElementById('upload');
if (upload) {
  const input = upload.elements.files;
  let depth = 0;
  const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  addEventListener('dragenter', (event) => { if (holdsFiles(event)) { depth += 1; upload.classList.add('over'); } });
  addEventListener('dragleave', (event) => { if (holdsFiles(event) && (depth -= 1) <= 0) upload.classList.remove('over'); });
  addEventListener('dragover', (event) => { if (holdsFiles(event)) event.preventDefault(); });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    upload.classList.remove('over');
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    upload.requestSubmit();
  });
}

// While something waits, ask how far it has come; then show the notices that were added.
const queue = () => document.getElementById('queue');
const follow = async () => {
  if (!queue() || !queue().dataset.busy) return;
  await new Promise((resolve) => setTimeout(resolve, 600));
  try {
    swap(parse(await (await fetch('/queue')).text()), 'queue');
    if (queue().dataset.busy) return follow();
    swap(parse(await (await fetch(location.href)).text()), 'notices');
    say(queue().dataset.progress);
  } catch {
    setTimeout(follow, 3000);
  }
};
follow();

// Dialogs: a button names the dialog and what it is about; who reviews is remembered on this machine.
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-dialog]');
  if (button) {
    const dialog = document.getElementById(button.dataset.dialog);
    const form = dialog.querySelector('form');
    form.reset();
    for (const name of ['key', 'anchor']) form.elements[name].value = button.dataset[name];
    for (const place of dialog.querySelectorAll('[data-show]')) place.textContent = button.dataset[place.dataset.show] || '';
    if (form.elements.to) form.elements.to.value = button.dataset.from;
    for (const choice of form.querySelectorAll('[name=decision]')) {
      choice.checked = choice.value === (button.dataset.decision || 'accepted');
      if (choice.value === 'open') choice.closest('label').hidden = !button.dataset.decision;
    }
    form.elements.who.value = localStorage.getItem('hecha-who') || '';
    dialog.showModal();
  } else if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
  else if (event.target instanceof HTMLDialogElement) event.target.close();
});
document.addEventListener('submit', (event) => {
  const who = event.target.elements.who;
  if (who) localStorage.setItem('hecha-who', who.value);
});

// An open menu closes on Escape and when the focus leaves it.
for (const menu of document.querySelectorAll('details.menu')) {
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('focusout', (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
}

// The playground answers while one writes.
const trial = document.getElementById('trial');
if (trial) {
  let timer;
  let asked = 0;
  const results = document.getElementById('results');
  const run = async () => {
    const turn = (asked += 1);
    const answer = await fetch(trial.action, { method: 'POST', body: new URLSearchParams(new FormData(trial)) });
    if (!answer.ok || turn !== asked) return;
    const fresh = parse(await answer.text()).getElementById('results');
    results.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  };
  trial.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(run, 400); });
  trial.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(timer); run(); });
}
`;
