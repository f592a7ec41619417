package kontor.captures.reading;

import kontor.vocabulary.Bytes;

/** The bytes of a file, one behind the other. */
interface Input {

    /** How many are left. */
    long left();

    /** The next ones: as many as wanted, of which there are at least so many. */
    Bytes take(int length);

    /** The same behind what was taken last, in one piece. */
    Bytes extend(Bytes last, int more);
}
