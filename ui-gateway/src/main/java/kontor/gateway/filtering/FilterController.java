package kontor.gateway.filtering;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import kontor.filters.assistance.Check;
import kontor.filters.assistance.Proposal;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.KnownValue;
import kontor.gateway.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Helps those who write filters. */
@RestController
@RequestMapping("/api")
@Tag(name = "filters")
class FilterController {

    private final FieldCatalogue catalogue;
    private final FieldFollower fields;

    FilterController(FieldCatalogue catalogue, FieldFollower fields) {
        this.catalogue = catalogue;
        this.fields = fields;
    }

    @GetMapping("/filters/check")
    @Operation(
            summary = "What a text is while it is being typed",
            description =
                    "Wireshark's display filter syntax over the fields of /api/fields. A text that"
                            + " can still become a filter at the caret is 'intermediate'.")
    FilterCheck check(
            @Parameter(description = "the text so far", example = "dplay.command == 0x16")
                    @RequestParam
                    String filter,
            @Parameter(description = "0 to the text's length, which it is if left out")
                    @RequestParam(required = false)
                    @Nullable Integer caret) {
        int at = caret(filter, caret);
        Check check = catalogue.language().check(filter, at);
        if (check.state() == Check.State.INVALID || check.state() == Check.State.INTERMEDIATE) {
            fields.catchUp();
            check = catalogue.language().check(filter, at);
        }
        return new FilterCheck(check.state().word(), FilterWords.problems(check.problems()));
    }

    @GetMapping("/filters/complete")
    @Operation(summary = "What may be typed at the caret, the likeliest first")
    FilterProposals complete(
            @Parameter(description = "the text so far", example = "dplay.com") @RequestParam
                    String filter,
            @Parameter(description = "0 to the text's length, which it is if left out")
                    @RequestParam(required = false)
                    @Nullable Integer caret) {
        fields.catchUp();
        return new FilterProposals(
                catalogue.language().complete(filter, caret(filter, caret)).stream()
                        .map(FilterController::proposal)
                        .toList());
    }

    @GetMapping("/fields")
    @Operation(summary = "The fields that filters may use")
    FieldList fields() {
        fields.catchUp();
        return new FieldList(
                catalogue.language().catalogue().fields().stream()
                        .map(FilterController::field)
                        .toList());
    }

    private static int caret(String filter, @Nullable Integer caret) {
        if (caret == null) {
            return filter.length();
        }
        if (caret < 0 || caret > filter.length()) {
            throw ProblemException.badParameter(
                    "caret", caret.toString(), "0 to " + filter.length());
        }
        return caret;
    }

    private static FilterProposal proposal(Proposal proposal) {
        return new FilterProposal(
                proposal.kind().word(),
                proposal.text(),
                proposal.description(),
                absentIfEmpty(proposal.type()),
                proposal.offset(),
                proposal.length());
    }

    private static FieldDescription field(FieldDeclaration field) {
        return new FieldDescription(
                field.name(),
                field.type().word(),
                absentIfEmpty(field.unit()),
                field.description(),
                field.certainty().word(),
                field.aliases(),
                field.values().stream().map(FilterController::value).toList());
    }

    private static FieldDescription.NamedValue value(KnownValue value) {
        return new FieldDescription.NamedValue(value.literal(), absentIfEmpty(value.name()));
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
