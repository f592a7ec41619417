/** What a rule in Java is written against. */
@NullMarked
package kontor.packetrules;

import org.jspecify.annotations.NullMarked;
