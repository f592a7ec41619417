package kontor.analysis.sandbox;

/** Analyzers of users, as text. */
final class Sources {

    private Sources() {}

    /** A file sample.ksy with one field, sample.first, in line 7. */
    static String kaitai(String type) {
        return """
        meta:
          id: sample
          endian: le
          -kontor:
            protocol: data
        seq:
          - {id: first, type: %s}
        """
                .formatted(type);
    }

    /** An analyzer Sample with one field, sample.first. */
    static String sample(String analyze) {
        return """
        import java.util.*;
        import kontor.analyzers.*;

        public class Sample implements MessageAnalyzer {
            public List<FieldSpec> fields() {
                return List.of(FieldSpec.number("sample.first", "The first byte"));
            }

            public boolean wants(MessageView message) {
                return message.length() > 0;
            }

            public void analyze(MessageView message, Report report) {
                %s
            }

            static int deeper(int depth) {
                return deeper(depth + 1) + 1;
            }
        }
        """
                .formatted(analyze);
    }
}
