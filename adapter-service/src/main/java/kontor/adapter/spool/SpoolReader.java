package kontor.adapter.spool;

import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import kontor.adapter.spool.SegmentReader.Found;
import org.jspecify.annotations.Nullable;

/** Reads the spool from any position on, from one segment into the next. For one thread. */
final class SpoolReader {

    private final NavigableMap<Long, Segment> segments;
    private @Nullable SegmentReader open;

    /**
     * @param segments all there are, by base; may change meanwhile
     */
    SpoolReader(NavigableMap<Long, Segment> segments) {
        this.segments = segments;
    }

    /**
     * What stands at {@code position}, which lies before {@code end}. Bytes for which there is no
     * segment are damage as well.
     *
     * @param end position up to which all is written and will not change
     */
    Found read(long position, long end) throws IOException {
        Map.Entry<Long, Segment> entry = segments.floorEntry(position);
        Long next = segments.higherKey(position);
        long segmentEnd = next == null ? end : Math.min(next, end);
        if (entry == null) {
            return new Found.Damage(position, segmentEnd);
        }
        return reader(entry.getValue()).read(position, segmentEnd);
    }

    private SegmentReader reader(Segment segment) throws IOException {
        SegmentReader current = open;
        if (current != null && current.segment().equals(segment)) {
            return current;
        }
        close();
        SegmentReader begun = new SegmentReader(segment);
        open = begun;
        return begun;
    }

    void close() throws IOException {
        SegmentReader current = open;
        open = null;
        if (current != null) {
            current.close();
        }
    }
}
