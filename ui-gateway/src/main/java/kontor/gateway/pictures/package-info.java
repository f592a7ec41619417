/** Pictures of the games' screens that a recorder has kept. */
@NullMarked
package kontor.gateway.pictures;

import org.jspecify.annotations.NullMarked;
