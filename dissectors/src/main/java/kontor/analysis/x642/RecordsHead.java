package kontor.analysis.x642;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * docs/protocol/x642.md, "Body with records": how many records, and how long each is. In one
 * message the upper half of the count was not zero while the length fitted without it, so the
 * halves are read apart.
 */
record RecordsHead(long count, long recordLength) {

    static RecordsHead read(Cursor in) {
        long count = in.u16("x642.count", "Records");
        in.word("x642.count_flags", "Flags of the count?", 2, WordView.hex());
        long length = in.u32("x642.record_length", "Length of a record");
        return new RecordsHead(count, length);
    }
}
