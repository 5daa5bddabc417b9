/** The pages' one style sheet: light and dark, screen, small screen and paper. */
export const STYLE = `
:root {
  --paper: #faf8f4; --panel: #fffefb; --ink: #20252b; --soft: #545d66; --faint: #666e76; --rule: #e3ded4; --accent: #7d2a1f;
  --error: #a82a20; --error-wash: #f9e2de; --warning: #855400; --warning-wash: #faecc9; --info: #2a5d88; --info-wash: #e1edf7;
  --unverifiable: #664a87; --unverifiable-wash: #eee7f5; --consistent: #2b6545; --consistent-wash: #e2f0e7;
  --song: "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", STSong, SimSun, serif;
  --hei: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --kai: "Kaiti SC", STKaiti, KaiTi, "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC", serif;
  color-scheme: light dark;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #17191c; --panel: #1e2125; --ink: #dddad3; --soft: #a9aeb3; --faint: #8b9298; --rule: #34383d; --accent: #e0a094;
    --error: #f0928a; --error-wash: #4a2522; --warning: #e3b75c; --warning-wash: #423413; --info: #8fbde3; --info-wash: #1f3648;
    --unverifiable: #c3a8e0; --unverifiable-wash: #362a44; --consistent: #8fcaa8; --consistent-wash: #1f3a2b;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.75 var(--hei); color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 96rem; padding: 0 clamp(1rem, 3vw, 3rem); line-break: strict; text-autospace: normal; text-spacing-trim: trim-start; overflow-wrap: anywhere; }
a { color: inherit; text-decoration: none; }
a:hover, summary:hover .title { text-decoration: underline; text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--info); outline-offset: 2px; border-radius: 2px; }
h1, h2, h3, h4, h5 { line-height: 1.4; font-weight: 600; text-wrap: balance; margin: 0; }
ul, ol, dl, dd, p, figure { margin: 0; padding: 0; }
ul { list-style: none; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: inherit; text-align: left; }
small { display: block; font-weight: 400; color: var(--faint); font-size: .78rem; line-height: 1.5; }
.number, .rate { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }

.cover { padding: 3.5rem 0 1rem; }
.cover h1 { font: 600 clamp(1.6rem, 3.4vw, 2.3rem)/1.35 var(--song); letter-spacing: .06em; }
.cover h1::after { content: ""; display: block; width: 3.2rem; height: 3px; margin-top: 1rem; background: var(--accent); }
.overview { padding: .5rem 0 3rem; }
.overview .total { color: var(--soft); }
.running { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; padding: 1.25rem 0 0; font-size: .9rem; color: var(--soft); }
.running h1 { font-size: inherit; font-weight: 400; line-height: inherit; }
footer { margin: 4rem 0 2rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: .8rem; color: var(--faint); }

.tally { display: flex; flex-wrap: wrap; gap: .4rem .5rem; margin: .8rem 0 0; font-size: .85rem; }
.tally li { padding: .1rem .7rem; border-radius: 1rem; color: var(--tone, var(--soft)); background: var(--wash, var(--rule)); }
.tally b { font-variant-numeric: tabular-nums; }
.error { --tone: var(--error); --wash: var(--error-wash); }
.warning { --tone: var(--warning); --wash: var(--warning-wash); }
.info { --tone: var(--info); --wash: var(--info-wash); }
.unverifiable { --tone: var(--unverifiable); --wash: var(--unverifiable-wash); }
.consistent { --tone: var(--consistent); --wash: var(--consistent-wash); }
.dismissed { --tone: var(--faint); --wash: transparent; }

.sortable { margin: 1.6rem 0 0; font-size: .92rem; min-width: 54rem; }
.sortable thead th { border-bottom: 1.5px solid var(--ink); padding: .3rem .7rem; white-space: nowrap; }
.sortable button { all: unset; cursor: default; font-size: .82rem; color: var(--soft); }
.scripted .sortable button { cursor: pointer; }
.sortable button:focus-visible { outline: 2px solid var(--info); }
.sortable [aria-sort] button::after { content: " ↓"; }
.sortable [aria-sort=ascending] button::after { content: " ↑"; }
.sortable tbody th, .sortable td { overflow-wrap: break-word; padding: .6rem .7rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
.sortable th.number, .sortable td.number { text-align: right; }
.sortable tbody th { min-width: 14rem; font-weight: 600; }
.sortable td.number { color: var(--tone, inherit); }
.sortable td.error, .sortable td.warning { font-weight: 600; }
.sortable td.none { color: var(--faint); }
.sortable tbody tr:hover { background: var(--panel); }
td.rate { min-width: 8rem; }
.bar { display: block; width: 100%; height: 5px; margin-top: .25rem; border-radius: 3px; overflow: hidden; }
.bar .track { fill: var(--rule); }
.bar .fill { fill: var(--consistent); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 2.5rem; margin-top: 3rem; }
figcaption { font-size: .9rem; font-weight: 600; margin-bottom: .6rem; }
figure svg { display: block; width: 100%; height: auto; max-width: 48rem; }

.notice { padding: 2.2rem 0 3rem; border-top: 1px solid var(--rule); }
main > .notice:first-child, main > .comparison:first-child { border-top: 0; }
.masthead h2 { font: 600 clamp(1.35rem, 2.6vw, 1.85rem)/1.4 var(--song); letter-spacing: .03em; }
.masthead .facts { display: flex; flex-wrap: wrap; gap: 0 1.4rem; margin-top: .5rem; color: var(--soft); }
.masthead .source { margin-top: .2rem; font-size: .82rem; color: var(--faint); }
.notes { margin-top: .8rem; padding: .5rem .9rem; font-size: .88rem; color: var(--soft); border-left: 3px solid var(--rule); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.08fr); gap: clamp(1.5rem, 3vw, 3rem); align-items: start; margin-top: 1.8rem; }
.analysis section + section { margin-top: 2.4rem; }
h3 { font-size: 1.02rem; padding-bottom: .4rem; border-bottom: 1.5px solid var(--ink); margin-bottom: .6rem; }
h4 { font-size: .95rem; margin: 1.3rem 0 .3rem; color: var(--soft); }
h5 { font-size: .84rem; margin: .8rem 0 .2rem; color: var(--faint); }

.figures th, .figures td { padding: .32rem .6rem .32rem 0; border-bottom: 1px solid var(--rule); font-size: .92rem; }
.figures th { color: var(--soft); }
.figures td.number { font-weight: 600; }
.dots { text-align: right; }
.dot { font-size: .76rem; padding: .05rem .5rem; border-radius: 1rem; color: var(--tone); background: var(--wash); white-space: nowrap; }

.group > summary { cursor: pointer; padding: .35rem 0; font-weight: 600; font-size: .92rem; color: var(--tone); }
.group .count { font-variant-numeric: tabular-nums; font-weight: 400; margin-left: .2rem; }
.group ol { list-style: none; }
.check { margin: 0 0 .7rem; padding: .7rem 1rem .6rem; background: var(--panel); border: 1px solid var(--rule); border-left: 3px solid var(--tone); border-radius: 3px; }
.check .message { font-weight: 600; line-height: 1.6; }
.check.consistent .message, .check.dismissed .message { font-weight: 400; }
.check.dismissed .message, .check.dismissed .places { text-decoration: line-through; color: var(--faint); }
.places { margin: .3rem 0 0; font-size: .92rem; }
.places li { margin: .15rem 0; line-height: 1.65; }
q { quotes: none; font-family: var(--kai); background: linear-gradient(var(--wash), var(--wash)); padding: .1em .25em; border-radius: 2px; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.where { font-size: .78rem; color: var(--faint); white-space: nowrap; }
.details { margin: .4rem 0 0; font-size: .86rem; color: var(--soft); }
.details div { display: flex; gap: .8em; }
.details dt { flex: 0 0 auto; min-width: 4.2em; color: var(--faint); }
.rule { margin-top: .3rem; font-size: .74rem; color: var(--faint); }
.review { margin-top: .4rem; font-size: .86rem; color: var(--soft); }

details.finding { border-bottom: 1px solid var(--rule); }
.finding > summary { cursor: pointer; padding: .5rem 0; line-height: 1.6; list-style: none; display: grid; grid-template-columns: auto 1fr auto; gap: 0 .6rem; align-items: baseline; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary::before { content: "+"; grid-row: 1; width: 1em; color: var(--faint); font-family: monospace; }
.finding[open] > summary::before { content: "−"; }
.finding > summary { grid-template-columns: 1em auto 1fr auto; }
.finding .number:empty { display: none; }
.finding .number:empty + .title { grid-column: 2 / span 2; }
.finding summary .aside { grid-column: 3 / -1; }
.finding .body { padding: 0 0 1rem 1.6rem; font-size: .92rem; }
.finding .body ol { padding-left: 1.7em; }
.finding .body li { margin: .2rem 0; text-align: justify; font-family: var(--song); }
.finding .body li::marker { color: var(--faint); font-variant-numeric: tabular-nums; }
.aside { font: .78rem/1.6 var(--hei); color: var(--faint); }
.chip { font-size: .76rem; padding: .05rem .55rem; border-radius: 1rem; border: 1px solid var(--rule); color: var(--soft); white-space: nowrap; }
.chip.completed { color: var(--consistent); border-color: currentColor; }
.chip.ongoing, .chip.longTerm { color: var(--warning); border-color: currentColor; }
.chip.notStarted { color: var(--error); border-color: currentColor; }
.chip.unstated { color: var(--faint); }
.digest .chip { color: var(--tone, var(--soft)); border-color: currentColor; }
.jump { margin-top: .6rem; font-size: .82rem; color: var(--info); }

.passage { position: sticky; top: 1rem; display: flex; flex-direction: column; max-height: calc(100vh - 2rem); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding-bottom: .5rem; font-size: .8rem; color: var(--soft); }
.legend input { accent-color: var(--tone, var(--faint)); margin: 0 .1rem 0 0; vertical-align: -.1em; }
.words { overflow-y: auto; padding: 1.2rem clamp(1rem, 2vw, 2rem) 1.2rem 3.2rem; background: var(--panel); border: 1px solid var(--rule); border-radius: 3px; font: 1rem/2 var(--song); }
.words > p { position: relative; text-align: justify; text-indent: 2em; white-space: pre-line; }
.words > p::before { content: attr(data-line); position: absolute; left: -2.7rem; width: 2rem; text-indent: 0; text-align: right; font: .7rem/2.86 var(--hei); color: var(--faint); font-variant-numeric: tabular-nums; }
.words > p + p { margin-top: .35rem; }
.words > .title { text-indent: 0; text-align: center; font-weight: 600; font-size: 1.15rem; }
.words > .heading { font-weight: 600; }
.words > .footnote { font-size: .86rem; }
.cells { margin: .8rem 0; font-size: .88rem; line-height: 1.65; }
.cells td { padding: .35rem .6rem; border: 1px solid var(--rule); vertical-align: top; min-width: 3em; }
mark { color: inherit; background: var(--wash, none); scroll-margin: 40vh 0; }
mark a { border-bottom: 2px solid var(--tone, transparent); }
mark.warning a { border-bottom-style: dashed; }
mark.info a, mark.unverifiable a { border-bottom-style: dotted; }
mark.consistent a { border-bottom-width: 1px; }
mark.dismissed a { border-bottom: 1px dotted var(--faint); }
mark.figure { background: none; }
mark.figure a { border-bottom: 1px dotted var(--soft); }
mark.finding { background: none; font-weight: 600; }
mark.finding a { border: 0; }
mark a:hover { text-decoration: none; }
.passage:has(.show-error:not(:checked)) mark.error,
.passage:has(.show-warning:not(:checked)) mark.warning,
.passage:has(.show-info:not(:checked)) mark.info,
.passage:has(.show-unverifiable:not(:checked)) mark.unverifiable,
.passage:has(.show-consistent:not(:checked)) mark.consistent,
.passage:has(.show-dismissed:not(:checked)) mark.dismissed,
.passage:has(.show-figure:not(:checked)) mark.figure { background: none; }
.passage:has(.show-error:not(:checked)) mark.error a,
.passage:has(.show-warning:not(:checked)) mark.warning a,
.passage:has(.show-info:not(:checked)) mark.info a,
.passage:has(.show-unverifiable:not(:checked)) mark.unverifiable a,
.passage:has(.show-consistent:not(:checked)) mark.consistent a,
.passage:has(.show-dismissed:not(:checked)) mark.dismissed a,
.passage:has(.show-figure:not(:checked)) mark.figure a { border-color: transparent; }

.comparison { padding: 2.2rem 0 3rem; border-top: 1px solid var(--rule); }
.comparison h2 { font: 600 clamp(1.35rem, 2.6vw, 1.85rem)/1.4 var(--song); }
.compared { margin-top: 2.4rem; }
.digest { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1.6rem 2.2rem; margin: 1.8rem 0 2.2rem; }
.digest h2 { font-size: 1rem; padding-bottom: .35rem; border-bottom: 1.5px solid var(--ink); }
.digest ul { list-style: none; }
.digest li { padding: .45rem 0; font-size: .9rem; line-height: 1.6; border-bottom: 1px solid var(--rule); }
.contents { margin-top: 1rem; }
.contents ul { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; font-size: .92rem; }
.contents a { color: var(--soft); text-decoration: underline; text-decoration-color: var(--rule); text-underline-offset: .25em; }
.compared .total { color: var(--soft); font-size: .88rem; }
.compared tfoot th, .compared tfoot td { padding: .6rem .7rem; color: var(--soft); border-bottom: 1.5px solid var(--ink); }
.compared tfoot td { text-align: right; }
.compared .finding > summary { grid-template-columns: 1em 1fr auto; }
.compared .finding summary .aside { grid-column: 2 / -1; }
.cards { list-style: none; }
.list li { padding: .2rem 0; }
a.unit { font-weight: 600; text-decoration: underline; text-decoration-color: var(--rule); text-underline-offset: .25em; }
.passage-words { font-family: var(--song); }
ins { text-decoration: none; background: var(--consistent-wash); color: var(--consistent); }
del { background: var(--error-wash); color: var(--error); }

@keyframes flash { from, 60% { background-color: var(--flash); } }
:root { --flash: #ffd54a; }
@media screen and (prefers-color-scheme: dark) { :root { --flash: #8a6a00; } }
mark.flash, mark:has(:target) { animation: flash 1.8s ease-out; }
@keyframes ring { from, 60% { box-shadow: 0 0 0 3px var(--flash); } }
.flash:not(mark), .check:target { animation: ring 1.8s ease-out; }

@media (max-width: 62rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .passage { position: static; max-height: none; }
  .words { overflow: visible; }
}
@media (max-width: 40rem) {
  html { font-size: 15px; }
  .cover { padding-top: 2rem; }
  .words { padding: .8rem 1rem; line-height: 1.9; }
  .words > p::before { content: none; }
  .check { padding: .6rem .8rem; }
  .finding .body { padding-left: .4rem; }
  .sortable { display: block; min-width: 0; }
  .sortable thead { display: none; }
  .sortable tbody { display: block; }
  .sortable tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: .9rem 0; border-bottom: 1px solid var(--rule); }
  .sortable tbody th, .sortable td { border: 0; padding: 0; min-width: 0; }
  .sortable tbody th, .sortable td.team, .sortable td.rate { flex: 0 0 100%; }
  .sortable td.none { display: none; }
  .sortable td.number small { display: inline; }
  .sortable td.number::before { content: attr(data-label) " "; font-weight: 400; font-size: .82rem; color: var(--tone, var(--faint)); }
  figure { overflow-x: auto; }
  figure svg { min-width: 34rem; }
}
@media print {
  :root { --paper: #fff; --panel: #fff; --ink: #000; --soft: #333; --faint: #555; --rule: #bbb; color-scheme: light; }
  @page wide { size: A4 landscape; }
  @page { size: A4; margin: 1.8cm 1.8cm 2cm; @bottom-center { content: counter(page); font: 9pt var(--hei); color: #555; } }
  html { font-size: 9.5pt; line-height: 1.6; }
  body { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .cover { padding-top: 0; }
  .scroll { overflow: visible; }
  .columns { display: block; }
  .passage { display: block; position: static; max-height: none; margin-top: 2rem; }
  .words { overflow: visible; border: 0; padding: 0 0 0 2.4rem; line-height: 1.7; }
  .check { padding: .4rem .7rem; margin-bottom: .45rem; }
  .analysis section + section { margin-top: 1.4rem; }
  .legend, nav, .jump { display: none; }
  .notice { break-before: page; border: 0; padding-top: 0; }
  .check, .finding > summary, tr, figure { break-inside: avoid; }
  h2, h3, h4, h5, summary { break-after: avoid; }
  .sortable { min-width: 0; font-size: 9pt; }
  .sortable tbody th { min-width: 9em; }
  .sortable .team { min-width: 9em; }
  .sortable thead th, .sortable tbody th, .sortable td { padding: .3rem; }
  .sortable td.number { white-space: nowrap; }
  .compared thead th { white-space: normal; vertical-align: bottom; }
  /* A head that holds boxes of buttons would not be repeated on every page. */
  .sortable thead button { display: contents; }
  .sortable tfoot { display: table-row-group; }
  .comparison { page: wide; break-before: page; border: 0; padding-top: 0; }
  figure svg { max-height: 16cm; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .charts { grid-template-columns: 1fr; }
}
`;
