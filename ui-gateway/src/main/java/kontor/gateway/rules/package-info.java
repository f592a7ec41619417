/** Rules of interception: their files, what holds in each lab, how often each has matched. */
@NullMarked
package kontor.gateway.rules;

import org.jspecify.annotations.NullMarked;
