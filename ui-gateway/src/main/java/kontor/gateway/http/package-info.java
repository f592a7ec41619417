/**
 * What all endpoints share: problems, paging, known parameters, and the security in front of them.
 * Knows no feature.
 */
@NullMarked
package kontor.gateway.http;

import org.jspecify.annotations.NullMarked;
