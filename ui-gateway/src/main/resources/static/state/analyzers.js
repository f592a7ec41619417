// Analyzers as the page shows them: how each gets on, what of the messages is understood, and the source
// that is edited. Pure.

/** How an analyzer gets on: a word for its colour, and a sentence. */
export function standing({ state, version, refused }) {
  if (state === "refused") {
    return { kind: "problem", text: version === undefined ? "refused; none is in use" : `refused; ${version} stays in use` };
  }
  if (state === "removed") return { kind: "dim", text: "removed" };
  return { kind: "good", text: refused === undefined ? "in use" : "in use, the file was refused" };
}

/** The share of a type's bytes that is understood, 0 to 1; one where there are no bytes. */
export const understood = ({ bytes, unknownBytes }) => (bytes > 0 ? 1 - unknownBytes / bytes : 1);

/** A share as people read it: never 100 % while a byte is missing, never 0 % while one is there. */
export function percent(share) {
  const whole = Math.round(share * 100);
  if (whole === 100 && share < 1) return "99 %";
  return whole === 0 && share > 0 ? "1 %" : `${whole} %`;
}

/** The place of a line and column (from 1) in a text: [from, to) of what is to be marked there. */
export function placeIn(text, line, column) {
  if (line < 1) return [0, 0];
  let begin = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf("\n", begin);
    if (next < 0) return [text.length, text.length];
    begin = next + 1;
  }
  const next = text.indexOf("\n", begin);
  const end = next < 0 ? text.length : next;
  const from = Math.min(end, begin + Math.max(0, column - 1));
  return [from, end];
}

export const linesOf = (text) => text.split("\n").length;

/** The line and column (from 1) of a place in a text. */
export function lineAt(text, place) {
  const before = text.slice(0, place);
  return { line: linesOf(before), column: place - before.lastIndexOf("\n") };
}

/** Whether this can be the name of an analyzer's file. */
export const isFileName = (name) => /^([A-Z][A-Za-z0-9_]{0,63}\.java|[a-z][a-z0-9_]{0,63}\.ksy)$/.test(name);

/** A line of what an analyzer's verdict depends on: another one is another verdict. */
export const verdictOf = (analyzers, file) => {
  const found = analyzers?.find((analyzer) => analyzer.file === file);
  return found === undefined ? "" : [found.state, found.version, found.refused, found.changedAt].join(" ");
};

/**
 * What is said of a file that was saved: whether its trial is still to come, and what it found.
 *
 * @param before verdictOf the file when it was saved; undefined where it was not saved here
 */
export function trial(analyzers, file, before) {
  const found = analyzers?.find((analyzer) => analyzer.file === file);
  if (before !== undefined && verdictOf(analyzers, file) === before) {
    return { kind: "warn", text: "Saved; analysis tries it\u2026", problems: [] };
  }
  if (found === undefined) return { kind: "dim", text: "Not saved yet", problems: [] };
  const { kind, text } = standing(found);
  return { kind, text: text.charAt(0).toUpperCase() + text.slice(1), problems: found.problems };
}

/** What a new analyzer begins with. */
export function template(file) {
  const name = file.replace(/\.(java|ksy)$/, "");
  return file.endsWith(".ksy") ? `meta:
  id: ${name}
  endian: le
seq:
  - id: command
    type: u2
` : `import java.util.List;
import kontor.analyzers.FieldSpec;
import kontor.analyzers.MessageAnalyzer;
import kontor.analyzers.MessageView;
import kontor.analyzers.Report;

/** What the messages of this type say. */
public class ${name} implements MessageAnalyzer {

    @Override
    public List<FieldSpec> fields() {
        return List.of(FieldSpec.number("${name.toLowerCase()}.value", "What it may be"));
    }

    @Override
    public boolean wants(MessageView message) {
        return message.type().equals("ACTION_0x0848") && message.offsetOf("x642.body") >= 0;
    }

    @Override
    public void analyze(MessageView message, Report report) {
        int body = message.offsetOf("x642.body");
        report.number("${name.toLowerCase()}.value", "Value", body, 2);
        report.summary("value " + message.u16(body));
    }
}
`;
}
