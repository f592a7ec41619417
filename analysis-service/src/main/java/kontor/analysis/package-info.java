/** The analysis service: messages of the games' protocols, found in the session log. */
@NullMarked
package kontor.analysis;

import org.jspecify.annotations.NullMarked;
