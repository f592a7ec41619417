package kontor.analysis.x642;

import java.util.ArrayList;
import java.util.List;
import kontor.analysis.directplay.PlayerIds;
import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.dissect.WordView;

/**
 * VALUES 0x084F: in what, which value, now how much (docs/protocol/x642.md). Values are absolute,
 * not differences.
 */
final class Values {

    private static final int RECORD_LENGTH = 12;

    /** As many as fit in a line; the tree has all. */
    private static final int SUMMARISED = 6;

    private Values() {}

    static String read(Cursor in, PlayerIds ids) {
        RecordsHead head = RecordsHead.read(in);
        if (in.isIntact() && head.recordLength() != RECORD_LENGTH) {
            in.fail("a record of VALUES has 12 bytes, not " + head.recordLength());
        }
        List<String> shown = new ArrayList<>();
        for (long i = 0; i < head.count() && in.isIntact(); i++) {
            in.group(
                    "x642.record",
                    "Record",
                    record -> {
                        String value = readRecord(record);
                        if (shown.size() < SUMMARISED && record.isIntact()) {
                            shown.add(value);
                        }
                        return value;
                    });
        }
        String summary = String.join(", ", shown);
        return head.count() > SUMMARISED ? summary + " ... " + head.count() : summary;
    }

    private static String readRecord(Cursor in) {
        long kind = in.word("x642.thing.kind", "Kind of thing", 1, WordView.hex());
        in.word("x642.thing.island", "Island?", 1, WordView.hex());
        in.u16("x642.thing.number", "Number of the thing");
        long id = in.word("x642.value.id", "Value", 2, WordView.hex());
        long index = in.u16("x642.value.index", "Index");
        long value = in.u32("x642.value", "Now", WordView.signed());
        if (!in.isIntact()) {
            return "";
        }
        KnownValue known = KnownValue.of(kind, id, index);
        String amount = known.show((int) value);
        known.field()
                .ifPresent(name ->
                        in.generated(
                                name,
                                known.meaning(),
                                new FieldValue.Numeric((int) value),
                                amount));
        in.generated("x642.amount", "Amount", new FieldValue.Numeric((int) value), amount);
        in.generated(
                "x642.value.meaning",
                "Meaning",
                new FieldValue.Text(known.meaning()),
                known.meaning() + " " + amount);
        return known.meaning() + " " + amount;
    }
}
