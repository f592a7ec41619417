/**
 * Tests of the whole: every process as {@code ./kontor up} starts it, real sockets, the REST API.
 * One stack serves all tests of the JVM; each test looks only at what it caused itself.
 */
@NullMarked
package kontor.e2e;

import org.jspecify.annotations.NullMarked;
