/** JMH on the hot paths: what one packet costs where it is encoded, kept and put in order. */
@NullMarked
package kontor.benchmarks;

import org.jspecify.annotations.NullMarked;
