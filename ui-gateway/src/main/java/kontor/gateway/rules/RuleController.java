package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import kontor.rules.CodeRule;
import kontor.rules.Rule;
import kontor.rules.RuleFile;
import kontor.rules.RuleProblem;
import kontor.rules.RuleSet;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rules of interception. */
@RestController
@RequestMapping("/api")
@Tag(name = "rules")
class RuleController {

    /** So many packets of a session a trial looks at. */
    private static final int MOST_PACKETS = 50_000;

    private static final String TRIAL = "trial.yaml";
    private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+)");

    private final RuleKeeper keeper;
    private final RuleBoard board;
    private final RuleTrialArchive archive;
    private final SessionArchive sessions;

    RuleController(
            RuleKeeper keeper, RuleBoard board, RuleTrialArchive archive, SessionArchive sessions) {
        this.keeper = keeper;
        this.board = board;
        this.archive = archive;
        this.sessions = sessions;
    }

    @GetMapping("/rules")
    @Operation(
            summary =
                    "The rules: files, what is wrong with them, what is in use, how often it"
                            + " matched",
            description =
                    "A file that is wrong leaves in use what it said before. From which event on"
                            + " rules hold in a session, its event rules_changed says.")
    RuleList rules() {
        return list(keeper.book());
    }

    @PutMapping(
            value = "/rules/{file}",
            consumes = {"application/yaml", "text/plain"})
    @Operation(
            summary = "Write a file of rules and take it into use",
            description =
                    "Refused as a whole where anything in it is wrong; then nothing changes. A name"
                            + " that ends in .java is that of a rule in Java: it is compiled and"
                            + " tried first.")
    RuleList put(
            @Parameter(description = "name of the file", example = "chat.yaml") @PathVariable
                    String file,
            @RequestBody String text) {
        RuleFile written = new RuleFile(name(file), text);
        try {
            refuse(keeper.problemsWith(written));
            keeper.put(written);
        } catch (IOException e) {
            throw notWritten(e);
        }
        return list(keeper.book());
    }

    @DeleteMapping("/rules/{file}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a file of rules: they hold no longer")
    void delete(@PathVariable String file) {
        try {
            if (!keeper.delete(name(file))) {
                throw ProblemKind.NO_SUCH_RULES.with("there is no file of rules " + file);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static ProblemException notWritten(IOException e) {
        return ProblemKind.RULES_NOT_WRITABLE.with("the directory cannot be written: " + e);
    }

    @PostMapping(
            value = "/sessions/{id}/rule-trials",
            consumes = {"application/yaml", "text/plain"})
    @Operation(
            summary = "Try rules on what a session has stored: how often would they have matched",
            description =
                    "Changes nothing. Looks at the newest 50,000 packets as they were sent; limits"
                            + " count within them. A text that begins with a comment is a rule in"
                            + " Java, and its code is called.")
    RuleTrialResult trial(@PathVariable UUID id, @RequestBody String text) {
        SessionSummary session =
                sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
        RuleFile file = trialFile(text);
        return switch (RuleSet.compile(List.of(file))) {
            case RuleSet.Compilation.Compiled(RuleSet rules) -> {
                RuleSet mine = rules.in(session.lab());
                yield CodeRule.isCode(file.name())
                        ? CodeCheck.apart(() -> trial(id, new RuleTrial(mine, code(file))))
                        : trial(id, new RuleTrial(mine, null));
            }
            case RuleSet.Compilation.Refused(List<RuleProblem> problems) -> {
                refuse(problems);
                throw new IllegalStateException("refused without a problem");
            }
        };
    }

    private RuleTrialResult trial(UUID session, RuleTrial trial) {
        archive.forEach(session, MOST_PACKETS, trial::on);
        return trial.result();
    }

    /** YAML begins with no comment of this kind. */
    private static RuleFile trialFile(String text) {
        if (!text.stripLeading().startsWith("/*")) {
            return new RuleFile(TRIAL, text);
        }
        Matcher named = CLASS.matcher(text);
        return new RuleFile((named.find() ? named.group(1) : "Trial") + ".java", text);
    }

    private static CodeRule code(RuleFile file) {
        return switch (CodeRule.load(file, CodeRule.Limits.OF_A_PACKET)) {
            case CodeRule.Loaded.Ready(CodeRule rule) -> rule;
            case CodeRule.Loaded.Refused(List<RuleProblem> problems) -> {
                refuse(problems);
                throw new IllegalStateException("refused without a problem");
            }
        };
    }

    private static String name(String file) {
        if (!RuleDirectory.NAME.matcher(file).matches()) {
            throw ProblemException.badParameter(
                    "file",
                    file,
                    "letters, digits, dots, - and _, ending in .yaml, .yml, .json or .java");
        }
        return file;
    }

    private static void refuse(List<RuleProblem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.BAD_RULES,
                    problems.getFirst().toString(),
                    null,
                    null,
                    problems.stream().map(RuleProblem::toString).toList());
        }
    }

    private RuleList list(RuleBook book) {
        Map<String, Long> hits = board.hits();
        Map<String, String> suspended = board.suspended(book.rules().version());
        List<RuleList.Rule> rules = new ArrayList<>();
        for (Rule rule : book.rules().rules()) {
            rules.add(
                    new RuleList.Rule(
                            rule.name(),
                            rule.file(),
                            rule.when().text(),
                            names(rule.from()),
                            names(rule.to()),
                            rule.labs().stream().sorted().toList(),
                            rule.dryRun(),
                            rule.limit(),
                            hits.getOrDefault(rule.name(), 0L),
                            suspended.get(rule.name())));
        }
        return new RuleList(
                book.rules().version(),
                new TreeMap<>(board.versions()),
                book.pages().stream().map(RuleController::file).toList(),
                rules);
    }

    private static List<String> names(java.util.Set<InstanceName> instances) {
        return instances.stream().map(InstanceName::value).sorted().toList();
    }

    private static RuleList.File file(RuleBook.Page page) {
        @Nullable String used = page.used();
        return new RuleList.File(
                page.name(),
                page.text(),
                page.text().equals(used),
                page.text().equals(used) ? null : used,
                page.problems().stream()
                        .map(problem ->
                                new RuleList.Problem(
                                        problem.line(), problem.column(), problem.message()))
                        .toList());
    }
}
