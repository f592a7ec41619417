package kontor.gateway.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import kontor.rules.RuleFile;
import kontor.rules.RuleProblem;
import kontor.rules.RuleSet;
import kontor.rules.RuleSet.Compilation;
import org.jspecify.annotations.Nullable;

/**
 * The files of rules, and which text of each is in use: the newest that is right. A file that is
 * wrong leaves what it said before in use. Immutable.
 */
final class RuleBook {

    private final CodeCheck code;
    private final SortedMap<String, Page> pages;
    private final RuleSet rules;

    /**
     * A file.
     *
     * @param text as it is now
     * @param used the text that is in use; null: none
     * @param problems what is wrong with the text
     */
    record Page(String name, String text, @Nullable String used, List<RuleProblem> problems) {

        Page {
            problems = List.copyOf(problems);
        }
    }

    private RuleBook(CodeCheck code, SortedMap<String, Page> pages, RuleSet rules) {
        this.code = code;
        this.pages = pages;
        this.rules = rules;
    }

    /** Without files. */
    static RuleBook empty() {
        return new RuleBook(new CodeCheck(), new TreeMap<>(), RuleSet.NONE);
    }

    /** The files as they are now, in place of those before. Blocks while Java is compiled. */
    RuleBook with(List<RuleFile> files) {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach(file -> texts.put(file.name(), file.text()));
        SortedMap<String, RuleFile> used = new TreeMap<>();
        files.forEach(file -> used.put(file.name(), file));
        List<RuleProblem> problems = new ArrayList<>();
        Set<String> wrong = new HashSet<>();
        while (true) {
            Compilation compilation = compile(List.copyOf(used.values()));
            switch (compilation) {
                case Compilation.Compiled(RuleSet compiled) -> {
                    return new RuleBook(code, pages(texts, used, problems), compiled);
                }
                case Compilation.Refused(List<RuleProblem> found) -> {
                    for (String file : found.stream().map(RuleProblem::file).distinct().toList()) {
                        // What was right before can be wrong beside what is new: then it goes.
                        if (wrong.add(file)) {
                            fallBack(used, file);
                        } else {
                            used.remove(file);
                        }
                    }
                    problems.addAll(found);
                }
            }
        }
    }

    /** Java is compiled once all else is right. */
    private Compilation compile(List<RuleFile> files) {
        Compilation compilation = RuleSet.compile(files);
        if (compilation instanceof Compilation.Refused) {
            return compilation;
        }
        List<RuleProblem> found =
                files.stream().flatMap(file -> code.problems(file).stream()).toList();
        return found.isEmpty() ? compilation : new Compilation.Refused(found);
    }

    private void fallBack(SortedMap<String, RuleFile> used, String name) {
        @Nullable Page before = pages.get(name);
        @Nullable String text = before == null ? null : before.used();
        if (text == null) {
            used.remove(name);
        } else {
            used.put(name, new RuleFile(name, text));
        }
    }

    private static SortedMap<String, Page> pages(
            SortedMap<String, String> texts,
            SortedMap<String, RuleFile> used,
            List<RuleProblem> problems) {
        SortedMap<String, Page> pages = new TreeMap<>();
        texts.forEach((name, text) -> {
            @Nullable RuleFile file = used.get(name);
            pages.put(
                    name,
                    new Page(
                            name,
                            text,
                            file == null ? null : file.text(),
                            problems.stream()
                                    .filter(problem -> problem.file().equals(name))
                                    .distinct()
                                    .toList()));
        });
        return pages;
    }

    /** By name. */
    List<Page> pages() {
        return List.copyOf(pages.values());
    }

    /** What shall hold. */
    List<RuleFile> used() {
        List<RuleFile> used = new ArrayList<>();
        for (Page page : pages.values()) {
            @Nullable String text = page.used();
            if (text != null) {
                used.add(new RuleFile(page.name(), text));
            }
        }
        return used;
    }

    RuleSet rules() {
        return rules;
    }
}
