/** The pages' only script, for comfort: without it links still lead both ways, and tables keep their first order. */
export const SCRIPT = `'use strict';
(() => {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const flash = (element) => {
    element.classList.remove('flash');
    void element.offsetWidth;
    element.classList.add('flash');
    element.addEventListener('animationend', () => element.classList.remove('flash'), { once: true });
  };
  const reveal = (element) => {
    for (let at = element; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  };
  const marksOf = (id) => document.querySelectorAll('mark[data-ids~="' + CSS.escape(id) + '"]');
  const show = (id) => {
    const target = document.getElementById(id);
    if (!target) return false;
    const marks = marksOf(id);
    reveal(marks.length > 0 ? marks[0] : target);
    // Words and cards flash; a whole notice that lights up only frightens.
    (marks.length > 0 ? marks : target.matches('article, main, section') ? [] : [target]).forEach(flash);
    history.replaceState(null, '', '#' + id);
    return true;
  };

  // Words that several checks rest on lead to each of them in turn.
  const turns = new WeakMap();
  const ownerOf = (mark) => {
    const owners = mark.dataset.owners.split(' ');
    const turn = turns.get(mark) || 0;
    turns.set(mark, turn + 1);
    return owners[turn % owners.length];
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const mark = link.closest('mark');
    const id = mark ? ownerOf(mark) : link.getAttribute('href').slice(1);
    if (!show(id)) return;
    event.preventDefault();
    const target = document.getElementById(id);
    if (mark) (target.querySelector('a') || target).focus({ preventScroll: true });
    else if (marksOf(id).length > 0) marksOf(id)[0].querySelector('a').focus({ preventScroll: true });
  });

  // j and k walk through the checks that are open.
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const checks = [...document.querySelectorAll('details[open] .check')];
    const current = checks.indexOf(document.activeElement.closest('.check'));
    const next = checks[current < 0 ? (step > 0 ? 0 : checks.length - 1) : current + step];
    if (!next) return;
    next.focus({ preventScroll: true });
    reveal(next);
    const first = next.querySelector('.places a');
    if (first) marksOf(first.getAttribute('href').slice(1)).forEach((mark) => {
      flash(mark);
      const pane = mark.closest('.words');
      if (pane.scrollHeight > pane.clientHeight) pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    });
  });

  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells];
    const valueOf = (row, column) => row.cells[column].dataset.sort || row.cells[column].textContent.trim();
    const isNumeric = (column) => table.tBodies[0].rows[0] && table.tBodies[0].rows[0].cells[column].dataset.sort !== undefined;
    heads.forEach((head, column) => {
      head.querySelector('button').addEventListener('click', () => {
        const numeric = isNumeric(column);
        const before = head.getAttribute('aria-sort');
        const up = before ? before === 'descending' : !numeric;
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const compare = (a, b) => numeric ? Number(a) - Number(b) : a.localeCompare(b, 'zh');
        const rows = [...table.tBodies[0].rows].sort((a, b) => (up ? 1 : -1) * compare(valueOf(a, column), valueOf(b, column)));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // Printing shows everything: what is folded on the screen cannot be opened on paper.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((element) => { element.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach((element) => { element.open = false; }));
  document.documentElement.classList.add('scripted');
  if (location.hash) show(decodeURIComponent(location.hash.slice(1)));
})();
`;
