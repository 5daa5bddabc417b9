/** A commented starting file for a rule of one's own. */

const HEAD = `# yaml-language-server: $schema=rules.schema.json
# Save this file in a folder of your own and name the folder: hecha --rules FOLDER …
# For help from your editor: hecha rules schema > FOLDER/rules.schema.json
# Text is folded before it is matched: write full-width brackets （） and marks ，：； and simplified characters.
# {UPPER} is a list or macro; {name:count} captures a number with its unit as one piece (44个), also money, percent,
# date, dates, person, people, document, words. All else is a regular expression. Repeat only with a bound: {0,20}.
`;

const FIGURES = `
# What reports call the metric; without a name it is shown by its id.
metrics:
  training.sessions: {zh: 培训期数, en: training sessions}

figures:
  - id: training-sessions
    why: How many training sessions were held.
    # clause, sentence (unless said), paragraph or notice: how far one match may reach.
    scope: sentence
    match: "(?:举办|组织)[^，。；]{0,12}培训(?:班)?{sessions:count}"
    # Silent where one of these stands in the same clauses.
    unless: ["计划|拟|将"]
    emit: {training.sessions: sessions}
    examples:
      - {text: "举办财务人员培训班3期。", expect: {training.sessions: 3期}}
      - {text: "计划举办财务人员培训班3期。", expect: none}
`;

const CHECKS = `
# The metric training.sessions comes from the file that hecha rules new figures prints.
checks:
  - id: training-repeats
    why: The number of training sessions is the same wherever it is stated.
    # What is done with the statements; hecha rules list --topic checks shows the kinds in use.
    kind: repeat
    of: {figure: training.sessions}
    # error, warning or info.
    severity: warning
    message:
      zh: "培训期数前后不一：{places}"
      en: "the number of training sessions differs: {places}"
    examples:
      - {text: "举办培训班3期。\\n共举办培训班3期。", verdict: consistent}
      - {text: "举办培训班3期。\\n共举办培训班4期。", verdict: inconsistent}
`;

const other = (topic: string, says: string): string => `
# ${topic}: ${says}
${topic}:
  - id: my-rule
    why: What this rule looks for, in a sentence.
    match: "要找的词(?<part>[^，。]{1,20})"
    emit: {part: part}
    set: {kind: mine}
    examples:
      - {text: "要找的词在这里。", expect: {part: 在这里}}
      - {text: "没有。", expect: none}
`;

export function ruleTemplate(kind: string, says: string): string {
  if (kind === 'figures') return HEAD + FIGURES;
  if (kind === 'checks') return HEAD + CHECKS;
  return HEAD + other(kind, says);
}
