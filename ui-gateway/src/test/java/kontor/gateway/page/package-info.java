/** The web page, as far as it can be tested without a browser. */
@NullMarked
package kontor.gateway.page;

import org.jspecify.annotations.NullMarked;
