/** A real broker and a real database for integration tests, started once per JVM. */
@NullMarked
package kontor.testing.infrastructure;

import org.jspecify.annotations.NullMarked;
