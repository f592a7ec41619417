/** What people send to games as if others had. */
@NullMarked
package kontor.gateway.injections;

import org.jspecify.annotations.NullMarked;
