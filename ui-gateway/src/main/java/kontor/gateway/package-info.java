/** The gateway: what Kontor knows, over HTTP, as answers, as a live stream and as a page. */
@NullMarked
package kontor.gateway;

import org.jspecify.annotations.NullMarked;
